import Bets
import TestSupport
import Testing

/// A push while the rule `unsigned` blocks, and what git would say of the signatures it comes to rest on.
private struct SignatureRow: Sendable, CustomTestStringConvertible {
  let sentence: String
  var bets: [Bet] = []
  var commits: [WorkCommit] = []
  var branch = "topic"
  var gate: [GateEvent] = []
  var config: [String] = ["bet.rule.unsigned=block"]
  /// Events of the gate's diary that are trusted, by their number; and the bets whose verdicts are.
  var trusted: Set<Int> = []
  var trustedBets: Set<String> = []
  /// What is asked about: roles, in order.
  var asked: [String] = []
  var findings: [String] = []
  var testDescription: String { sentence }
}

@Suite struct GateSignatureTests {
  private static func rows() throws -> [SignatureRow] {
    let search = try bet("search", .validated)
    let ranking = try bet("ranking", .open, on: "search")
    let open = try bet("search")
    let lost = try bet("search", .abandoned)
    let stop = "follow-on ranking: search open"
    let override = GateEvent.override("follow-on", for: "ranking", blockedBy: ["search"])
    let chain = [search, ranking]
    let work = [commit("ranking")]
    return [
      SignatureRow(
        sentence: "off, nothing is asked", bets: chain, commits: work, config: [], asked: [], findings: []),
      SignatureRow(
        sentence: "a verdict that is relied on and not trusted stops", bets: chain, commits: work,
        asked: ["verdict search"], findings: ["unsigned ranking: search validated"]),
      SignatureRow(
        sentence: "a trusted verdict lets pass", bets: chain, commits: work, trustedBets: ["search"],
        asked: ["verdict search"]),
      SignatureRow(
        sentence: "warn only warns", bets: chain, commits: work, config: ["bet.rule.unsigned=warn"],
        asked: ["verdict search"], findings: ["unsigned ranking: search validated (warn)"]),
      SignatureRow(
        sentence: "a commit's own Builds-On relies on a verdict too", bets: [search],
        commits: [commit("none", buildsOn: ["search"])], asked: ["verdict search"],
        findings: ["unsigned -: search validated"]),
      SignatureRow(
        sentence: "the search ends at the nearest validated bet: what lies below is not asked about",
        bets: [
          search, try bet("index", .validated, on: "search"), try bet("ranking", .open, on: "index"),
        ], commits: work, asked: ["verdict index"], findings: ["unsigned ranking: index validated"]),
      SignatureRow(
        sentence: "below an open bet it goes on",
        bets: [search, try bet("index", .open, on: "search"), try bet("ranking", .open, on: "index")],
        commits: work, config: ["bet.rule.unsigned=block", "bet.depth=1"], asked: ["verdict search"],
        findings: ["unsigned ranking: search validated"]),
      SignatureRow(
        sentence: "the verdict on the work's own bet does not matter where it rests on nothing",
        bets: [search], commits: [commit("search")]),
      SignatureRow(
        sentence: "it does where it keeps the gate from looking further down",
        bets: [open, try bet("ranking", .validated, on: "search")], commits: work,
        asked: ["verdict ranking"], findings: ["unsigned ranking: ranking validated"]),
      SignatureRow(
        sentence: "its verdict is in the way once, although its commit builds on what builds on it",
        bets: [
          open, try bet("ranking", .validated, on: "search"), try bet("index", .open, on: "ranking"),
        ], commits: [commit("ranking", buildsOn: ["index"])],
        config: ["bet.rule.unsigned=block", "bet.depth=1"], asked: ["verdict ranking"],
        findings: ["unsigned ranking: ranking validated"]),
      SignatureRow(
        sentence: "other verdicts open nothing and are not asked about",
        bets: [lost, ranking], commits: work, findings: ["lost ranking: search abandoned"]),
      SignatureRow(
        sentence: "an override that covers a finding is relied on",
        bets: [open, ranking], commits: work, gate: [override], asked: ["override"],
        findings: ["\(stop) (overridden)", "unsigned ranking"]),
      SignatureRow(
        sentence: "a trusted override lets pass", bets: [open, ranking], commits: work, gate: [override],
        trusted: [0], asked: ["override"], findings: ["\(stop) (overridden)"]),
      SignatureRow(
        sentence: "a trusted override beside one that is not is enough", bets: [open, ranking], commits: work,
        gate: [override, override], trusted: [1], asked: ["override", "override"],
        findings: ["\(stop) (overridden)"]),
      SignatureRow(
        sentence: "an override that covers nothing is not asked about", bets: chain, commits: work,
        gate: [override], trustedBets: ["search"], asked: ["verdict search"]),
      SignatureRow(
        sentence: "a trusted override lets the rule itself be passed over", bets: chain, commits: work,
        gate: [.override("unsigned", for: "ranking", blockedBy: ["search"])], trusted: [0],
        asked: ["verdict search", "override"], findings: ["unsigned ranking: search validated (overridden)"]),
      SignatureRow(
        sentence: "nobody overrides it without a signature", bets: chain, commits: work,
        gate: [.override("unsigned", for: "ranking", blockedBy: ["search"])],
        asked: ["verdict search", "override"], findings: ["unsigned ranking: search validated"]),
      SignatureRow(
        sentence: "a policy that holds a rule down where it would fire is relied on", bets: [open, ranking],
        commits: work, gate: [.policy("follow-on=off")], asked: ["policy follow-on"],
        findings: ["unsigned ranking"]),
      SignatureRow(
        sentence: "a trusted policy lets pass", bets: [open, ranking], commits: work,
        gate: [.policy("follow-on=warn")], trusted: [0], asked: ["policy follow-on"],
        findings: ["\(stop) (warn)"]),
      SignatureRow(
        sentence: "a policy that holds down what does not fire is not asked about", bets: chain,
        commits: work, gate: [.policy("lost=off")], trustedBets: ["search"], asked: ["verdict search"]),
      SignatureRow(
        sentence: "a policy that says what holds without it is not asked about", bets: [open, ranking],
        commits: work, gate: [.policy("follow-on=block")], findings: [stop]),
      SignatureRow(
        sentence: "commits of no bet rely on the policy that lets them", commits: [commit()],
        branch: "feat/x", gate: [.policy("unlinked=off")], asked: ["policy unlinked"],
        findings: ["unsigned -"]),
      SignatureRow(
        sentence: "this clone's own level asks nobody", bets: [open, ranking], commits: work,
        gate: [.policy("follow-on=off")],
        config: ["bet.rule.unsigned=block", "bet.rule.follow-on=off"]),
    ]
  }

  @Test(arguments: try rows())
  private func `the rule unsigned looks at what a push relies on`(_ row: SignatureRow) throws {
    let settings = try Settings(config: row.config.map { configLine($0) })
    var history = History("gate", firstID: 10_000)
    for event in row.gate { try event.append(to: &history) }
    let folded = GateDiary(from: Diary(history.entries))
    let work = Work(
      update: RefUpdate(
        localRef: "refs/heads/x", localID: oid(77), remoteRef: "refs/heads/main", remoteID: oid(0)),
      branch: row.branch, isFeature: settings.isFeature(row.branch), commits: row.commits,
      overrides: folded.overrides,
      reaches: folded.reaching(row.commits))
    let bets = Dictionary(uniqueKeysWithValues: row.bets.map { ($0.id, $0) })
    let today = try #require(Day("2026-06-15"))
    func decide(_ signatures: [ObjectID: SignatureTrust]?) -> Decision {
      Gate(settings: settings, diary: folded, signatures: signatures, today: today).decide([work], bets: bets)
    }
    let first = decide(nil)
    #expect(first.reliances.map(\.told) == row.asked)
    #expect(!first.findings.contains { $0.rule == .unsigned })
    guard !first.reliances.isEmpty else {
      #expect(first.findings.map(\.told) == row.findings)
      return
    }
    var answers: [ObjectID: SignatureTrust] = [:]
    for reliance in first.reliances {
      let isTrusted: Bool
      if case .verdict(let bet) = reliance.role {
        isTrusted = row.trustedBets.contains(bet.name)
      } else {
        isTrusted = row.trusted.contains { oid(10_000 + $0) == reliance.event }
      }
      answers[reliance.event] = isTrusted ? .trusted(by: "ada") : .unsigned
    }
    let second = decide(answers)
    #expect(second.findings.map(\.told) == row.findings)
    #expect(second.isBlocked == row.findings.contains { !$0.hasSuffix(")") })
    let doubts = second.findings.flatMap(\.doubts)
    #expect(doubts.allSatisfy { $0.trust == .unsigned })
    #expect(doubts.isEmpty == !row.findings.contains { $0.hasPrefix("unsigned") })
  }

  /// Levels of `unsigned` in order, `!` for one that is signed and trusted.
  @Test(arguments: [
    (["block"], "block", 0), (["warn", "off"], "warn", 1), (["block", "warn", "off"], "block", 2),
    (["block", "off!"], "off", 1), (["block", "off!", "block", "off"], "block", 2),
    (["block", "off", "warn!"], "warn", 2), (["off", "warn"], "warn", 0),
    (["block", "off", "block"], "block", 1),
    (["block", "warn!", "off"], "warn", 2),
  ])
  func `who may not sign may not lower the level of unsigned`(
    levels: [String], expected: String, asked: Int
  ) throws {
    var history = History("gate", firstID: 10_000)
    var trusted: [ObjectID: SignatureTrust] = [:]
    for (index, level) in levels.enumerated() {
      let id = try history.add(.policy, [.rule: "unsigned=\(level.filter { $0 != "!" })"])
      trusted[id] = level.hasSuffix("!") ? .trusted(by: "ada") : .unknownKey("key \(index)")
    }
    let strict = GateDiary(from: Diary(history.entries))
    #expect(strict.lowerings.count == asked)
    #expect(strict.trusting(trusted).policy["unsigned"]?.name == expected)
    #expect(
      strict.trusting([:]).policy["unsigned"]
        == levels.compactMap { level in
          Level(name: level.filter { $0 != "!" })
        }.max())
  }

  @Test func `beside a head that raises it, one that does not know of that lowers nothing`() throws {
    var history = History("gate", firstID: 10_000)
    let root = try history.add(.policy, [.rule: "unsigned=off"])
    let raised = try history.add(.policy, [.rule: "unsigned=block"], on: [root])
    let other = try history.add(.policy, [.rule: "unsigned=off"], on: [root], time: 0)
    history.heads = [raised, other]
    #expect(GateDiary(from: Diary(history.entries)).policy["unsigned"] == .block)
  }

  @Test func `other rules are lowered by whoever may write`() throws {
    var history = History("gate", firstID: 10_000)
    try history.add(.policy, [.rule: "lost=block"])
    try history.add(.policy, [.rule: "lost=off"])
    let diary = GateDiary(from: Diary(history.entries))
    #expect(diary.policy["lost"] == .off && diary.lowerings.isEmpty)
  }
}

extension Reliance {
  fileprivate var told: String {
    switch role {
    case .verdict(let bet): "verdict \(bet)"
    case .override: "override"
    case .policy(let rule, _): "policy \(rule)"
    case .setting(let key, _): "setting \(key)"
    case .change(let bet, let kind): "\(kind.name) \(bet)"
    }
  }
}
