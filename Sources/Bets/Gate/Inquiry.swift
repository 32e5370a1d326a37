/// The questions of the gate about one pushed ref, asked rule by rule, and the findings.
struct Inquiry {
  let gate: Gate
  let work: Work
  let graph: BetGraph<Bet>
  private(set) var findings: [Finding] = []
  /// The events whose word is taken; listed only while the rule `unsigned` has a say.
  private(set) var reliances: [Reliance] = []
  /// The same for the group that is looked at.
  private var relied: [Reliance] = []
  private let mindsSignatures: Bool

  init(gate: Gate, work: Work, graph: BetGraph<Bet>) {
    self.gate = gate
    self.work = work
    self.graph = graph
    mindsSignatures = gate.asks(.unsigned)
  }

  mutating func run() {
    for group in Group.groups(of: work) {
      let resting = Resting(group, graph)
      if !resting.undeclared.isEmpty {
        report(.undeclared, group, resting.commits(of: resting.undeclared), resting.undeclared)
      }
      if !resting.lost.isEmpty { report(.lost, group, resting.commits(of: resting.lost), resting.lost) }
      let unproven = resting.unproven(below: gate.settings.depth)
      if !unproven.isEmpty { report(.followOn, group, resting.commits(of: unproven), unproven) }
      reportProgress(of: group)
      if mindsSignatures { reportDoubts(group, resting.proofs) }
    }
    // Merges are left out: git writes their messages, and what they bring is judged by itself.
    let unlinked = work.commits.filter { $0.bets.isEmpty && !$0.isMerge }
    if work.isFeature, work.link == nil, !unlinked.isEmpty {
      let group = Group(bet: .none, commits: unlinked)
      report(.unlinked, group, unlinked, [])
      reportDoubts(group)
    }
  }

  // MARK: How the bet itself is doing

  /// What is asked of an open bet whose work goes out: whether anything will be learned, and when it is enough.
  private mutating func reportProgress(of group: Group) {
    defer { reportOverlap(of: group) }
    guard let id = group.bet.id, let bet = graph.bets[id], bet.state.isUndecided else { return }
    let itself = [Finding.Blocker(bet: group.bet, state: bet.state, path: [id], loop: [])]
    func ask(_ rule: Rule, _ matter: Finding.Matter?, atMost level: Level = .block) {
      if let matter { report(rule, group, group.commits, itself, matter, atMost: level) }
    }
    if work.isShip, let answers = work.circumstances.instruments[id] {
      let missing = answers.filter { $0.value == .missing }.keys.sorted()
      let unknown = answers.compactMapValues { if case .unknown(let why) = $0 { why } else { nil } }
      let isCertain = !missing.isEmpty
      if answers.isEmpty || isCertain || !unknown.isEmpty {
        // Nothing declared, or nothing that could be looked for: there is nothing to hold the work against.
        ask(.instrument, .instruments(missing: missing, unknown: unknown), atMost: isCertain ? .block : .warn)
      }
    }
    if bet.isOverdue(on: gate.today) { ask(.overdue, Finding.Matter.none) }
    if let appetite = bet.appetite, let usage = work.circumstances.usage[id], usage.exceeds(appetite) {
      ask(.appetite, .appetite(usage, of: appetite))
    }
    if let open = work.circumstances.openBets, open > gate.settings.limit,
      work.circumstances.starting.contains(id)
    {
      ask(.limit, .limit(open: open, allowed: gate.settings.limit))
    }
  }

  private mutating func reportOverlap(of group: Group) {
    let files = work.circumstances.overlaps[group.bet] ?? []
    let unjudged = work.circumstances.unjudged[group.bet] ?? []
    guard !files.isEmpty || !unjudged.isEmpty else { return }
    var bets: [BetID] = []
    for file in files where !bets.contains(file.bet) { bets.append(file.bet) }
    let blockers = bets.map {
      Finding.Blocker(bet: .id($0), state: graph.state(of: $0) ?? .open, path: [$0], loop: [])
    }
    report(
      .overlap, group, group.commits, blockers, .overlap(files, unjudged: unjudged),
      atMost: files.isEmpty ? .warn : .block)
  }

  // MARK: Findings

  private mutating func report(
    _ rule: Rule, _ group: Group, _ commits: [WorkCommit], _ blockers: [Finding.Blocker],
    _ matter: Finding.Matter = .none, atMost: Level = .block, doubts: [Doubt] = []
  ) {
    var setting = gate.settings.level(of: rule, policy: gate.policy, for: gate.authority)
    if mindsSignatures, setting.origin == "ledger", setting.level < rule.defaultLevel {
      relied += gate.policyEvents[rule.rawValue] ?? []
    }
    guard gate.asks(rule) else { return }
    setting = Settings.LevelSetting(level: min(setting.level, atMost), origin: setting.origin)
    let bet = group.bet == BetName.none ? nil : group.bet
    let link =
      bet != nil && bet == work.link?.bet && !commits.contains { !$0.bets.isEmpty } ? work.link : nil
    let overrides = overrides(for: rule, bet: bet, blockers: blockers)
    if mindsSignatures, setting.level == .block { relied += overrides.map(Reliance.init) }
    let vouched = overrides.first { gate.signatures?[$0.id]?.isTrusted ?? false }
    findings.append(
      Finding(
        rule: rule, level: setting, update: work.update, work: work.name, bet: bet, blockers: blockers,
        commits: commits, link: link, isDraft: work.isDraft,
        // Nobody lets himself through the lock: only a signed override opens it.
        override: rule == .unsigned ? vouched : vouched ?? overrides.first, matter: matter, doubts: doubts))
  }

  private mutating func reportDoubts(
    _ group: Group, _ proofs: [(path: [BetID], reliances: [Reliance])] = []
  ) {
    relied += proofs.flatMap(\.reliances)
    defer { relied = [] }
    guard mindsSignatures, !relied.isEmpty else { return }
    guard let signatures = gate.signatures else {
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

  /// The recorded overrides that cover a finding whole: its rule, its bet and every bet in the way.
  private func overrides(for rule: Rule, bet: BetName?, blockers: [Finding.Blocker]) -> [Override] {
    let repository = gate.settings.repository
    return work.overrides.filter { override in
      !override.isRevoked && override.rules.contains(rule.rawValue) && override.bet == bet?.id
        && blockers.allSatisfy { blocker in blocker.bet.id.map { override.blockedBy.contains($0) } ?? true }
        && (override.until.map { $0 >= gate.today } ?? true)
        && (override.until == nil || override.bet != nil || override.branch == work.branch)
        && (override.until == nil || override.repository == nil || override.repository == repository)
    }
  }
}
