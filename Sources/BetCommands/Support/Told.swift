import BetLedger
import Libc

/// What people of this clone were told last, so that the same is not told whole each time: in `bet/told` under the common
/// git directory, the newest last.
///
/// Where it cannot be read or kept everything is news.
final class Told {
  private let repository: Repository
  private var path: String { "\(repository.commonDirectory)/\(OwnFile.told.name)" }
  private var lines: [String]
  private var hasChanged = false

  /// More is forgotten, the oldest first.
  private static let most = 400

  init(_ repository: Repository) {
    self.repository = repository
    let path = "\(repository.commonDirectory)/\(OwnFile.told.name)"
    // A pipe in its place would be waited for.
    let bytes = File.kind(path) == .file ? (try? File.read(path, limit: 1 << 20)).flatMap(\.self) : nil
    lines = Text.decoded(bytes ?? []).split(separator: "\n").map(String.init)
  }

  /// Whether something else was said last under a key, or nothing; what is said now is kept from then on.
  func isNews(_ said: String, under key: String) -> Bool {
    // Both hold foreign text: what is kept is a hash of each.
    let start = Told.hash(key) + " "
    let line = start + Told.hash(said)
    if lines.contains(line) { return false }
    lines.removeAll { $0.hasPrefix(start) }
    lines.append(line)
    hasChanged = true
    return true
  }

  /// Whether a warning was not told today of this branch, with these bets in the way.
  func isNews(_ finding: Finding, on today: Day) -> Bool {
    let blockers = finding.blockers.map { "\($0.bet)" }.joined(separator: " ")
    return isNews(
      "\(today) \(blockers)",
      under: "warning \(finding.rule.name) \(finding.bet.map { "\($0)" } ?? "-") \(finding.work)")
  }

  func write() {
    guard hasChanged else { return }
    let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
    _ = unsafe mkdir(folder, 0o777)
    let text = lines.suffix(Told.most).map { $0 + "\n" }.joined()
    try? File.replace(path, with: Array(text.utf8), aside: "\(path).\(getpid())", isSynced: false)
    repository.share(OwnFile.told.name)
  }

  private static func hash(_ text: String) -> String { FNV(Array(text.utf8)).hex }
}
