import BetAttribution
import BetLedger
import Bets
import Git
import GitFormats

/// Brings a push before the gate: reads what it brings, and asks the cheapest question first.
///
/// First only what is certain and cheap is subtracted from the pushed commits, which lists at least all that the
/// push brings. Every rule has the form "some commit has this property", so silence on that list is silence. Only when
/// a finding would fire, or something cannot be judged, is everything subtracted that the remote's ship branches have,
/// and judged again.
package final class PushJudge {
  let repository: Repository
  let ledger: Ledger
  let settings: Settings
  let remote: Remote
  let walk: RangeWalk
  lazy var instruments = InstrumentSearch(repository)
  lazy var attribution = Result { try Attribution(repository, ledger, settings: settings) }
  /// Whether a rule asks for the very commits of the push.
  var needsExact = false
  private lazy var signatures = SignatureCheck(repository)
  private lazy var reader = WorkReader(repository, ledger, settings: settings, walk: walk)
  /// What is asked about is a range, which may have landed already: a ship branch that has its end hides nothing.
  let isRange: Bool

  package init(
    _ repository: Repository, _ ledger: Ledger, settings: Settings, remote: Remote, isRange: Bool = false
  ) throws(GitError) {
    self.isRange = isRange
    self.repository = repository
    self.ledger = ledger
    self.settings = settings
    self.remote = remote
    walk = try RangeWalk(repository)
  }

  /// Decides about the refs of one push. Deletions and the ledger's own refs are never judged.
  package func judge(_ updates: [RefUpdate], today: Day, authority: Settings.Authority = .clone) throws
    -> Decision
  {
    let judged = try updates.filter { !$0.isDeletion && !$0.isLedger }.compactMap { update in
      try tip(of: update).map { (update: update, tip: $0) }
    }
    needsExact = false
    let first = Result {
      let works = try judged.map { try work($0.update, $0.tip, hiding: cheapHides($0.update)) }
      return try decide(works, today, authority, .superset)
    }
    if case .success(let decision) = first, decision.isSilent, decision.reliances.isEmpty, !needsExact {
      return decision
    }
    // Findings, and what could not be judged, may be about commits that were published long ago.
    let exact = try judged.map { try exactWork($0.update, $0.tip) }
    return try decide(exact, today, authority)
  }

  /// Signatures are looked at last, and only those of events that the decision relies on.
  func decide(_ works: [Work], _ today: Day, _ authority: Settings.Authority, _ asking: Asking = .exact)
    throws -> Decision
  {
    guard !works.allSatisfy({ $0.commits.isEmpty }) else { return nothing }
    let bets = try bets(for: works)
    // No ledger at all is certain only when every ref was listed; a bet that was found needs no listing.
    if bets.isEmpty, try ledger.isEmpty() {
      guard let name = works.lazy.compactMap({ $0.firstNamedBet }).first else { return nothing }
      throw LedgerError.notFetched(bet: name, remote: remote.name)
    }
    let diary = try ledger.gate()
    let gate = Gate(settings: settings, diary: diary, authority: authority, today: today)
    var works = works
    for index in works.indices { try findCircumstances(of: &works[index], bets, gate, asking) }
    let decision = gate.decide(works, bets: bets)
    guard asking != .superset, !decision.reliances.isEmpty else { return decision }
    let answers = try signatures.trust(of: decision.reliances.map(\.event) + diary.lowerings)
    return Gate(
      settings: settings, diary: diary.trusting(answers), signatures: answers, authority: authority,
      today: today
    ).decide(works, bets: bets)
  }

  /// What is wrong with the signatures of overrides, where the rule `unsigned` blocks; nothing otherwise.
  func doubts(about overrides: [Override], _ authority: Settings.Authority) throws
    -> [ObjectID: SignatureTrust]
  {
    let diary = try ledger.gate()
    func blocks(_ policy: [String: Level]) -> Bool {
      settings.level(of: .unsigned, policy: policy, for: authority).level == .block
    }
    guard !overrides.isEmpty, blocks(diary.policy) else { return [:] }
    let answers = try signatures.trust(of: overrides.map(\.id) + diary.lowerings)
    return blocks(diary.trusting(answers).policy) ? answers.filter { !$0.value.isTrusted } : [:]
  }

  private var nothing: Decision { Decision(state: .notApplicable, findings: [], remarks: [], bets: [:]) }

  /// The pushed commit; nil for a tag of something else, which brings no commits.
  func tip(of update: RefUpdate) throws -> ObjectID? {
    guard let tip = try repository.peel(update.localID),
      let kind = try repository.kind(of: tip)
    else { throw LedgerError.missingObject(ref: update.localRef, id: update.localID) }
    return kind == .commit ? tip : nil
  }

  // MARK: What the push brings

  private func work(
    _ update: RefUpdate, _ tip: ObjectID, hiding hides: [ObjectID], overrides: [Override] = []
  ) throws
    -> Work
  {
    try work(update, walk.commits(from: [tip], hiding: hides), overrides)
  }

  private func exactWork(_ update: RefUpdate, _ tip: ObjectID) throws -> Work {
    let hides = try allHides(update)
    let commits = try unpublished(walk.commits(from: [tip], hiding: hides), hides)
    let overrides = commits.isEmpty ? [] : try ledger.gate().overrides
    let reaching = try overrides.filter { override in
      if override.isRevoked { return false }
      if override.until != nil || override.tip == tip { return true }
      guard try repository.kind(of: override.tip) == .commit else { return false }
      return try walk.isReachable(tip, from: [override.tip])
    }
    return try work(update, commits, reaching)
  }

  /// With dates that lie a walk may list what the remote has; nobody is blamed for that.
  ///
  /// What is reachable brings all its ancestors along, so only the oldest listed commits need to be asked about.
  private func unpublished(_ listed: [RawCommit], _ hides: [ObjectID]) throws -> [RawCommit] {
    var left = listed
    var asked: Set<ObjectID> = []
    while true {
      let ids = Set(left.map(\.id))
      let oldest = left.filter { !asked.contains($0.id) && !$0.parents.contains(where: ids.contains) }.map(
        \.id)
      let published = Set(try oldest.filter { try walk.isReachable($0, from: hides) })
      if published.isEmpty { return left }
      asked.formUnion(oldest)
      left.removeAll { published.contains($0.id) }
    }
  }

  func work(_ update: RefUpdate, _ raw: [RawCommit], _ overrides: [Override]) throws -> Work {
    try reader.work(of: update, raw, isShip: isShip(update), overrides: overrides)
  }

  private func isShip(_ update: RefUpdate) throws(GitError) -> Bool {
    guard let branch = update.remoteBranch else { return false }
    return settings.isShip(branch, remoteHead: try remote.headBranch(in: repository))
  }

  /// The bet that a branch belongs to: by configuration, by the ledger, or by its name.
  package func link(ofBranch branch: String) throws -> BranchLink? { try reader.link(ofBranch: branch) }

  private func bets(for works: [Work]) throws(LedgerError) -> [BetID: Bet] {
    var named: Set<BetID> = []
    for work in works {
      if let id = work.link?.bet.id { named.insert(id) }
      for commit in work.commits {
        for case .id(let id) in commit.bets { named.insert(id) }
        for case .id(let id) in commit.buildsOn { named.insert(id) }
      }
    }
    return try ledger.bets(named)
  }
}

extension Work {
  /// What a trailer or a link says first: with no ledger at hand it cannot be judged.
  fileprivate var firstNamedBet: String? {
    for commit in commits {
      for case let name in commit.bets + commit.buildsOn where name != .none { return name.description }
    }
    guard let link, link.source != .name else { return nil }
    return link.bet.description
  }
}
