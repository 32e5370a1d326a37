import Bets
import Git

/// One exchange of the ledger: fetch, join, push, until everybody has everything.
///
/// The user's branches play no part. What was fetched earlier is brought into this clone's own refs first, so that a
/// peer that rewinds or deletes takes nothing away. A push that comes too late is repeated after another fetch; what a
/// host refuses although nothing new came is not offered again in this exchange. Cost with nothing new: one fetch for
/// each peer and two listings of the refs, no event is read.
package struct Sync {
  /// What came, went and went wrong.
  package struct Outcome: Sendable {
    /// Diaries in which something came from others, sorted.
    package fileprivate(set) var received: Set<String> = []
    /// Diaries that went to a peer, by the peer's name.
    package fileprivate(set) var sent: [String: Set<String>] = [:]
    /// Diaries whose heads had diverged, with what they disagree about.
    package fileprivate(set) var joined: [String: [String]] = [:]
    /// The peers that answered.
    package fileprivate(set) var reached: [String] = []
    package fileprivate(set) var troubles: [SyncTrouble] = []
  }

  /// Rounds of fetch and push against others who push at the same time.
  private static let rounds = 12
  /// Some hosts take no more refs than this at once with certainty.
  private static let refsInOnePush = 500
  /// How often a push that was refused as a whole is halved to find the refs that are meant.
  private static let halvings = 24

  private let repository: Repository
  private let stagingNames: [String]
  private let courier: Courier
  private let identity: () throws -> Signature
  private let waits: (Int) -> Void
  private var outcome = Outcome()
  /// What was listed and has not changed since by our own doing.
  private var listings: [String: [String: ObjectID]] = [:]
  /// Diaries that could not be brought together when that was last tried: not offered where they are another.
  private var unreadable: [String: Diagnostic] = [:]
  /// What a peer took or refused: not offered to it again as long as it is the same.
  private var settled: [String: [String: ObjectID]] = [:]

  /// `stagingNames` are the names under which heads count here; `identity` is asked for when a branch has to carry the
  /// ledger; `waits` sleeps between rounds, for longer in later ones.
  package init(
    _ repository: Repository, stagingNames: [String], courier: Courier,
    identity: @escaping () throws -> Signature, waits: @escaping (Int) -> Void
  ) {
    self.repository = repository
    self.stagingNames = stagingNames
    self.courier = courier
    self.identity = identity
    self.waits = waits
  }

  /// Brings what the peers have, and sends nothing.
  package mutating func receive(from peers: [LedgerPeer]) throws -> Outcome {
    outcome.reached = try peers.filter { try fetch(from: $0) }.map(\.name)
    return outcome
  }

  /// Exchanges with each peer, and says what happened. One that cannot be reached does not stop the others.
  package mutating func run(with peers: [LedgerPeer]) throws -> Outcome {
    try joinAll()
    var open = peers
    for round in 0..<Sync.rounds where !open.isEmpty {
      if round > 0 {
        waits(round)
        listings = [:]
      }
      open = try open.filter { try fetch(from: $0) }
      if round == 0 { outcome.reached = open.map(\.name) }
      try joinAll()
      // A late arrival from one peer is news for those that had their turn.
      var behind: [LedgerPeer] = []
      for peer in peers where outcome.reached.contains(peer.name) {
        if try send(to: peer, isLastRound: round == Sync.rounds - 1) { behind.append(peer) }
      }
      open = behind
    }
    outcome.troubles += unreadable.sorted { $0.key < $1.key }.map { .unreadable(diary: $0, $1) }
    return outcome
  }

  // MARK: In

  /// Whether the peer could be reached.
  private mutating func fetch(from peer: LedgerPeer) throws -> Bool {
    let before = try tips(LedgerRefs.staging(of: peer.name))
    do {
      if let branch = branch(of: peer) {
        try branch.fetch()
      } else {
        try courier.fetch([LedgerRefspec.fetch(from: peer.name)], from: peer)
      }
    } catch let failure as Courier.Failure {
      outcome.troubles.append(.unreachable(peer, words: failure.words))
      return false
    } catch let error as LedgerError {
      outcome.troubles.append(.unreadable(diary: peer.name, error.diagnostic))
      return false
    }
    // All that is staged: one remote's folder may lie in another's.
    listings = listings.filter { $0.key == LedgerRefs.prefix }
    let after = try tips(LedgerRefs.staging(of: peer.name))
    let own = try tips(LedgerRefs.prefix)
    let walk = try RangeWalk(repository)
    let moved = before.filter { after[$0.key] != $0.value }.sorted { $0.key < $1.key }
    // What is no commit never was a diary.
    for (name, old) in moved where try repository.kind(of: old) == .commit {
      guard let new = after[name] else {
        outcome.troubles.append(
          .rewound(peer: peer.name, diary: name, isGone: true, isKept: own[name] != nil))
        continue
      }
      let isDiary = try repository.kind(of: new) == .commit
      if try !isDiary || !walk.isReachable(old, from: [new]) {
        outcome.troubles.append(
          .rewound(peer: peer.name, diary: name, isGone: false, isKept: own[name] != nil))
      }
    }
    return true
  }

  /// Brings every head into this clone's own refs; a diary that cannot be read is named, and the others go on.
  private mutating func joinAll() throws {
    let own = try tips(LedgerRefs.prefix)
    let staged = try stagingNames.map { try tips(LedgerRefs.staging(of: $0)) }
    var names: Set<String> = []
    for heads in staged { for (name, tip) in heads where own[name] != tip { names.insert(name) } }
    let ledger = Ledger(repository, remotes: stagingNames)
    unreadable = [:]
    for name in names.sorted() {
      do throws(LedgerError) {
        switch try ledger.join(name, needsReadable: true) {
        case .unchanged: break
        case .forwarded: outcome.received.insert(name)
        case .merged(let contested):
          outcome.received.insert(name)
          outcome.joined[name] = contested
        }
      } catch { unreadable[name] = error.diagnostic }
    }
    if !names.isEmpty { listings[LedgerRefs.prefix] = nil }
  }

  // MARK: Out

  /// Offers a peer what it lacks; whether it is worth another round.
  private mutating func send(to peer: LedgerPeer, isLastRound: Bool) throws -> Bool {
    let own = try tips(LedgerRefs.prefix)
    let there = try tips(LedgerRefs.staging(of: peer.name))
    let names = own.keys.filter {
      own[$0] != there[$0] && own[$0] != settled[peer.name]?[$0]
        && (unreadable[$0] == nil || there[$0] == nil)
    }.sorted()
    let most = peer.branch == nil ? Sync.refsInOnePush : max(1, names.count)
    var waiting = stride(from: 0, to: names.count, by: most).map { names[$0..<min($0 + most, names.count)] }
    var halvings = 0
    var isBehind = false
    while let some = waiting.popLast() {
      let answer: PushAnswer
      listings[LedgerRefs.staging(of: peer.name)] = nil
      do {
        let many = ManyDiaries(repository: repository, courier: courier, peer: peer)
        answer = try many.push(some, from: own, to: there) ?? push(some, own, to: peer)
      } catch let failure as Courier.Failure {
        outcome.troubles.append(.unreachable(peer, words: failure.words))
        return false
      }
      if some.count > 1, halvings < Sync.halvings, answer.isDeclinedWhole {
        // One ref that a hook does not like must not keep all others away.
        halvings += 1
        let middle = some.startIndex + some.count / 2
        waiting += [some[..<middle], some[middle...]]
        continue
      }
      for name in some {
        let ref = LedgerRefs.diary(name)
        guard let words = answer.refused[ref] else {
          outcome.sent[peer.name, default: []].insert(name)
          settled[peer.name, default: [:]][name] = own[name]
          continue
        }
        try note(words, of: name, at: own[name], by: peer, isLastRound: isLastRound, isBehind: &isBehind)
      }
    }
    return isBehind
  }

  private func push(_ names: ArraySlice<String>, _ own: [String: ObjectID], to peer: LedgerPeer) throws
    -> PushAnswer
  {
    if let branch = branch(of: peer) {
      let tips = Dictionary(uniqueKeysWithValues: names.compactMap { name in own[name].map { (name, $0) } })
      return try branch.push(tips, by: try identity())
    }
    return try courier.push(names.map { "\(LedgerRefs.diary($0)):\(LedgerRefs.diary($0))" }, to: peer)
  }

  private func branch(of peer: LedgerPeer) -> LedgerBranch? {
    peer.branch.map { LedgerBranch(repository: repository, courier: courier, peer: peer, branch: $0) }
  }

  /// What was refused because somebody else was faster is worth another round, anything else is not.
  private mutating func note(
    _ words: String, of name: String, at tip: ObjectID?, by peer: LedgerPeer, isLastRound: Bool,
    isBehind: inout Bool
  ) throws {
    if !isLastRound, Sync.isLate(words) {
      isBehind = true
      return
    }
    settled[peer.name, default: [:]][name] = tip
    outcome.troubles.append(.refused(peer: peer.name, diary: name, words: words))
  }

  /// git's own refusals of a push that does not fit any more, here and on the host.
  private static func isLate(_ words: String) -> Bool {
    words.hasPrefix("[rejected]")
      || [
        "lock", "failed to update ref", "incorrect old value", "reference already exists", "ledger-rewound",
      ]
      .contains { words.contains($0) }
  }

  /// The tips in a folder of the ledger, by diary; names that no diary can have are none.
  private mutating func tips(_ prefix: String) throws -> [String: ObjectID] {
    if let known = listings[prefix] { return known }
    var tips: [String: ObjectID] = [:]
    for listed in try repository.references(under: prefix) {
      let name = String(listed.name.dropFirst(prefix.count))
      guard name == Event.gateDiary || BetID(ifValid: name) != nil, case .direct(let id) = listed.target
      else {
        continue
      }
      tips[name] = id
    }
    listings[prefix] = tips
    return tips
  }
}
