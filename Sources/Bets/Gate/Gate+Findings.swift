import GitFormats

extension Gate {
  /// Asks every rule about the work of one bet.
  ///
  /// `relied` are the events whose word is taken, while nobody has said what their signatures are worth and the rule
  /// `unsigned` has a say.
  func findings(_ inquiry: Inquiry) -> (findings: [Finding], relied: [Reliance]) {
    let mindsSignatures = asks(.unsigned)
    var findings: [Finding] = []
    var relied: [Reliance] = []
    for rule in Rule.all where rule != .unsigned && (mindsSignatures || asks(rule)) {
      guard let objection = rule.objection(inquiry) else { continue }
      let (finding, reliances) = settle(objection, by: rule, inquiry)
      if let finding { findings.append(finding) }
      if mindsSignatures { relied += reliances }
    }
    if mindsSignatures {
      relied += inquiry.resting.proofs.flatMap(\.reliances)
      for finding in findings where finding.blocks { relied += doubted(finding, inquiry) }
    }
    guard !relied.isEmpty else { return (findings, []) }
    guard let signatures else {
      // What would let a finding of that rule through has to be asked about along with it.
      let opening = inquiry.work.overrides.filter { override in
        override.bet == inquiry.bet.id && override.rules.contains(Rule.unsigned.name)
          && inquiry.work.reaches[override.id] != nil
      }
      return (findings, relied + opening.map(Reliance.init))
    }
    var closer = inquiry
    closer.doubts = doubts(about: relied, findings, signatures)
    if let objection = Rule.unsigned.objection(closer),
      let finding = settle(objection, by: .unsigned, closer).finding
    {
      findings.append(finding)
    }
    return (findings, [])
  }

  /// Under the lock: the events that would have kept a finding from stopping the work, if they counted.
  private func doubted(_ finding: Finding, _ inquiry: Inquiry) -> [Reliance] {
    let bets = [finding.bet?.id].compactMap(\.self) + finding.blockers.compactMap(\.bet.id)
    let known = inquiry.work.facts.bets
    let settings = ConfigKey.shared.flatMap { policyDoubts[$0.key] ?? [] }
    return bets.flatMap { (inquiry.graph.bets[$0] ?? known[$0])?.doubts ?? [] } + inquiry.work.doubts
      + (policyDoubts[finding.rule.name] ?? []) + settings
      + (finding.rule == .limit ? inquiry.work.facts.doubts : [])
  }

  /// What the level of a rule and the recorded overrides make of an objection.
  ///
  /// Nil as the finding: the rule is off. What lets it be lower than its default is relied upon all the same.
  private func settle(
    _ objection: Objection, by rule: Rule, _ inquiry: Inquiry
  ) -> (finding: Finding?, relied: [Reliance]) {
    let setting = settings.level(of: rule, policy: policy, for: authority)
    let isLowered = setting.origin == "ledger" && setting.level < rule.defaultLevel
    let relied = isLowered ? policyEvents[rule.name] ?? [] : []
    guard asks(rule) else { return (nil, relied) }
    let level = Settings.LevelSetting(level: min(setting.level, objection.atMost), origin: setting.origin)
    let work = inquiry.work
    let matter = Override.Case(
      rule: rule.name, bet: inquiry.bet.id, blockers: objection.blockers.compactMap(\.bet.id),
      branch: work.branch, repository: settings.repository)
    let covering = work.overrides.compactMap { override in
      override.covers(
        matter, on: today, objection.commits.map(\.id), within: work.reaches[override.id]
      ).map { Finding.Cover(override: override, how: $0) }
    }
    let vouched = covering.first { signatures?[$0.override.id]?.isTrusted ?? false }
    // Nobody lets himself through the lock: only a signed override opens it.
    let cover = rule == .unsigned ? vouched : vouched ?? covering.first
    let former = cover == nil ? work.overrides.last { !$0.isRevoked && $0.names(matter) } : nil
    let finding = Finding(
      rule, objection, about: inquiry, at: level, matter: matter, cover: cover, former: former)
    return (finding, relied + (level.level == .block ? covering.map { Reliance($0.override) } : []))
  }

  /// The events among those relied upon that nobody whom git trusts vouches for.
  ///
  /// An override that is not vouched for is no matter where another one lets the finding through.
  private func doubts(
    about relied: [Reliance], _ findings: [Finding], _ signatures: [ObjectID: SignatureTrust]
  ) -> [Doubt] {
    let used = Set(findings.compactMap(\.override?.id))
    return relied.unique.compactMap { reliance in
      if reliance.role == .override, !used.contains(reliance.event) { return nil }
      let trust = signatures[reliance.event] ?? .cannotVerify(why: "nobody asked about it")
      return trust.isTrusted ? nil : Doubt(reliance: reliance, trust: trust)
    }
  }
}
