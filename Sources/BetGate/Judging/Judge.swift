import BetAttribution

/// Brings a push before the gate: reads what it brings, and asks the cheapest question first.
///
/// First only what is certain and cheap is subtracted from the pushed commits, which lists at least all that the
/// push brings. Every rule has the form "some commit has this property", so silence on that list is silence. Only when
/// a finding would fire, or something cannot be judged, is everything subtracted that the remote's ship branches have,
/// and judged again.
public final class Judge {
  private let site: LedgerSite
  private let walk: RangeWalk
  private let reader: WorkReader
  private let facts: FactFinder
  private let removals: Removals

  /// Takes the site that it judges by; it may judge any number of pushes.
  public convenience init(_ site: LedgerSite) throws { try self.init(site, attribution: Attribution(site)) }

  /// `attribution` is the one that this process has.
  package init(_ site: LedgerSite, attribution: Attribution) throws {
    self.site = site
    walk = try RangeWalk(site.repository)
    removals = Removals(site.repository, attribution, walk: walk)
    reader = WorkReader(site, walk: walk, removals: removals)
    facts = FactFinder(site, attribution, removals: removals, walk: walk)
  }

  /// Decides about the refs of one push.
  ///
  /// Throws what cannot be judged, most of it a ``DiagnosticError``: a missing object, a damaged diary that the decision
  /// needs, a ledger that was never fetched. Who cannot judge must not let the push go on. Cost: the pushed commits, as
  /// a rule; nothing that grows with the history.
  public func judge(_ push: Push) throws -> Judgement {
    let finder = RangeFinder(
      repository: site.repository, settings: try site.settings, snapshot: site.snapshot(of: push.remote),
      walk: walk, isRange: push.isRange)
    let judged = try push.judged.compactMap { update in
      try tip(of: update).map { (update: update, tip: $0) }
    }
    do {
      let ranges = try judged.map { try finder.superset(of: $0.update, tip: $0.tip) }
      if let silence = try silence(about: ranges.map { try work(of: $0, push, isAtLeast: true) }, push) {
        return Judgement(ranges: ranges, decision: silence)
      }
    } catch {
      // What could not be judged may be about commits that were published long ago: the exact range says so.
    }
    let ranges = try judged.map { try finder.exact(of: $0.update, tip: $0.tip) }
    let works = try ranges.map { try work(of: $0, push, overrides: site.ledger.gate().overrides) }
    return Judgement(ranges: ranges, decision: try decide(works, push, isLanded: false))
  }

  /// What stands on a branch already, judged as if it were pushed today; nothing that is about work still to come.
  func judgeLanded(_ range: PushRange, _ push: Push) throws -> Decision {
    try decide([work(of: range, push)], push, isLanded: true)
  }

  // MARK: What the push brings

  /// The pushed commit; nil for a tag of something else, which brings no commits.
  private func tip(of update: RefUpdate) throws -> ObjectID? {
    guard let tip = try site.repository.peeled(update.localID) else {
      throw LedgerError.missingObject(ref: update.localRef, id: update.localID)
    }
    return tip.kind == .commit ? tip.id : nil
  }

  /// `isAtLeast`: what may be more than is pushed is judged without a look into its merges.
  private func work(
    of range: PushRange, _ push: Push, overrides: [Override] = [], isAtLeast: Bool = false
  ) throws -> Work {
    let overrides = range.commits.isEmpty ? [] : overrides.filter { !$0.isRevoked }
    // A standing one is bound to no tip: nobody asks what it reaches.
    let reaching = try overrides.filter { override in
      guard override.until == nil else { return false }
      if override.tip == range.tip { return true }
      guard try site.repository.kind(of: override.tip) == .commit else { return false }
      return try walk.isReachable(range.tip, from: [override.tip])
    }
    return try reader.work(
      of: range.update, range.commits, isShip: isShip(range.update, push.remote), overrides: overrides,
      reachedBy: Set(reaching.map(\.id)), looksIntoMerges: !isAtLeast)
  }

  private func isShip(_ update: RefUpdate, _ remote: Remote) throws -> Bool {
    guard let branch = update.remoteBranch else { return false }
    return try site.settings.isShip(branch, remoteHead: site.snapshot(of: remote).headBranch())
  }

  // MARK: What is said of it

  /// What the work is judged by.
  private struct Terms {
    /// The bets that it names, with all that those build on.
    let bets: [BetID: Bet]
    let diary: GateDiary
    let gate: Gate
  }

  /// Nil when there is nothing to judge: no commit, or no bet anywhere.
  private func terms(for works: [Work], _ push: Push) throws -> Terms? {
    guard !works.allSatisfy({ $0.commits.isEmpty }) else { return nil }
    let ledger = try site.ledger
    let bets = try ledger.bets(Work.namedBets(of: works))
    // No ledger at all is certain only when every ref was listed; a bet that was found needs no listing.
    if bets.isEmpty, try ledger.isEmpty() {
      guard let name = works.lazy.compactMap({ $0.firstNamedBet }).first else { return nil }
      throw LedgerError.notFetched(bet: name, remote: push.remote.name)
    }
    let diary = try ledger.gate()
    return Terms(bets: bets, diary: diary, gate: try gate(by: diary, push))
  }

  private func gate(
    by diary: GateDiary, _ push: Push, signatures: [ObjectID: SignatureTrust]? = nil
  ) throws -> Gate {
    Gate(
      settings: try site.settings, diary: diary, signatures: signatures, authority: push.authority,
      today: push.today)
  }

  /// The decision about work that is at least what is pushed, if it is silent; nil when a closer look is needed.
  private func silence(about works: [Work], _ push: Push) throws -> Decision? {
    guard let terms = try terms(for: works, push) else { return .nothing }
    var works = works
    for index in works.indices {
      switch try facts.facts(aboutAtLeast: works[index], terms.bets, by: terms.gate) {
      case .facts(let found): works[index].facts = found
      case .needsExactRange: return nil
      }
    }
    let decision = terms.gate.decide(works, bets: terms.bets)
    return decision.isSilent && decision.reliances.isEmpty ? decision : nil
  }

  /// Signatures are looked at last, and only those of events that the decision relies on.
  private func decide(_ works: [Work], _ push: Push, isLanded: Bool) throws -> Decision {
    guard let terms = try terms(for: works, push) else { return .nothing }
    var works = works
    for index in works.indices {
      works[index].facts = try facts.facts(
        about: works[index], terms.bets, by: terms.gate, isLanded: isLanded)
    }
    var decision = terms.gate.decide(works, bets: terms.bets)
    if try lookForRemovals(in: &works, decision) { decision = terms.gate.decide(works, bets: terms.bets) }
    guard !decision.reliances.isEmpty else { return decision }
    let answers = try site.ledger.signatures.trust(
      of: decision.reliances.map(\.event) + terms.diary.lowerings)
    return try gate(by: terms.diary.trusting(answers), push, signatures: answers)
      .decide(works, bets: terms.bets)
  }
}

extension Judge {
  /// What is no objection to work that takes a bet out again. Where lines of open bets are rewritten is asked before.
  private static let sparing: Set<Rule> = [.lost, .followOn, .instrument]

  /// Finds out which of the commits that findings name only take a bet out, or are out again; false when none is.
  private func lookForRemovals(in works: inout [Work], _ decision: Decision) throws -> Bool {
    var anyFound = false
    for index in works.indices {
      var asked: [BetID: Set<ObjectID>] = [:]
      for finding in decision.findings
      where finding.update == works[index].update && Judge.sparing.contains(finding.rule) {
        for bet in finding.blockers.flatMap(\.path) + [finding.bet?.id].compactMap(\.self) {
          asked[bet, default: []].formUnion(finding.commits.map(\.id))
        }
      }
      let named = works[index].update.localID
      let isCommit = works[index].commits.contains { $0.id == named }
      guard !asked.isEmpty, let tip = try isCommit ? named : tip(of: works[index].update) else { continue }
      let groups = works[index].groups
      for (bet, commits) in asked.sorted(by: { $0.key < $1.key }) {
        let pushed = groups.first { $0.bet == .id(bet) }?.commits.map(\.id) ?? []
        let found = try removals.find(commits, of: bet, pushed: pushed, at: tip)
        for id in found.removals { works[index].facts.removals[id, default: []].insert(bet) }
        for id in found.out { works[index].facts.out[id, default: []].insert(bet) }
        anyFound = anyFound || !found.removals.isEmpty || !found.out.isEmpty
      }
    }
    return anyFound
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

  /// What a trailer or a link says first: with no ledger at hand it cannot be judged.
  fileprivate var firstNamedBet: String? {
    for commit in commits {
      for case let name in commit.bets + commit.buildsOn where name != .none { return name.description }
    }
    guard let link, link.source != .name else { return nil }
    return link.bet.description
  }
}
