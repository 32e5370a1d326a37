import Bets
import Testing

/// How an open bet itself is doing: instrument, overdue, appetite and limit; one row per sentence.
@Suite struct GateProgressTests {
  @Test(arguments: try instrumentRows()) func `what ships is measured`(_ row: GateRow) throws {
    try check(row)
  }
  @Test(arguments: try instrumentLevelRows()) func `the level of instrument, and its ways round`(
    _ row: GateRow
  ) throws { try check(row) }
  @Test(arguments: try overdueRows()) func `a bet past its check-by date is overdue`(_ row: GateRow) throws {
    try check(row)
  }
  @Test(arguments: try appetiteRows()) func `a bet has an appetite`(_ row: GateRow) throws { try check(row) }
  @Test(arguments: try limitRows()) func `only so many bets are open at once`(_ row: GateRow) throws {
    try check(row)
  }

  // MARK: instrument

  static func instruments(_ answers: [String: [String: InstrumentAnswer]]) -> Facts {
    var facts = Facts()
    for (name, answer) in answers {
      if let id = BetID(ifValid: name) { facts.instruments[id] = answer }
    }
    return facts
  }

  static let missing = instruments(["search": ["a": .missing]])
  static let noneDeclared = instruments(["search": [:]])
  static let unmeasured = "instrument search: search open"

  static func instrumentRows() throws -> [GateRow] {
    let (search, work) = (try bet("search"), [commit("search")])
    func row(
      _ sentence: String, _ answers: [String: InstrumentAnswer], to remote: String = "main",
      config: [String] = [], _ findings: [String] = [], _ state: Decision.State? = nil
    ) -> GateRow {
      GateRow(
        sentence, [search], work, to: remote, config: config, knowing: instruments(["search": answers]),
        findings, state)
    }
    let undecided = try [
      row("a declared string is nowhere in the tree", ["a": .missing], [unmeasured]),
      row("a declared string is there", ["a": .found]),
      row("the bet declares none", [:], ["\(unmeasured) (warn)"], .satisfied),
      row("the string was not looked for", ["a": .unknown("why")], ["\(unmeasured) (warn)"], .satisfied),
      row("one of several is missing", ["a": .found, "b": .missing], [unmeasured]),
      row("one is missing, one was not looked for", ["a": .unknown("why"), "b": .missing], [unmeasured]),
      row(
        "one is there, one was not looked for", ["a": .found, "b": .unknown("why")],
        ["\(unmeasured) (warn)"], .satisfied),
      row("all of several are there", ["a": .found, "b": .found]),
      row("a release ships", ["a": .missing], to: "release/1", [unmeasured]),
      row("what bet.ship says ships", ["a": .missing], to: "prod", config: ["bet.ship=prod"], [unmeasured]),
      row("what bet.ship leaves out does not", ["a": .missing], config: ["bet.ship=prod"]),
      row("a feature branch ships nothing", ["a": .missing], to: "feature/x"),
      row("a feature branch is not asked for one either", [:], to: "feature/x"),
      row("a draft branch ships nothing", ["a": .missing], to: "wip/x"),
      row(
        "a draft branch that bet.ship names is a draft", ["a": .missing], to: "wip/x",
        config: ["bet.ship=wip/*"]),
      GateRow(
        "a contested bet counts as open", [bet("search", .contested)], work, knowing: missing,
        ["instrument search: search contested"]),
      GateRow("what nobody looked for is not judged", [search], work),
      GateRow("work of no bet", [search], [commit("none")], knowing: missing),
      GateRow(
        "a bet that nobody declared is undeclared, no more", [], work, knowing: missing,
        ["undeclared search: search"]),
      GateRow(
        "work of a branch's bet", [search], [commit()], branch: "bet/search", knowing: missing, [unmeasured]),
      GateRow(
        "each bet of a push is asked by itself",
        [search, bet("other"), bet("third"), bet("fourth")],
        [commit("search"), commit("other", "third"), commit("fourth")],
        knowing: instruments(["search": ["a": .missing], "other": ["b": .found], "third": [:]]),
        [unmeasured, "instrument third: third open (warn)"]),
      GateRow(
        "a bet that the work rests on is not asked", [search, bet("ranking", .open, on: "search")],
        [commit("ranking")], knowing: missing, ["follow-on ranking: search open"]),
    ]
    let closed = try [Bet.State.validated, .invalidated, .inconclusive, .abandoned].map { state in
      try GateRow(
        "a bet that is \(state) is not asked", [bet("search", state)], work, knowing: missing,
        state.isLost ? ["lost search: search \(state)"] : [])
    }
    return undecided + closed
  }

  static func instrumentLevelRows() throws -> [GateRow] {
    let (search, work) = (try bet("search"), [commit("search")])
    func row(
      _ sentence: String, _ found: Facts = missing, config: [String] = [], gate: [GateEvent] = [],
      by authority: Settings.Authority = .clone, _ findings: [String] = [], _ state: Decision.State? = nil
    ) -> GateRow {
      GateRow(
        sentence, [search], work, config: config, gate: gate, by: authority, knowing: found, findings, state)
    }
    let cover = GateEvent.override("instrument", for: "search", blockedBy: ["search"])
    let warned = ["\(unmeasured) (warn)"]
    return [
      row("off by policy", gate: [.policy("instrument=off")]),
      row("off by configuration", config: ["bet.rule.instrument=off"]),
      row("warn by policy", gate: [.policy("instrument=warn")], warned, .satisfied),
      row("warn by configuration", config: ["bet.rule.instrument=warn"], warned, .satisfied),
      row(
        "configuration does not count where the ledger decides", config: ["bet.rule.instrument=off"],
        by: .ledger, [unmeasured]),
      row("the policy does", gate: [.policy("instrument=off")], by: .ledger),
      row(
        "none declared only warns, whatever the level", noneDeclared, config: ["bet.rule.instrument=block"],
        warned, .satisfied),
      row("none declared says nothing when it is off", noneDeclared, gate: [.policy("instrument=off")]),
      row(
        "off for one command says so", config: ["command bet.rule.instrument=off"], ["\(unmeasured) (off)"],
        .satisfied),
      row("an override covers it", gate: [cover], ["\(unmeasured) (overridden)"], .overridden),
      row("an override of another rule does not", gate: [.override("lost", for: "search")], [unmeasured]),
      row(
        "an override for another bet does not",
        gate: [.override("instrument", for: "other", blockedBy: ["search"])], [unmeasured]),
      row("a revoked override does not", gate: [cover, .revoked], [unmeasured]),
    ]
  }

  // MARK: overdue

  static func overdueRows() throws -> [GateRow] {
    let search = try bet("search", saying: [.checkBy: "2026-06-15"])
    let work = [commit("search")]
    let late = "overdue search: search open"
    func row(
      _ sentence: String, _ bets: [Bet], of commits: [WorkCommit] = work, to remote: String = "main",
      config: [String] = [], gate: [GateEvent] = [], by authority: Settings.Authority = .clone,
      today: String = "2026-06-16", _ findings: [String] = [], _ state: Decision.State = .satisfied
    ) -> GateRow {
      GateRow(
        sentence, bets, commits, to: remote, config: config, gate: gate, by: authority, today: today,
        findings, state)
    }
    let cover = GateEvent.override("overdue", for: "search", blockedBy: ["search"])
    let undecided = try [
      row("the day before", [search], today: "2026-06-14"),
      row("on the very day", [search], today: "2026-06-15"),
      row("the day after", [search], ["\(late) (warn)"]),
      row("a bet without a date is never overdue", [bet("search")]),
      row(
        "a contested bet counts as open",
        [bet("search", .contested, saying: [.checkBy: "2026-06-15"])],
        ["overdue search: search contested (warn)"]),
      row("it need not ship to be overdue", [search], to: "feature/x", ["\(late) (warn)"]),
      row("on a draft branch it is a note", [search], to: "wip/x", ["\(late) (warn) (draft)"]),
      row("off by policy", [search], gate: [.policy("overdue=off")]),
      row("off by configuration", [search], config: ["bet.rule.overdue=off"]),
      row(
        "block by configuration", [search], config: ["bet.rule.overdue=block"], [late], .unsatisfied),
      row("block by policy", [search], gate: [.policy("overdue=block")], [late], .unsatisfied),
      row(
        "configuration does not count where the ledger decides", [search],
        config: ["bet.rule.overdue=block"], by: .ledger, ["\(late) (warn)"]),
      row(
        "an override covers it", [search], gate: [.policy("overdue=block"), cover],
        ["\(late) (overridden)"], .overridden),
      row(
        "an override of another rule does not", [search],
        gate: [.policy("overdue=block"), .override("instrument", for: "search", blockedBy: ["search"])],
        [late], .unsatisfied),
      row(
        "a bet that the work rests on is in the way for being open, not for being late",
        [search, bet("ranking", .open, on: "search")], of: [commit("ranking")],
        ["follow-on ranking: search open"], .unsatisfied),
      row(
        "each bet of a push is asked by itself",
        [
          search, bet("other", saying: [.checkBy: "2026-06-01"]),
          bet("fine", saying: [.checkBy: "2027-01-01"]),
        ],
        of: [commit("search"), commit("other", "fine")],
        ["\(late) (warn)", "overdue other: other open (warn)"]),
    ]
    let closed = try [Bet.State.validated, .invalidated, .inconclusive, .abandoned].map { state in
      try row(
        "a bet that is \(state) is not", [bet("search", state, saying: [.checkBy: "2026-06-15"])],
        state.isLost ? ["lost search: search \(state)"] : [], state.isLost ? .unsatisfied : .satisfied)
    }
    return undecided + closed
  }

  // MARK: appetite

  static func usage(commits: Int = 0, lines: Int = 0, of name: String = "search") -> Facts {
    var facts = Facts()
    if let id = BetID(ifValid: name) {
      facts.usage[id] = Usage(commits: commits, lines: lines)
    }
    return facts
  }

  static func appetiteRows() throws -> [GateRow] {
    let byCommits = try bet("search", saying: [.appetite: "15 commits"])
    let byLines = try bet("search", saying: [.appetite: "800 lines"])
    let (work, more) = ([commit("search")], "appetite search: search open")
    let (warned, above) = (["\(more) (warn)"], usage(commits: 16))
    func row(
      _ sentence: String, _ usage: Facts, of bet: Bet = byCommits, to remote: String = "main",
      config: [String] = [], gate: [GateEvent] = [], _ findings: [String] = [],
      _ state: Decision.State = .satisfied
    ) -> GateRow {
      GateRow(
        sentence, [bet], work, to: remote, config: config, gate: gate, knowing: usage, findings, state)
    }
    let cover = GateEvent.override("appetite", for: "search", blockedBy: ["search"])
    let undecided = try [
      row("commits, exactly as many", usage(commits: 15)),
      row("commits, one more", usage(commits: 16), warned),
      row("lines, exactly as many", usage(lines: 800), of: byLines),
      row("lines, one more", usage(lines: 801), of: byLines, warned),
      row("lines say nothing of an appetite for commits", usage(commits: 1, lines: 100_000)),
      row("commits say nothing of an appetite for lines", usage(commits: 100_000, lines: 1), of: byLines),
      row("a bet without an appetite", usage(commits: 100_000, lines: 100_000), of: bet("search")),
      row("what nobody counted is not judged", Facts()),
      row("another bet's usage is not its own", usage(commits: 16, of: "other")),
      row(
        "a contested bet counts as open", above,
        of: bet("search", .contested, saying: [.appetite: "15 commits"]),
        ["appetite search: search contested (warn)"]),
      row("it need not ship", above, to: "feature/x", warned),
      row("off by policy", above, gate: [.policy("appetite=off")]),
      row("off by configuration", above, config: ["bet.rule.appetite=off"]),
      row("block by configuration", above, config: ["bet.rule.appetite=block"], [more], .unsatisfied),
      row("block by policy", above, gate: [.policy("appetite=block")], [more], .unsatisfied),
      row(
        "an override covers it", above, gate: [.policy("appetite=block"), cover], ["\(more) (overridden)"],
        .overridden),
    ]
    let closed = try [Bet.State.validated, .inconclusive].map { state in
      try row(
        "a bet that is \(state) is not asked", above,
        of: bet("search", state, saying: [.appetite: "15 commits"]))
    }
    return undecided + closed
  }

  // MARK: limit

  static func open(_ count: Int?, starting names: String...) -> Facts {
    var facts = Facts()
    facts.openBets = count
    facts.starting = Set(names.compactMap { BetID(ifValid: $0) })
    return facts
  }

  static func limitRows() throws -> [GateRow] {
    let bets = try [bet("search"), bet("other")]
    let (work, many) = ([commit("search")], "limit search: search open")
    let four = open(4, starting: "search")
    func row(
      _ sentence: String, _ open: Facts, of commits: [WorkCommit] = work, config: [String] = [],
      gate: [GateEvent] = [.policy("limit=warn")], by authority: Settings.Authority = .clone,
      _ findings: [String] = [], _ state: Decision.State = .satisfied
    ) -> GateRow {
      GateRow(
        sentence, bets, commits, config: config, gate: gate, by: authority, knowing: open, findings, state)
    }
    let block = GateEvent.policy("limit=block")
    return try [
      row("off unless somebody turns it on", open(100, starting: "search"), gate: []),
      row("as many as bet.limit, which is 3", open(3, starting: "search")),
      row("one more than bet.limit", four, ["\(many) (warn)"]),
      row("work that starts nothing may go on, however many are open", open(100)),
      row("that another bet is started is that bet's matter", open(100, starting: "other")),
      row("what nobody counted is not judged", open(nil, starting: "search")),
      row("bet.limit allows more", four, config: ["bet.limit=4"]),
      row("bet.limit allows fewer", open(1, starting: "search"), config: ["bet.limit=0"], ["\(many) (warn)"]),
      row(
        "each bet that is started", open(4, starting: "search", "other"), of: [commit("search", "other")],
        ["\(many) (warn)", "limit other: other open (warn)"]),
      row("block by policy", four, gate: [block], [many], .unsatisfied),
      row("block by configuration", four, config: ["bet.rule.limit=block"], [many], .unsatisfied),
      row(
        "configuration does not count where the ledger decides", four, config: ["bet.rule.limit=off"],
        by: .ledger, ["\(many) (warn)"]),
      row(
        "an override covers it", four,
        gate: [block, .override("limit", for: "search", blockedBy: ["search"])], ["\(many) (overridden)"],
        .overridden),
      GateRow(
        "a closed bet is not one too many", [bet("search", .validated)], work, gate: [block], knowing: four),
    ]
  }

  // MARK: What a finding tells

  @Test func `a finding says what is missing, what was not looked for, how much was used`() throws {
    let search = try bet("search", saying: [.appetite: "2 commits"])
    var facts = Self.instruments(["search": ["b": .missing, "a": .missing, "c": .unknown("why")]])
    facts.instruments[search.id]?["d"] = .found
    facts.usage[search.id] = Usage(commits: 3, lines: 9)
    facts.openBets = 5
    facts.starting = [search.id]
    facts.overlaps[.id(search.id)] = [OverlappedFile(bet: search.id, path: "x", lines: 7)]
    let decision = try GateRow(
      "", [search], [commit("search")], gate: [.policy("limit=warn")], knowing: facts
    ).decide()
    #expect(
      decision.findings.map(\.sentence) == [
        "'search' would ship unmeasured: 'a', 'b' are nowhere in the tree",
        "'search' rewrites lines of 'search', and does not build on it",
        "'search' has used 3 commits, and is worth 2 commits",
        "'search' is started while 5 bets are open, and 3 may be",
      ])
    #expect(
      decision.findings.map(\.details) == [
        ["looked for as it is written, in every file but documentation", "'c' was not looked for: why"],
        ["x: 7 lines of 'search'"], [], [],
      ])
  }
}
