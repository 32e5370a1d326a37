import Bets
import Testing

/// Levels, links, overrides and remarks, one row per sentence.
@Suite struct GateLevelTests {
  @Test(arguments: try levelsRows()) func `a level comes from configuration, policy or default`(
    _ row: GateRow
  ) throws { try check(row) }
  @Test(arguments: try linksRows()) func `a branch belongs to a bet`(_ row: GateRow) throws { try check(row) }
  @Test(arguments: try overridesRows()) func `a recorded override lets work pass`(_ row: GateRow) throws {
    try check(row)
  }
  @Test(arguments: try statesRows()) func `a decision has a state`(_ row: GateRow) throws { try check(row) }

  static func stopped() throws -> [Bet] { try [bet("search"), bet("ranking", .open, on: "search")] }
  static let stop = "follow-on ranking: search open"

  static func levelsRows() throws -> [GateRow] {
    let bets = try stopped()
    let work = [commit("ranking")]
    return [
      GateRow("a rule blocks unless something else is said", bets, work, [stop]),
      GateRow(
        "the ledger's policy comes before the default", bets, work, gate: [.policy("follow-on=warn")],
        ["\(stop) (warn)"], .satisfied),
      GateRow("a rule that is off says nothing", bets, work, gate: [.policy("follow-on=off")]),
      GateRow(
        "this clone's configuration comes before the ledger's policy", bets, work,
        config: ["bet.rule.follow-on=block"], gate: [.policy("follow-on=off")], [stop]),
      GateRow(
        "a level set for one command counts", bets, work,
        config: ["bet.rule.follow-on=block", "command bet.rule.follow-on=warn"], ["\(stop) (warn)"],
        .satisfied),
      GateRow(
        "CI and servers follow the ledger, not configuration", bets, work,
        config: ["bet.rule.follow-on=off"], by: .ledger, [stop]),
      GateRow(
        "CI and servers take the ledger's policy", bets, work, config: ["bet.rule.follow-on=block"],
        gate: [.policy("follow-on=warn")], by: .ledger, ["\(stop) (warn)"], .satisfied),
      GateRow(
        "a later policy replaces an earlier one", bets, work,
        gate: [.policy("follow-on=off", "lost=off"), .policy("follow-on=block")], [stop]),
      GateRow(
        "a policy for another rule leaves this one alone", bets, work, gate: [.policy("lost=off")], [stop]),
      GateRow(
        "a policy that names no level says nothing", bets, work, gate: [.policy("follow-on=maybe")], [stop]),
    ]
  }

  @Test(
    arguments: [
      ([], [], "default"), ([], [GateEvent.policy("lost=warn")], "ledger"),
      (["bet.rule.lost=warn"], [.policy("lost=off")], "local"),
      (["bet.rule.lost=warn", "command bet.rule.lost=block"], [], "command"),
    ] as [([String], [GateEvent], String)])
  func `a finding knows who set its level`(config: [String], gate: [GateEvent], origin: String) throws {
    let row = try GateRow("", [bet("a", .abandoned)], [commit("a")], config: config, gate: gate)
    let level = try #require(row.decide().findings.first).level
    #expect(level.origin == origin)
    #expect(level.isForOneCommand == (origin == "command"))
  }

  static func linksRows() throws -> [GateRow] {
    let bets = try stopped() + [bet("other", .open, branches: ["topic", "feature/ranking"])]
    return [
      GateRow(
        "a branch is linked by configuration first", bets, [commit()],
        config: ["branch.topic.bet=ranking"], [stop]),
      GateRow("then by a linked event, before its name", bets, [commit()], branch: "feature/ranking"),
      GateRow("then by its name", bets, [commit()], branch: "feat/ranking/ui", [stop]),
      GateRow(
        "a name links by the patterns of bet.branch", bets, [commit()], branch: "try-ranking",
        config: ["bet.branch=try-{bet}"], [stop]),
      GateRow(
        "what bet.branch leaves out links nothing", bets, [commit()], branch: "bet/nowhere",
        config: ["bet.branch=try-{bet}"], [], .notApplicable),
      GateRow(
        "a commit's own bet comes before its branch's", bets, [commit("other")],
        branch: "feat/ranking"),
      GateRow(
        "Bet: none comes before the branch's bet", bets, [commit("none")], branch: "feat/ranking"),
    ]
  }

  @Test func `a finding names the link only when no trailer names the bet`() throws {
    let bets = try Self.stopped()
    let byBranch = try GateRow("", bets, [commit()], branch: "feat/ranking").decide()
    #expect(byBranch.findings.first?.link?.source == .name)
    let byTrailer = try GateRow("", bets, [commit("ranking")], branch: "feat/ranking").decide()
    #expect(byTrailer.findings.first?.link == nil)
  }

  static func overridesRows() throws -> [GateRow] {
    let bets = try stopped()
    let work = [commit("ranking")]
    let passed = ["\(stop) (overridden)"]
    func row(
      _ sentence: String, _ events: GateEvent..., today: String = "2026-06-15",
      gives expected: [String] = [stop]
    ) -> GateRow {
      GateRow(
        sentence, bets, work, gate: events, today: today, expected,
        expected == [stop] ? .unsatisfied : .overridden)
    }
    let whole = GateEvent.override("follow-on", for: "ranking", blockedBy: ["search"])
    let until = GateEvent.override(
      "follow-on", for: "ranking", blockedBy: ["search"], until: "2026-06-15")
    return try [
      row("an override covers the findings that it names", whole, gives: passed),
      row("a later push that rests on it says so, in any number", whole, until, gives: passed),
      row("an override of another rule", .override("lost", for: "ranking", blockedBy: ["search"])),
      row("an override for another bet", .override("follow-on", for: "search", blockedBy: ["search"])),
      row("an override for work of no bet", .override("follow-on", for: "none", blockedBy: ["search"])),
      row(
        "an override that names another bet in the way",
        .override("follow-on", for: "ranking", blockedBy: ["x"])),
      row("an override that names no bet in the way", .override("follow-on", for: "ranking")),
      row(
        "an override that names more than is in the way",
        .override("follow-on", "lost", for: "ranking", blockedBy: ["search", "x"]), gives: passed),
      row("a revoked override no longer counts", whole, .revoked),
      row("revoking one leaves another", whole, until, .revoked, gives: passed),
      row("a standing override, before its end", until, today: "2026-06-14", gives: passed),
      row("a standing override, on its last day", until, today: "2026-06-15", gives: passed),
      row("a standing override, after its end", until, today: "2026-06-16"),
      GateRow(
        "all bets in the way must be named",
        [bet("search"), bet("b", .open, on: "search"), bet("ranking", .open, on: "b")], work, gate: [whole],
        ["follow-on ranking: b open, search open"]),
      GateRow(
        "one finding that is not covered blocks the push",
        [bet("search"), bet("gone", .abandoned), bet("ranking", .open, on: "search", "gone")], work,
        gate: [whole], ["\(stop) (overridden)", "lost ranking: gone abandoned"], .unsatisfied),
      GateRow(
        "commits of no bet", [], [commit()], branch: "feat/x", gate: [.override("unlinked", for: "none")],
        ["unlinked - (overridden)"], .overridden),
      GateRow(
        "a standing override without a bet holds for its branch", [], [commit()], branch: "feat/x",
        gate: [.override("unlinked", for: "none", branch: "feat/x", until: "2026-12-31")],
        ["unlinked - (overridden)"], .overridden),
      GateRow(
        "a standing override without a bet holds for no other branch", [], [commit()], branch: "feat/y",
        gate: [.override("unlinked", for: "none", branch: "feat/x", until: "2026-12-31")], ["unlinked -"]),
      GateRow(
        "a standing override for a bet holds on every branch", bets, work, branch: "feat/y",
        gate: [
          .override(
            "follow-on", for: "ranking", blockedBy: ["search"], branch: "feat/x", until: "2026-12-31")
        ], passed, .overridden),
      GateRow(
        "CI and servers take what the ledger records", bets, work, gate: [whole], by: .ledger, passed,
        .overridden),
    ]
  }

  static func statesRows() throws -> [GateRow] {
    try [
      GateRow("not applicable: no commit", [bet("a")], [], [], .notApplicable),
      GateRow("not applicable: nothing belongs to a bet", [bet("a")], [commit()], [], .notApplicable),
      GateRow("satisfied: the bet's work may go", [bet("a")], [commit("a")], [], .satisfied),
      GateRow("satisfied: belongs to none", [], [commit("none")], [], .satisfied),
      GateRow(
        "unsatisfied: a finding blocks", [bet("a", .abandoned)], [commit("a")], ["lost a: a abandoned"],
        .unsatisfied),
      GateRow(
        "overridden: a recorded decision lets it pass", [bet("a", .abandoned)], [commit("a")],
        gate: [.override("lost", for: "a", blockedBy: ["a"])], ["lost a: a abandoned (overridden)"],
        .overridden),
    ]
  }

  @Test func `the words of a decision are Gerrit's`() {
    let states: [Decision.State] = [.satisfied, .notApplicable, .unsatisfied, .overridden, .error]
    let words = ["satisfied", "not-applicable", "unsatisfied", "overridden", "error"]
    #expect(states.map(\.rawValue) == words)
  }

  @Test func `every rule says in one line when it fires`() {
    for rule in Rule.all {
      #expect(!rule.summary.isEmpty && !rule.summary.contains("\n") && !rule.summary.hasSuffix("."))
    }
    #expect(Set(Rule.all.map(\.summary)).count == Rule.all.count)
  }

  @Test func `a buried line that counts is reported as buried, any other as a stray`() throws {
    let message = "title\n\nmerged\n\n    Bet: search\n    Bet: nowhere\n    Builds-On: search\n\nmore\n"
    func squash(_ bets: String..., counts: @escaping (BetID) -> Bool?) throws -> WorkCommit {
      var squash = commit()
      squash.bets = bets.map { BetName($0) }
      squash.strays = try Trailers.strays(of: "Bet", "Builds-On", in: Array(message.utf8))
      squash.unearth(counts)
      return squash
    }
    func remarks(_ commit: WorkCommit) throws -> [String] {
      try GateRow("", [bet("search")], [commit]).decide().remarks.map {
        "\($0.kind.rawValue) \($0.trailers.map { "\($0.key) \($0.value)" }.joined(separator: ", "))"
      }
    }
    let declared = { (id: BetID) in id.name == "search" ? true : nil as Bool? }
    let buried = try squash(counts: declared)
    #expect(
      try remarks(buried) == ["buried-trailer Bet search, Builds-On search", "stray-trailer Bet nowhere"])
    #expect(buried.bets == [BetName("search")] && buried.buildsOn == [BetName("search")])
    #expect(try !GateRow("", [bet("search")], [buried]).decide().isSilent)

    let beside = try squash("none", "nowhere", counts: declared)
    #expect(try remarks(beside) == ["buried-trailer Bet search, Builds-On search"])
    #expect(beside.bets == ["none", "nowhere", "search"].map { BetName($0) })
    let named = try squash("search", counts: declared)
    #expect(try remarks(named) == ["buried-trailer Builds-On search", "stray-trailer Bet nowhere"])

    let takenAway = try squash { $0.name == "search" ? false : nil }
    #expect(try remarks(takenAway) == ["stray-trailer Bet nowhere"])
    #expect(takenAway.bets.isEmpty && takenAway.buildsOn.isEmpty)
  }

  @Test func `none beside a bet says nothing`() throws {
    let both = try GateRow("", [bet("search", .abandoned)], [commit("none", "search")]).decide()
    #expect(both.findings.map(\.rule) == [.lost] && both.findings.map(\.bet) == [BetName("search")])
  }
}
