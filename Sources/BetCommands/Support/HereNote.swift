import BetLedger
import Libc

/// The bet whose work is done in this work tree on whatever branch, as trunk-based work is: kept below the work tree's git
/// directory, for the hook that writes messages.
struct HereNote {
  private let folder: String
  private var path: String { folder + "/" + OwnFile.here.name }

  init(_ repository: Repository) { folder = repository.gitDirectory }

  /// Nil when there is none.
  func bet() throws(GitError) -> BetID? {
    try File.read(path, limit: 1 << 10).flatMap { BetID(ifValid: Text.trimmed(Text.decoded($0))) }
  }

  func write(_ bet: BetID) throws(GitError) {
    _ = unsafe mkdir("\(folder)/\(OwnFile.folder)", 0o777)
    try File.replace(path, with: Array("\(bet)\n".utf8), aside: "\(path).\(getpid())", isSynced: false)
  }

  func remove() { _ = unsafe unlink(path) }
}
