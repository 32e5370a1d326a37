/// The gate: what may be shipped, decided from values alone.
///
/// The same function answers for the pre-push hook, `git bet check`, a server and an agent. It judges what the
/// ledger says now, never whether a bet is merely mentioned.
public struct Gate: Sendable {
  public let settings: Settings
  public let policy: [String: Level]
  /// The events that the policy of each rule comes from.
  public let policyEvents: [String: [Reliance]]
  /// What the signatures of events are worth; nil while nobody has asked. A decision lists what to ask about.
  public let signatures: [ObjectID: SignatureTrust]?
  public let authority: Settings.Authority
  public let today: Day

  public init(
    settings: Settings, policy: [String: Level] = [:], policyEvents: [String: [Reliance]] = [:],
    signatures: [ObjectID: SignatureTrust]? = nil, authority: Settings.Authority = .clone, today: Day
  ) {
    self.settings = settings
    self.policy = policy
    self.policyEvents = policyEvents
    self.signatures = signatures
    self.authority = authority
    self.today = today
  }

  /// By what the ledger's own diary says.
  public init(
    settings: Settings, diary: GateDiary, signatures: [ObjectID: SignatureTrust]? = nil,
    authority: Settings.Authority = .clone, today: Day
  ) {
    self.init(
      settings: settings, policy: diary.policy, policyEvents: diary.policyEvents, signatures: signatures,
      authority: authority, today: today)
  }

  /// Decides about everything that one push brings.
  ///
  /// `bets` holds every declared bet that the work names, and all that those build on: what is not in it counts
  /// as not declared. Findings come in the order of the refs, within a ref by rule.
  public func decide(_ works: [Work], bets: [BetID: Bet]) -> Decision {
    let graph = BetGraph(bets)
    var findings: [Finding] = []
    var reliances: [Reliance] = []
    var remarks: [Remark] = []
    for work in works {
      findings += self.findings(in: work, graph, &reliances)
      for commit in work.commits {
        remarks += commit.strays.map {
          Remark(kind: counts($0, in: commit) ? .buried : .stray, commit: commit, trailer: $0)
        }
      }
    }
    let state: Decision.State =
      if findings.contains(where: \.blocks) {
        .unsatisfied
      } else if findings.contains(where: { $0.override != nil }) {
        .overridden
      } else if findings.isEmpty, !works.contains(where: \.concernsBets) {
        .notApplicable
      } else {
        .satisfied
      }
    return Decision(
      state: state, findings: findings, remarks: remarks, bets: bets, reliances: reliances.unique)
  }

  private func counts(_ stray: StrayTrailer, in commit: WorkCommit) -> Bool {
    commit.isBuried && commit.bets.contains(BetName(stray.value))
  }

  private func findings(in work: Work, _ graph: BetGraph, _ reliances: inout [Reliance]) -> [Finding] {
    let groups = Group.groups(of: work)
    var findings: [Finding] = []
    let mindsSignatures = has(.unsigned)
    // What the work of one bet relies on.
    var relied: [Reliance] = []
    func report(
      _ rule: Rule, _ group: Group, _ commits: [WorkCommit], _ blockers: [Finding.Blocker],
      doubts: [Doubt] = []
    ) {
      let setting = settings.level(of: rule, policy: policy, for: authority)
      if mindsSignatures, setting.origin == "ledger", setting.level < rule.defaultLevel {
        relied += policyEvents[rule.rawValue] ?? []
      }
      guard has(rule) else { return }
      let bet = group.bet == BetName.none ? nil : group.bet
      let link =
        bet != nil && bet == work.link?.bet && !commits.contains { !$0.bets.isEmpty } ? work.link : nil
      let overrides = overrides(for: rule, bet: bet, blockers: blockers, in: work)
      if mindsSignatures, setting.level == .block { relied += overrides.map(Reliance.init) }
      let vouched = overrides.first { signatures?[$0.id]?.isTrusted ?? false }
      findings.append(
        Finding(
          rule: rule, level: setting, update: work.update, work: work.name, bet: bet, blockers: blockers,
          commits: commits, link: link, isDraft: work.isDraft,
          // Nobody lets himself through the lock: only a signed override opens it.
          override: rule == .unsigned ? vouched : vouched ?? overrides.first, doubts: doubts))
    }
    func reportDoubts(_ group: Group, _ proofs: [(path: [BetID], reliances: [Reliance])] = []) {
      relied += proofs.flatMap(\.reliances)
      defer { relied = [] }
      guard mindsSignatures, !relied.isEmpty else { return }
      guard let signatures else {
        // What would let a finding of this rule through has to be asked about along with it.
        relied += work.overrides.filter { override in
          override.bet == group.bet.id && override.rules.contains(Rule.unsigned.rawValue)
        }.map(Reliance.init)
        reliances += relied
        return
      }
      // An override that is not vouched for is no matter where another one is.
      let used = Set(findings.compactMap(\.override?.id))
      let doubts = relied.unique.compactMap { reliance -> Doubt? in
        if reliance.role == .override, !used.contains(reliance.event) { return nil }
        let trust = signatures[reliance.event] ?? .cannotVerify(why: "nobody asked about it")
        return trust.isTrusted ? nil : Doubt(reliance: reliance, trust: trust)
      }
      guard !doubts.isEmpty else { return }
      let doubted = Set(doubts.map(\.reliance))
      let blockers = proofs.filter { !doubted.isDisjoint(with: $0.reliances) }.compactMap { proof in
        proof.path.last.map {
          Finding.Blocker(bet: .id($0), state: .validated, path: proof.path, loop: [])
        }
      }
      report(.unsigned, group, group.commits, blockers, doubts: doubts)
    }

    for group in groups {
      let resting = Resting(group, graph)
      if !resting.undeclared.isEmpty {
        report(.undeclared, group, resting.commits(of: resting.undeclared), resting.undeclared)
      }
      if !resting.lost.isEmpty { report(.lost, group, resting.commits(of: resting.lost), resting.lost) }
      let unproven = resting.unproven(below: settings.depth)
      if !unproven.isEmpty { report(.followOn, group, resting.commits(of: unproven), unproven) }
      if mindsSignatures { reportDoubts(group, resting.proofs) }
    }
    // Merges are left out: git writes their messages, and what they bring is judged by itself.
    let unlinked = work.commits.filter { $0.bets.isEmpty && !$0.isMerge }
    if work.isFeature, work.link == nil, !unlinked.isEmpty {
      let group = Group(bet: .none, commits: unlinked)
      report(.unlinked, group, unlinked, [])
      reportDoubts(group)
    }
    return findings
  }

  /// Whether a rule has a say. Switched off for one command it has: that counts, but not without a word.
  private func has(_ rule: Rule) -> Bool {
    let setting = settings.level(of: rule, policy: policy, for: authority)
    return setting.level != .off || setting.isForOneCommand
  }

  /// The recorded overrides that cover a finding whole: its rule, its bet and every bet in the way.
  private func overrides(
    for rule: Rule, bet: BetName?, blockers: [Finding.Blocker], in work: Work
  ) -> [Override] {
    work.overrides.filter { override in
      !override.isRevoked && override.rules.contains(rule.rawValue) && override.bet == bet?.id
        && blockers.allSatisfy { blocker in blocker.bet.id.map { override.blockedBy.contains($0) } ?? true }
        && (override.until.map { $0 >= today } ?? true)
        && (override.until == nil || override.bet != nil || override.branch == work.branch)
        && (override.until == nil || override.repository == nil || override.repository == settings.repository)
    }
  }
}

/// The commits of a push that belong to one bet.
struct Group {
  let bet: BetName
  var commits: [WorkCommit]

  /// By bet, in the order in which the bets first appear; a commit of two bets is in two groups.
  static func groups(of work: Work) -> [Group] {
    var groups: [Group] = []
    var positions: [BetName: Int] = [:]
    for commit in work.commits {
      let names = commit.bets.isEmpty ? [work.link?.bet ?? .none] : commit.bets
      for name in names {
        if let position = positions[name] {
          // A commit may name its bet twice.
          guard groups[position].commits.last?.id != commit.id else { continue }
          groups[position].commits.append(commit)
        } else {
          positions[name] = groups.count
          groups.append(Group(bet: name, commits: [commit]))
        }
      }
    }
    return groups
  }
}

/// What the work of one bet rests on, sorted by what the rules ask.
private struct Resting {
  let group: Group
  private let foundations: [BetGraph.Foundation]
  private let graph: BetGraph
  private let direct: [BetID]
  /// Bets that only a commit's own `Builds-On` names, with everything below them.
  private let onlyByCommits: Bool
  let undeclared: [Finding.Blocker]

  init(_ group: Group, _ graph: BetGraph) {
    self.group = group
    self.graph = graph
    let own = group.bet.id
    let declared = own.flatMap { graph.state(of: $0) == .validated ? nil : graph.bets[$0]?.buildsOn } ?? []
    let named = group.commits.flatMap(\.buildsOn).filter { $0 != group.bet && $0 != .none }
    direct = declared + named.compactMap(\.id)
    foundations = graph.foundations(of: direct)
    onlyByCommits = declared.isEmpty

    var undeclared: [Finding.Blocker] = []
    var names: Set<BetName> = []
    func add(_ name: BetName, _ path: [BetID]) {
      if names.insert(name).inserted {
        undeclared.append(Finding.Blocker(bet: name, state: nil, path: path, loop: []))
      }
    }
    switch group.bet {
    case .none: break
    case .id(let id): if graph.bets[id] == nil { add(group.bet, [id]) }
    case .nonsense: add(group.bet, [])
    }
    for case .nonsense(let text) in named { add(.nonsense(text), []) }
    for foundation in foundations where foundation.state == nil { add(.id(foundation.bet), foundation.path) }
    self.undeclared = undeclared
  }

  /// The work's own bet and those it rests on, where they are given up.
  var lost: [Finding.Blocker] {
    var blockers: [Finding.Blocker] = []
    if let own = group.bet.id, let state = graph.state(of: own), state.isLost {
      blockers.append(Finding.Blocker(bet: group.bet, state: state, path: [own], loop: []))
    }
    return blockers + foundations.filter { $0.state?.isLost ?? false && $0.bet != group.bet.id }.map(blocker)
  }

  /// The unproven bets under more layers than are allowed.
  func unproven(below depth: Int) -> [Finding.Blocker] {
    foundations.filter { foundation in
      guard let state = foundation.state else { return false }
      return !state.isLost && foundation.layer > depth
    }.map(blocker)
  }

  /// The validated bets at which the search ended, and the events that say so.
  ///
  /// The work's own is one of them when it builds on others: its verdict is why nobody looked at those.
  var proofs: [(path: [BetID], reliances: [Reliance])] {
    let own = group.bet.id.flatMap { graph.bets[$0] }.flatMap { $0.buildsOn.isEmpty ? nil : $0.id }
    let below = graph.proofs(of: direct, foundations)
    let all = (own.map { [(bet: $0, path: [$0])] } ?? []) + below.filter { $0.bet != own }
    return all.compactMap { bet, path in
      graph.state(of: bet) == .validated ? graph.bets[bet].map { (path, $0.proofs) } : nil
    }
  }

  private func blocker(_ foundation: BetGraph.Foundation) -> Finding.Blocker {
    Finding.Blocker(
      bet: .id(foundation.bet), state: foundation.state, path: foundation.path,
      loop: graph.loop(through: foundation.bet))
  }

  /// The commits that a finding is about: all of the bet's, or those whose own trailers bring it about.
  func commits(of blockers: [Finding.Blocker]) -> [WorkCommit] {
    let isOwn = blockers.contains { $0.bet == group.bet && $0.bet != .none }
    guard onlyByCommits, !isOwn else { return group.commits }
    return group.commits.filter { !$0.buildsOn.isEmpty }
  }
}
