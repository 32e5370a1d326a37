import Bets
import TestSupport
import Testing

@Suite struct GateDiaryTests {
  private func folded(_ build: (inout History) throws -> Void) throws -> GateDiary {
    var history = History("gate")
    try build(&history)
    return GateDiary(from: Diary(history.entries))
  }

  @Test func `an empty diary says nothing`() {
    let gate = GateDiary(from: Diary([]))
    #expect(gate.overrides.isEmpty)
    #expect(gate.policy.isEmpty)
  }

  @Test func `an override is what its event says`() throws {
    let gate = try folded { history in
      try history.add(
        .overridden,
        [
          .for: "ranking", .rule: "follow-on", .rule: "lost", .blockedBy: "search", .blockedBy: "gone",
          .branch: "topic", .commit: oid(5).hex, .until: "2026-12-31",
        ], body: "a customer waits", time: 42)
    }
    let override = try #require(gate.overrides.first)
    #expect(override.id == oid(1))
    #expect(override.bet?.name == "ranking")
    #expect(override.rules == ["follow-on", "lost"])
    #expect(Set(override.blockedBy.map(\.name)) == ["search", "gone"])
    #expect(override.branch == "topic")
    #expect(override.tip == oid(5))
    #expect(override.until?.description == "2026-12-31")
    #expect(override.reason == "a customer waits")
    #expect(override.author == "Ada")
    #expect(override.time == 42)
    #expect(!override.isRevoked)
  }

  @Test func `work of no bet is overridden for none`() throws {
    let gate = try folded { history in
      try history.add(.overridden, [.for: "none", .rule: "unlinked", .commit: oid(5).hex])
    }
    #expect(gate.overrides.count == 1)
    #expect(gate.overrides.first?.bet == nil)
  }

  @Test func `an override without what it must name is damaged and covers nothing`() throws {
    let whole = ["Event: overridden", "Bet: gate", "Seq: 1", "Ledger-Version: 1"]
    let own = ["For: none", "Rule: lost", "Commit: \(oid(5).hex)"]
    for missing in own.indices {
      var lines = own
      lines.remove(at: missing)
      var history = History("gate")
      history.add(message: Array(("t\n\nwhy\n\n" + (whole + lines).joined(separator: "\n") + "\n").utf8))
      let gate = GateDiary(from: Diary(history.entries))
      #expect(gate.overrides.isEmpty)
      #expect(gate.diary.damaged.count == 1)
    }
    let event = Event(
      .overridden, in: "gate", subject: "t",
      values: [.init(.for, "none"), .init(.rule, "lost"), .init(.commit, oid(5).hex)])
    #expect(EventProblem(in: event) == .missingReason)
  }

  @Test func `a revocation takes back the one that it names, on whatever head it stands`() throws {
    let gate = try folded { history in
      let root = try history.add(.policy, [.rule: "lost=block"])
      let first = try history.add(.overridden, [.for: "a", .rule: "lost", .commit: oid(5).hex], on: [root])
      try history.add(.overridden, [.for: "b", .rule: "lost", .commit: oid(5).hex], on: [root])
      try history.add(.revoked, [.override: first.hex], on: [root])
    }
    #expect(gate.overrides.map(\.isRevoked) == [true, false])
  }

  @Test func `the last policy counts, rule by rule`() throws {
    let gate = try folded { history in
      try history.add(.policy, [.rule: "lost=warn", .rule: "overdue=block", .rule: "new-rule=off"])
      try history.add(.policy, [.rule: "lost=off"])
    }
    #expect(gate.policy == ["lost": .off, "overdue": .block, "new-rule": .off])
  }

  @Test func `two heads that disagree give the stricter level, until one event settles it`() throws {
    var history = History("gate")
    let root = try history.add(.policy, [.rule: "lost=block", .rule: "unlinked=block"])
    let left = try history.add(.policy, [.rule: "lost=off"], on: [root])
    let right = try history.add(.policy, [.rule: "lost=warn"], on: [root])
    #expect(GateDiary(from: Diary(history.entries)).policy["lost"] == .warn)
    try history.add(.merged, on: [left, right])
    #expect(GateDiary(from: Diary(history.entries)).policy["lost"] == .warn)
    try history.add(.policy, [.rule: "lost=off"])
    let policy = GateDiary(from: Diary(history.entries)).policy
    #expect(policy == ["lost": .off, "unlinked": .block])
  }

  @Test(arguments: ["lost", "lost=", "=off", "lost=OFF", "lost = off", "lost=off=warn"])
  func `what is no level sets none`(_ text: String) throws {
    let gate = try folded { history in try history.add(.policy, [.rule: text]) }
    #expect(gate.policy["lost"] == nil)
  }

  @Test func `events of bets mean nothing here, and the gate's mean nothing to a bet`() throws {
    let gate = try folded { history in
      try history.declare()
      try history.close(.validated)
    }
    #expect(gate.overrides.isEmpty)
    var history = History("search")
    try history.declare()
    try history.add(.overridden, [.for: "search", .rule: "lost", .commit: oid(5).hex])
    try history.add(.policy, [.rule: "lost=off"])
    #expect(try history.bet()?.state == .open)
  }

  /// What two heads say of a setting, and what counts of it.
  @Test(arguments: [
    ("bet.ship=main", "bet.ship=prod", "main prod"), ("bet.draft=a/* b/*", "bet.draft=b/*", "b/*"),
    ("bet.draft=a/*", "bet.draft=b/*", ""), ("bet.draft=", "bet.draft=wip/* mine/*", "wip/*"),
    ("bet.depth=3", "bet.depth=1", "1"), ("bet.limit=", "bet.limit=9", "3"),
    ("bet.depth=", "bet.depth=2", "0"),
    ("bet.feature=a/*", "bet.feature=b/*", "a/* b/*"), ("bet.ship=main", "bet.ship=main", "main"),
  ])
  func `of two heads that set something differently the stricter counts`(
    one: String, other: String, expected: String
  ) throws {
    for texts in [[one, other], [other, one]] {
      var history = History("gate")
      let root = try history.add(.policy, [.rule: "lost=block"])
      let heads = try texts.map { try history.add(.policy, [.rule: $0], on: [root]) }
      history.heads = heads
      let gate = GateDiary(from: Diary(history.entries))
      let key = String(one.prefix { $0 != "=" })
      let words = { (text: String) in Set(text.split(separator: " ")) }
      #expect(words(gate.shared[key]?.description ?? "none") == words(expected), "\(texts)")
      #expect(gate.contestedRules == (one == other ? [] : [key]))
    }
  }

  @Test(arguments: [
    "bet.depth=deep", "bet.depth=1 2", "bet.depth", "bet.sign=true", "bet.rule.lost=off", "bet.nothing=x",
  ])
  func `what is no shared setting sets nothing`(_ text: String) throws {
    let gate = try folded { history in try history.add(.policy, [.rule: text]) }
    #expect(gate.shared.isEmpty && gate.policy["lost"] == nil)
  }
}
