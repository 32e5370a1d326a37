import Bets
import Git

/// The digest of one diary, and the heads that it was made from.
package struct KeptDigest {
  let id: BetID
  /// Sorted, each once.
  let heads: [ObjectID]
  /// Nil when nothing readable declares the bet.
  package let digest: BetDigest?

  init(_ id: BetID, heads: [ObjectID], _ digest: BetDigest?) {
    self.id = id
    self.heads = heads
    self.digest = digest
  }

  static func heads(_ tips: [(ref: String, id: ObjectID)]) -> [ObjectID] {
    tips.count == 1 ? [tips[0].id] : Set(tips.map(\.id)).sorted()
  }
}

// MARK: In a file

/// The digests of all bets in `bet/digests` under the common git directory.
struct DigestFile {
  /// Of what is kept, and of what the fold makes of a diary: either may change.
  private static let version: UInt32 = 4

  private let file: CacheFile
  private let repository: String

  /// `repository` is what this one is called in a ledger that several share: under another name other links count.
  init(_ ledger: Ledger) {
    file = CacheFile(ledger.repository, name: OwnFile.digests.name, version: DigestFile.version)
    repository = ledger.name ?? ""
  }

  /// What is known, in the order in which it was written, and of which ledger; nothing when it cannot be trusted.
  func read() -> (stamp: UInt64?, digests: [KeptDigest]) {
    guard let section = file.read(sections: 1)?.first else { return (nil, []) }
    var reader = CacheReader(section)
    guard reader.text() == repository, let stamp: UInt64 = reader.number(),
      let digests = reader.list({ $0.digest() }), reader.isAtEnd
    else { return (nil, []) }
    return (stamp, digests)
  }

  func write(_ digests: [KeptDigest], of stamp: UInt64) {
    var writer = CacheWriter()
    writer.add(repository)
    writer.add(stamp)
    writer.add(digests) { $0.add($1) }
    file.replace(with: [writer.bytes])
  }
}

extension CacheWriter {
  fileprivate mutating func add(_ kept: KeptDigest) {
    add(kept.id.name)
    add(kept.heads) { $0.add($1) }
    guard let digest = kept.digest else { return add(UInt8(0)) }
    add(UInt8(1))
    add(digest.title)
    add(digest.state.rawValue)
    add(digest.contested) { $0.add($1) }
    add(digest.declaredAt)
    add(Int64(digest.checkBy?.number ?? -1))
    add(UInt8(digest.awaitsNumbers ? 1 : 0))
    add(optional: digest.target)
    add(optional: digest.outcome)
    add(optional: digest.lastObservation)
    add(optional: digest.reached?.rawValue)
    add(digest.buildsOn) { $0.add($1.name) }
    add(digest.linkedBranches) { $0.add($1) }
    add(digest.linkedCommits) { $0.add($1.text) }
  }

  private mutating func add(optional text: String?) {
    add(UInt8(text == nil ? 0 : 1))
    if let text { add(text) }
  }
}

extension CacheReader {
  /// Nil as well for what is no id or no state: the file is then as good as damaged.
  fileprivate mutating func digest() -> KeptDigest? {
    guard let id = betID(), let heads = ids(), let isReadable: UInt8 = number() else {
      return nil
    }
    guard isReadable == 1 else { return KeptDigest(id, heads: heads, nil) }
    guard let title = text(), let state = text().flatMap({ Bet.State(rawValue: $0) }),
      let contested = texts(), let declaredAt: Int64 = number(), let checkBy: Int64 = number(),
      checkBy <= CacheReader.lastDay, let awaitsNumbers: UInt8 = number(), let target = optionalText(),
      let outcome = optionalText(), let last = optionalText(),
      let reached = optionalText(),
      let buildsOn = list({ $0.betID() }), let branches = texts(),
      let commits = list({ $0.text().flatMap { CoveredCommit($0) } })
    else { return nil }
    return KeptDigest(
      id, heads: heads,
      BetDigest(
        id: id, title: title, state: state, contested: contested, declaredAt: declaredAt,
        checkBy: checkBy < 0 ? nil : Day(number: Int(checkBy)), awaitsNumbers: awaitsNumbers == 1,
        target: target, outcome: outcome,
        lastObservation: last, reached: reached.flatMap { TrailerName(rawValue: $0) }, buildsOn: buildsOn,
        linkedBranches: branches, linkedCommits: commits))
  }

  /// 9999-12-31: no date is later.
  private static let lastDay: Int64 = 2_932_896

  private mutating func betID() -> BetID? { text().flatMap { BetID(ifValid: $0) } }

  /// Nil when it is cut short.
  private mutating func optionalText() -> String?? {
    guard let isThere: UInt8 = number() else { return nil }
    guard isThere == 1 else { return .some(nil) }
    return text().map { .some($0) }
  }
}
