import GitFormats

/// The gate: what may be shipped, decided from values alone.
///
/// The same function answers for the pre-push hook, `git bet check`, a server and an agent. It judges what the
/// ledger says now, never whether a bet is merely mentioned.
package struct Gate: Sendable {
  package let settings: Settings
  package let policy: [String: Level]
  /// The events that the policy of each rule comes from.
  package let policyEvents: [String: [Reliance]]
  /// Events that would lower a level or widen a setting, and do not count: nobody vouches for them.
  package let policyDoubts: [String: [Reliance]]
  /// What the signatures of events are worth; nil while nobody has asked. A decision lists what to ask about.
  package let signatures: [ObjectID: SignatureTrust]?
  package let authority: Settings.Authority
  package let today: Day

  package init(
    settings: Settings, policy: [String: Level] = [:], policyEvents: [String: [Reliance]] = [:],
    policyDoubts: [String: [Reliance]] = [:],
    signatures: [ObjectID: SignatureTrust]? = nil, authority: Settings.Authority = .clone, today: Day
  ) {
    self.settings = settings
    self.policy = policy
    self.policyEvents = policyEvents
    self.policyDoubts = policyDoubts
    self.signatures = signatures
    self.authority = authority
    self.today = today
  }

  /// By what the ledger's own diary says.
  package init(
    settings: Settings, diary: GateDiary, signatures: [ObjectID: SignatureTrust]? = nil,
    authority: Settings.Authority = .clone, today: Day
  ) {
    self.init(
      settings: settings, policy: diary.policy, policyEvents: diary.policyEvents,
      policyDoubts: diary.doubts, signatures: signatures, authority: authority, today: today)
  }

  /// Decides about everything that one push brings.
  ///
  /// `bets` holds every declared bet that the work names, and all that those build on: what is not in it counts
  /// as not declared. Findings come in the order of the refs, within a ref by rule.
  package func decide(_ works: [Work], bets: [BetID: Bet]) -> Decision {
    let graph = BetGraph(bets)
    var findings: [Finding] = []
    var reliances: [Reliance] = []
    var remarks: [Remark] = []
    for work in works {
      for inquiry in Inquiry.all(about: work, by: self, graph) {
        let (found, relied) = self.findings(inquiry)
        findings += found
        reliances += relied
      }
      remarks += work.commits.flatMap(Remark.all)
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
    var decision = Decision(
      state: state, findings: findings, remarks: remarks,
      bets: works.reduce(into: bets) { $0.merge($1.facts.bets) { bet, _ in bet } },
      reliances: reliances.unique, removed: works.flatMap(\.removed))
    decision.notLookedAt = works.flatMap(gaps)
    return decision
  }

  /// What rules that have a say could not look at.
  private func gaps(in work: Work) -> [Decision.Gap] {
    let files = work.facts.unjudged.values.joined().sorted().map { line in
      let parts = line.split(separator: ":", maxSplits: 1).map { Text.trimmed($0) }
      return Decision.Gap(rule: .overlap, what: parts[0], why: parts.count > 1 ? parts[1] : line)
    }
    let whole = Rule.all.flatMap { rule in
      rule.asks.compactMap { work.facts.unknown[$0] }.map {
        Decision.Gap(rule: rule, what: work.name, why: $0)
      }
    }
    return (whole + files).filter { asks($0.rule) }
  }

  /// What a rule that blocks could not look at in the work: with that nobody can decide. Nil when there is nothing.
  package func notLookedAt(in work: Work) -> (rule: Rule, why: String)? {
    for rule in Rule.all where settings.level(of: rule, policy: policy, for: authority).level == .block {
      if let why = rule.asks.compactMap({ work.facts.unknown[$0] }).first { return (rule, why) }
      if rule == .overlap, let why = work.facts.unjudged.values.joined().first { return (rule, why) }
    }
    return nil
  }

  /// Whether a rule has a say. Switched off for one command it has: that counts, but not without a word.
  package func asks(_ rule: Rule) -> Bool {
    let setting = settings.level(of: rule, policy: policy, for: authority)
    return setting.level != .off || setting.isForOneCommand
  }
}
