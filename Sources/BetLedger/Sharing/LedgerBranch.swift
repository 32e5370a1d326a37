import Bets
import Git

/// The ledger carried by one branch, for hosts that take nothing but branches and tags.
///
/// A carrier is a commit without content of its own: its first parent is the carrier before it, the others are the
/// tips of diaries. What those tips belong to, their own `Bet` trailers say. So the branch only ever grows, a push
/// that comes too late is refused like any other, and the events are the very same objects as elsewhere.
struct LedgerBranch {
  /// Parents of one carrier.
  private static let tipsOfOne = 200

  let repository: Repository
  let courier: Courier
  let peer: LedgerPeer
  let branch: String

  private var fetched: String { "refs/remotes/\(peer.name)/\(branch)" }
  /// The carrier whose tips are all staged.
  private var unpacked: String { LedgerRefs.carried(by: peer.name) }

  // MARK: In

  /// Fetches the branch, and keeps the tips that it carries where those of a peer are kept.
  func fetch() throws {
    // A pattern, because a branch that is not there yet is no failure.
    try courier.fetch(["+refs/heads/\(branch)*:refs/remotes/\(peer.name)/\(branch)*"], from: peer)
    let tip = try repository.resolve(fetched)
    let known = try repository.resolve(unpacked)
    guard tip != known else { return }
    if let tip, try repository.kind(of: tip) != .commit { throw LedgerError.notACarrier(ref: fetched) }
    let isAhead =
      if let tip, let known { try RangeWalk(repository).isReachable(known, from: [tip]) } else { false }
    var carried =
      try tip.map {
        try Carriers(repository: repository, ref: fetched).tips(from: $0, to: isAhead ? known : nil).events
      } ?? [:]
    if isAhead {
      for name in carried.keys {
        if let staged = try repository.resolve(LedgerRefs.staged(name, of: peer.name)) {
          carried[name]?.insert(staged)
        }
      }
    }
    try stage(
      carried.reduce(into: [:]) { try $0[$1.key] = head(of: $1.key, $1.value) }, replacing: !isAhead,
      carrier: tip)
  }

  /// What the tips of a diary lead to together: a carrier may name an older tip than the one before it, or another.
  private func head(of name: String, _ tips: Set<ObjectID>) throws -> ObjectID? {
    let walk = try RangeWalk(repository)
    var heads: [ObjectID] = []
    for tip in tips where try heads.isEmpty || !walk.isReachable(tip, from: heads) {
      heads = try heads.filter { try !walk.isReachable($0, from: [tip]) } + [tip]
    }
    return heads.count == 1 ? heads[0] : try Ledger(repository, remotes: []).join(heads, of: name)
  }

  // MARK: Out

  /// Adds carriers of these tips to the branch and pushes it; the answer names the diaries' refs.
  func push(_ tips: [String: ObjectID], by identity: Signature) throws -> PushAnswer {
    let names = tips.keys.sorted()
    var carrier = try repository.resolve(fetched)
    for start in stride(from: 0, to: names.count, by: LedgerBranch.tipsOfOne) {
      let some = names[start..<min(start + LedgerBranch.tipsOfOne, names.count)]
      let parents = [carrier].compactMap { $0 } + Set(some.compactMap { tips[$0] }).sorted()
      carrier = try repository.writeCommit(
        tree: .emptyTree, parents: parents, author: identity, committer: identity,
        message: """
          carry \(some.count == 1 ? some.first ?? "" : "\(some.count) diaries") [skip ci]

          The ledger of git bet. Its events are the parents of this commit.

          Event: carried

          """)
    }
    guard let carrier else { return PushAnswer() }
    let answer = try courier.push(["\(carrier):refs/heads/\(branch)"], to: peer)
    guard let words = answer.refused["refs/heads/\(branch)"] else {
      try stage(tips, replacing: false, carrier: carrier)
      return PushAnswer(taken: Set(names.map(LedgerRefs.diary)))
    }
    return PushAnswer(refused: Dictionary(uniqueKeysWithValues: names.map { (LedgerRefs.diary($0), words) }))
  }

  /// Notes what the peer has, and how far its branch was read, in one transaction of git's.
  private func stage(_ tips: [String: ObjectID], replacing: Bool, carrier: ObjectID?) throws {
    var lines = tips.map { "update \(LedgerRefs.staged($0, of: peer.name)) \($1)\n" }.sorted()
    if replacing {
      let prefix = LedgerRefs.staging(of: peer.name)
      for listed in try repository.references(under: prefix)
      where tips[String(listed.name.dropFirst(prefix.count))] == nil {
        lines.append("delete \(listed.name)\n")
      }
    }
    lines.append(carrier.map { "update \(unpacked) \($0)\n" } ?? "delete \(unpacked)\n")
    let answer = try GitCommand.run(["update-ref", "--stdin"], input: Array(lines.joined().utf8))
    guard answer.status == 0 else {
      throw Courier.Failure(words: String(decoding: answer.standardError, as: UTF8.self))
    }
  }
}
