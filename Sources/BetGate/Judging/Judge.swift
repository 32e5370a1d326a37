import BetAttribution

/// Brings a push before the gate: reads what it brings, and asks the cheapest question first.
///
/// First only what is certain and cheap is subtracted from the pushed commits, which lists at least all that the
/// push brings. Every rule has the form "some commit has this property", so silence on that list is silence. Only when
/// a finding would fire, or something cannot be judged, is everything subtracted that the remote's ship branches have,
/// and judged again.
public final class Judge {
  let site: LedgerSite
  let walk: RangeWalk
  private let reader: WorkReader
  let facts: FactFinder
  let overrides: OverrideSearch
  let removals: Removals
  let attribution: Attribution

  /// Takes the site that it judges by; it may judge any number of pushes.
  public convenience init(_ site: LedgerSite) throws { try self.init(site, attribution: Attribution(site)) }

  /// `attribution` is the one that this process has.
  package init(_ site: LedgerSite, attribution: Attribution) throws {
    self.site = site
    self.attribution = attribution
    walk = try attribution.walk
    removals = Removals(site.repository, attribution, walk: walk)
    reader = WorkReader(site, attribution, removals: removals)
    facts = FactFinder(site, attribution, removals: removals, walk: walk)
    overrides = try OverrideSearch(site, attribution)
  }

  /// Decides about the refs of one push.
  ///
  /// Throws what cannot be judged, most of it a ``DiagnosticError``: a missing object, a damaged diary that the decision
  /// needs, a ledger that was never fetched. Who cannot judge must not let the push go on. Cost: the pushed commits, as
  /// a rule; nothing that grows with the history.
  public func judge(_ push: Push) throws -> Judgement {
    let judgement = try settled(push) { try $0.answer(push) }
    guard push.authority == .clone, !judgement.decision.isBlocked, !judgement.ranges.isEmpty else {
      return judgement
    }
    try refuseStaleLedger(for: push)
    let loosened = try site.settings.loosened(policy: site.ledger.gate().policy)
    guard !loosened.isEmpty else { return judgement }
    // What this clone says less strictly matters where the ledger's own word would stop the push.
    let others = Push(
      push.updates, to: push.remote, today: push.today, authority: .ledger, isRange: push.isRange)
    return try judge(others).decision.isBlocked
      ? Judgement(ranges: judgement.ranges, decision: judgement.decision, loosened: loosened) : judgement
  }

  /// What stands on a branch already, judged as if it were pushed today; nothing that is about work still to come.
  ///
  /// Unless it `isShipped`, it stands at a remote that is not home.
  func judgeLanded(_ range: PushRange, _ push: Push, isShipped: Bool = true) throws -> Decision {
    try settled(push) { judge in
      try judge.decide(
        [judge.work(of: range, push, isLanded: isShipped)], of: [range], push, isLanded: true
      ).map {
        Judgement(ranges: [], decision: $0)
      }
    }.decision
  }

  // MARK: The lock

  /// An answer, or the events to be trusted before there is one: the site has to be read anew with them.
  private enum Answer<Value> {
    case settled(Value)
    case locked(trusting: Set<ObjectID>)

    func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Answer<Other> {
      switch self {
      case .settled(let value): .settled(try transform(value))
      case .locked(let trusted): .locked(trusting: trusted)
      }
    }
  }

  /// Asks until what is trusted is settled: under the lock first nobody is, and each round trusts at least one event more.
  private func settled(
    _ push: Push, _ ask: (Judge) throws -> Answer<Judgement>
  ) throws -> Judgement {
    var judge = self
    let site = try site.judged(by: push.authority)
    if site !== self.site { judge = try Judge(site) }
    while true {
      switch try ask(judge) {
      case .settled(let judgement): return judgement
      case .locked(let trusted): judge = try Judge(site.locked(trusting: trusted))
      }
    }
  }

  private func answer(_ push: Push) throws -> Answer<Judgement> {
    let finder = RangeFinder(
      site: site, snapshot: site.snapshot(of: push.remote), walk: walk, isRange: push.isRange)
    let judged = try push.judged(at: site).compactMap { update in
      try tip(of: update).map { (update: update, tip: $0) }
    }
    do {
      if try !needsExactRange(push) {
        let ranges = try judged.map { try finder.superset(of: $0.update, tip: $0.tip) }
        if let silence = try silence(about: ranges.map { try work(of: $0, push, isAtLeast: true) }, push) {
          return try silence.map { try self.judgement($0, about: ranges) }
        }
      }
    } catch {
      // What could not be judged may be about commits that were published long ago: the exact range says so.
    }
    let ranges = try judged.map { try finder.exact(of: $0.update, tip: $0.tip) }
    let works = try ranges.map { try work(of: $0, push, overrides: site.ledger.gate().overrides) }
    return try decide(works, of: ranges, push, isLanded: false).map { try judgement($0, about: ranges) }
  }

  /// Whether something else than drafts is pushed.
  private func isMoreThanDrafts(_ push: Push) throws -> Bool {
    let settings = try site.settings
    return try push.judged(at: site).contains { !settings.isDraft($0) }
  }

  /// Whether a longer range tells nothing: where the lines of open bets are looked at, its two ends may hide what happens
  /// in between.
  private func needsExactRange(_ push: Push) throws -> Bool {
    // Where nobody bets no history is read.
    guard try isMoreThanDrafts(push), try !site.ledger.isEmpty(),
      try gate(by: site.ledger.gate(), push).asks(.overlap)
    else { return false }
    return try facts.overlaps.hasGrounds()
  }

  /// Where nobody bets, nobody needs to know what has shipped.
  private func judgement(_ decision: Decision, about ranges: [PushRange]) throws -> Judgement {
    var decision = decision
    if let place = ranges.lazy.compactMap(\.elsewhere).first, try !site.ledger.isEmpty() {
      decision.elsewhere = place
    }
    return Judgement(ranges: ranges, decision: decision)
  }

  /// A commit that has shipped, by itself; nil for one that has not.
  package func judgeLanded(commit id: ObjectID, _ push: Push) throws -> Judgement? {
    let ships = try site.ships(of: site.home)
    guard let commit = try walk.commit(id),
      let ship = try ships.first(where: { try walk.isReachable(id, from: [$0.tip]) })
    else { return nil }
    let ref = "refs/heads/\(ship.name)"
    let update = RefUpdate(localRef: ref, localID: id, remoteRef: ref, remoteID: .zero)
    let range = PushRange(update: update, tip: id, hidden: commit.parents, commits: [commit])
    return try settled(push) { judge in
      let overrides = try judge.site.ledger.gate().overrides
      return try judge.decide(
        [judge.work(of: range, push, overrides: overrides, isLanded: true)], of: [range], push,
        isLanded: true
      ).map { try judge.judgement($0, about: [range]) }
    }
  }

  // MARK: What the push brings

  /// The pushed commit; nil for a tag of something else, which brings no commits.
  func tip(of update: RefUpdate) throws -> ObjectID? {
    guard let tip = try site.repository.peeled(update.localID) else {
      throw LedgerError.missingObject(ref: update.localRef, id: update.localID)
    }
    return tip.kind == .commit ? tip.id : nil
  }

  /// `isAtLeast`: what may be more than is pushed is judged without a look into its merges.
  func work(
    of range: PushRange, _ push: Push, overrides: [Override] = [], isLanded: Bool = false,
    isAtLeast: Bool = false
  ) throws -> Work {
    try reader.work(
      of: range.update, range.commits,
      isLanded ? .shipped : .coming(hiding: range.hidden, isRange: push.isRange),
      isShip: isShip(range.update),
      overrides: range.commits.isEmpty ? [] : overrides.filter { !$0.isRevoked },
      looksIntoMerges: !isAtLeast)
  }

  private func isShip(_ update: RefUpdate) throws -> Bool {
    try update.remoteBranch.map { try site.isShip($0) } ?? false
  }

  // MARK: What is said of it

  /// What the work is judged by.
  private struct Terms {
    /// The bets that it names, with all that those build on.
    let bets: [BetID: Bet]
    let diary: GateDiary
    let gate: Gate
    /// Whether nothing that loosens counts unless it is signed.
    let isLocked: Bool
  }

  /// Nil when there is nothing to judge: no commit, or no bet anywhere.
  private func terms(for works: [Work], _ push: Push) throws -> Terms? {
    guard !works.allSatisfy({ $0.commits.isEmpty }) else { return nil }
    let ledger = try site.ledger
    let bets = try ledger.bets(Work.namedBets(of: works))
    // No ledger at all is certain only when every ref was listed; a bet that was found needs no listing.
    if bets.isEmpty, try ledger.isEmpty() {
      let unfetched = try site.unfetched
      let isUnknown = unfetched?.isElsewhere == false
      guard let name = works.lazy.compactMap({ $0.firstNamedBet(orBranch: isUnknown) }).first else {
        return nil
      }
      if let stale = try site.staleLedger, !stale.leftBehind.isEmpty { throw stale }
      throw LedgerError.notFetched(bet: name, remote: push.remote.name, unfetched: unfetched)
    }
    let diary = try ledger.gate()
    let gate = try gate(by: diary, push)
    let unsigned = try site.settings.level(of: .unsigned, policy: ledger.policy(), for: push.authority)
    return Terms(bets: bets, diary: diary, gate: gate, isLocked: unsigned.level == .block)
  }

  private func gate(
    by diary: GateDiary, _ push: Push, signatures: [ObjectID: SignatureTrust]? = nil
  ) throws -> Gate {
    Gate(
      settings: try site.settings, diary: diary, signatures: signatures, authority: push.authority,
      today: push.today)
  }

  /// The decision about work that is at least what is pushed, if it is silent; nil when a closer look is needed.
  private func silence(about works: [Work], _ push: Push) throws -> Answer<Decision>? {
    guard let terms = try terms(for: works, push) else { return .settled(.nothing) }
    if terms.isLocked, !site.isLocked { return .locked(trusting: []) }
    var works = works
    for index in works.indices {
      works[index].facts = try facts.facts(aboutAtLeast: works[index], terms.bets, by: terms.gate)
    }
    let decision = terms.gate.decide(works, bets: terms.bets)
    return decision.isSilent && decision.reliances.isEmpty ? .settled(decision) : nil
  }

  /// Signatures are looked at last, and only those of events that the decision relies on.
  private func decide(
    _ works: [Work], of ranges: [PushRange], _ push: Push, isLanded: Bool
  ) throws -> Answer<Decision> {
    guard let terms = try terms(for: works, push) else { return .settled(.nothing) }
    if terms.isLocked, !site.isLocked { return .locked(trusting: []) }
    var works = works
    for index in works.indices {
      works[index].facts = try facts.facts(
        about: works[index], terms.bets, by: terms.gate, isLanded: isLanded)
      if let (rule, why) = terms.gate.notLookedAt(in: works[index]) {
        throw NotLookedAt(rule: rule, work: works[index], why: why)
      }
    }
    var decision = terms.gate.decide(works, bets: terms.bets)
    let isLess = try [lookForRemovals(in: &works, decision), lookForSupport(in: &works, decision)]
    if isLess.contains(true) {
      decision = terms.gate.decide(works, bets: terms.bets)
    }
    if !decision.findings.isEmpty || !decision.reliances.isEmpty, try reach(&works, of: ranges) {
      decision = terms.gate.decide(works, bets: terms.bets)
    }
    guard !decision.reliances.isEmpty else { return .settled(decision) }
    let answers = try site.ledger.signatures.trust(
      of: decision.reliances.map(\.event) + terms.diary.lowerings)
    if let known = site.trusted {
      // What was not counted and turns out to be signed may open what it says.
      let uncounted = decision.reliances.filter { reliance in
        switch reliance.role {
        case .override: false
        case .verdict, .policy, .setting, .change:
          !known.contains(reliance.event) && answers[reliance.event]?.isTrusted ?? false
        }
      }
      if !uncounted.isEmpty { return .locked(trusting: known.union(uncounted.map(\.event))) }
    }
    return .settled(
      try gate(by: terms.diary.trusting(answers), push, signatures: answers)
        .decide(works, bets: terms.bets))
  }
}

extension Judge {
  /// Finds out what the overrides of the works' bets reach; whether there are any.
  private func reach(_ works: inout [Work], of ranges: [PushRange]) throws -> Bool {
    var isAny = false
    for index in works.indices {
      for (bet, commits) in works[index].groups {
        for override in works[index].overrides where override.bet == bet.id {
          guard let tip = try site.repository.peelToCommit(works[index].update.localID) else { continue }
          let commits = try commits.compactMap { try walk.commit($0.id) }
          works[index].reaches[override.id] = try overrides.reach(
            of: override, commits, at: tip, after: ranges[index].hidden)
          isAny = true
        }
      }
    }
    return isAny
  }
}

extension Judge {
  /// The files that the lines of open bets stand in.
  func contestedPaths() throws -> Set<[UInt8]> { try facts.overlaps.paths() }

  /// How a commit that has landed rewrites lines of open bets without saying that it builds on them, whatever the level
  /// of the rule.
  func overlaps(of range: PushRange, _ push: Push) throws -> [Finding] {
    try settled(push) { judge in
      var work = try judge.work(of: range, push, isLanded: true)
      guard let terms = try judge.terms(for: [work], push) else {
        return .settled(Judgement(ranges: [], decision: .nothing))
      }
      if terms.isLocked, !judge.site.isLocked { return .locked(trusting: []) }
      try judge.facts.overlaps.find(in: work, at: range.tip, into: &work.facts)
      var policy = terms.gate.policy
      policy[Rule.overlap.name] = max(policy[Rule.overlap.name] ?? Rule.overlap.defaultLevel, .warn)
      let gate = Gate(
        settings: try judge.site.settings, policy: policy, authority: push.authority, today: push.today)
      return .settled(Judgement(ranges: [], decision: gate.decide([work], bets: terms.bets)))
    }.decision.findings.filter { $0.rule == .overlap }
  }
}

extension Judge {
  /// Throws when the work is of bets, as far as anything here tells, and the ledger may say something else by now.
  ///
  /// A draft ships nothing, whatever the ledger says.
  fileprivate func refuseStaleLedger(for push: Push) throws {
    guard try isMoreThanDrafts(push), let stale = try site.staleLedger else { return }
    let judge = try Judge(site.counting(stale.leftBehind))
    guard try judge.settled(push, { try $0.answer(push) }).decision.state != .notApplicable else { return }
    throw stale
  }
}

extension Decision {
  static let nothing = Decision(state: .notApplicable, findings: [], remarks: [], bets: [:])
}

extension Work {
  /// Every bet that a commit or a branch names.
  fileprivate static func namedBets(of works: [Work]) -> Set<BetID> {
    var named: Set<BetID> = []
    for work in works {
      if let id = work.link?.bet.id { named.insert(id) }
      for commit in work.commits {
        for case .id(let id) in commit.bets { named.insert(id) }
        for case .id(let id) in commit.buildsOn { named.insert(id) }
      }
    }
    return named
  }

  /// What a trailer or a link says first: with no ledger at hand it cannot be judged. A branch that is called `bet/search`
  /// alone says so only `orBranch`.
  fileprivate func firstNamedBet(orBranch: Bool) -> String? {
    for commit in commits {
      for case let name in commit.bets + commit.buildsOn where name != .none { return name.description }
    }
    guard let link, orBranch || link.source != .name else { return nil }
    return link.bet.description
  }
}
