import Bets
import Testing

/// The gate's specification, one row per sentence.
@Suite struct GateTests {
  @Test(arguments: try followOnRows()) func `work that rests on an unproven bet is stopped`(_ row: GateRow)
    throws
  { try check(row) }
  @Test(arguments: try depthRows()) func `bet.depth allows layers`(_ row: GateRow) throws { try check(row) }
  @Test(arguments: try lostRows()) func `work that rests on a lost bet is stopped`(_ row: GateRow) throws {
    try check(row)
  }
  @Test(arguments: try loopsRows()) func `loops count as open`(_ row: GateRow) throws { try check(row) }

  static func followOnRows() throws -> [GateRow] {
    let search = try bet("search")
    let ranking = try bet("ranking", .open, on: "search")
    return try [
      GateRow("work of an open bet that builds on nothing may be shipped", [search], [commit("search")]),
      GateRow(
        "work whose bet rests on an open bet is stopped", [search, ranking], [commit("ranking")],
        ["follow-on ranking: search open"]),
      GateRow(
        "a contested bet counts as open", [bet("search", .contested), ranking], [commit("ranking")],
        ["follow-on ranking: search contested"]),
      GateRow(
        "an inconclusive bet lets nobody build on it", [bet("search", .inconclusive), ranking],
        [commit("ranking")], ["follow-on ranking: search inconclusive"]),
      GateRow(
        "only validated lets others build on it", [bet("search", .validated), ranking], [commit("ranking")]),
      GateRow(
        "a bet rests on others at any depth",
        [search, bet("b", .open, on: "search"), bet("c", .open, on: "b"), bet("d", .open, on: "c")],
        [commit("d")], ["follow-on d: b open, c open, search open"]),
      GateRow(
        "a validated bet stands on its own evidence, and the search does not go below it",
        [search, bet("b", .validated, on: "search"), bet("c", .open, on: "b")], [commit("c")]),
      GateRow(
        "work of a validated bet itself is not held to what the bet once built on",
        [search, bet("b", .validated, on: "search")], [commit("b")]),
      GateRow(
        "what lies below a validated bet counts when there is another way to it",
        [search, bet("b", .validated, on: "search"), bet("c", .open, on: "b", "search")], [commit("c")],
        ["follow-on c: search open"]),
      GateRow(
        "a commit's own Builds-On counts like the declaration's", [search, bet("c")],
        [commit("c", buildsOn: ["search"])], ["follow-on c: search open"]),
      GateRow(
        "a commit's own Builds-On counts for work of a validated bet", [search, bet("c", .validated)],
        [commit("c", buildsOn: ["search"])], ["follow-on c: search open"]),
      GateRow(
        "a commit's own Builds-On counts without any bet", [search], [commit(buildsOn: ["search"])],
        ["follow-on -: search open"]),
      GateRow(
        "a commit's own Builds-On is followed further", [search, ranking], [commit(buildsOn: ["ranking"])],
        ["follow-on -: ranking open, search open"]),
      GateRow(
        "a commit that builds on its own bet says nothing new", [search],
        [commit("search", buildsOn: ["search"])]),
      GateRow(
        "several Bet trailers are allowed, and each is judged", [search, ranking],
        [commit("search", "ranking")], ["follow-on ranking: search open"]),
      GateRow(
        "the gate judges what the ledger says, never whether a bet is merely mentioned", [search, ranking],
        [commit("ranking"), commit("search")], ["follow-on ranking: search open"]),
      GateRow(
        "a commit without a bet belongs to its branch's bet", [search, ranking], [commit()],
        branch: "feature/ranking", ["follow-on ranking: search open"]),
      GateRow(
        "findings on a draft branch are notes and never block", [search, ranking], [commit("ranking")],
        to: "wip/ranking", ["follow-on ranking: search open (draft)"], .satisfied),
      GateRow(
        "a draft branch is what bet.draft says", [search, ranking], [commit("ranking")],
        to: "play/ranking", config: ["bet.draft=play/*"], ["follow-on ranking: search open (draft)"],
        .satisfied),
      GateRow(
        "a branch is no draft because the local one is called so", [search, ranking], [commit("ranking")],
        branch: "wip/ranking", to: "main", ["follow-on ranking: search open"]),
    ]
  }

  static func depthRows() throws -> [GateRow] {
    let bets = try [
      bet("a"), bet("b", .open, on: "a"), bet("c", .open, on: "b"), bet("d", .open, on: "c", "a"),
    ]
    return try [
      GateRow(
        "bet.depth is 0 unless it is set", bets, [commit("b")], ["follow-on b: a open"]),
      GateRow(
        "bet.depth allows that many unvalidated layers", bets, [commit("b")], config: ["bet.depth=1"]),
      GateRow(
        "what lies under more layers than bet.depth is in the way", bets, [commit("c")],
        config: ["bet.depth=1"], ["follow-on c: a open"]),
      GateRow(
        "the longest way down counts, whatever shorter one there is", bets, [commit("d")],
        config: ["bet.depth=2"], ["follow-on d: a open"]),
      GateRow(
        "the longest way down counts, whichever is named first",
        Array(bets.prefix(2)) + [
          bet("e", .open, on: "a"), bet("f", .open, on: "b"), bet("g", .open, on: "e", "f"),
        ],
        [commit("g")], config: ["bet.depth=2"], ["follow-on g: a open"]),
      GateRow(
        "the longest way down counts, whichever is named last",
        Array(bets.prefix(2)) + [
          bet("e", .open, on: "a"), bet("f", .open, on: "b"), bet("g", .open, on: "f", "e"),
        ],
        [commit("g")], config: ["bet.depth=2"], ["follow-on g: a open"]),
      GateRow("as many layers as bet.depth pass", bets, [commit("d")], config: ["bet.depth=3"]),
      GateRow(
        "a validated bet is no layer",
        [bet("a"), bet("b", .validated, on: "a"), bet("c", .open, on: "b", "a")],
        [commit("c")], config: ["bet.depth=1"]),
      GateRow(
        "bet.depth does not excuse a lost bet", [bet("a", .invalidated), bet("b", .open, on: "a")],
        [commit("b")], config: ["bet.depth=9"], ["lost b: a invalidated"]),
    ]
  }

  static func lostRows() throws -> [GateRow] {
    try [Bet.State.invalidated, .abandoned].flatMap { state in
      let gone = try bet("gone", state)
      let ranking = try bet("ranking", .open, on: "gone")
      return try [
        GateRow(
          "the work's bet is \(state)", [gone], [commit("gone")], ["lost gone: gone \(state)"]),
        GateRow(
          "a bet that the work rests on is \(state)", [gone, ranking], [commit("ranking")],
          ["lost ranking: gone \(state)"]),
        GateRow(
          "a bet that is \(state) is found at any depth", [gone, ranking, bet("c", .open, on: "ranking")],
          [commit("c")], ["lost c: gone \(state)", "follow-on c: ranking open"]),
        GateRow(
          "a commit's Builds-On names a bet that is \(state)", [gone], [commit(buildsOn: ["gone"])],
          ["lost -: gone \(state)"]),
        GateRow(
          "a validated bet in between covers a bet that is \(state)",
          [gone, bet("b", .validated, on: "gone"), bet("c", .open, on: "b")], [commit("c")]),
      ]
    }
  }

  static func loopsRows() throws -> [GateRow] {
    try [
      GateRow(
        "members of a loop count as open, even validated ones",
        [bet("a", .validated, on: "b"), bet("b", .validated, on: "a"), bet("c", .open, on: "a")],
        [commit("c")], ["follow-on c: a open loop, b open loop"]),
      GateRow(
        "a bet that builds on itself is a loop", [bet("a", .validated, on: "a"), bet("c", .open, on: "a")],
        [commit("c")], ["follow-on c: a open loop"]),
      GateRow(
        "no depth is deep enough for a loop", [bet("a", .open, on: "b"), bet("b", .open, on: "a")],
        [commit("a")], config: ["bet.depth=1000"], ["follow-on a: a open loop, b open loop"]),
      GateRow(
        "a lost member of a loop is lost",
        [bet("a", .abandoned, on: "b"), bet("b", .open, on: "a"), bet("c", .open, on: "a")], [commit("c")],
        ["lost c: a abandoned loop", "follow-on c: b open loop"]),
      GateRow(
        "a lost bet that builds on itself is in the way once", [bet("a", .abandoned, on: "a")],
        [commit("a")], ["lost a: a abandoned"]),
      GateRow(
        "a lost bet is in the way once, although what it builds on builds on it",
        [bet("a", .invalidated, on: "b"), bet("b", .open, on: "a")], [commit("a")],
        ["lost a: a invalidated", "follow-on a: b open loop"]),
      GateRow(
        "a validated bet above a loop is no member",
        [bet("a", .open, on: "b"), bet("b", .open, on: "a"), bet("v", .validated, on: "a")], [commit("v")]),
      GateRow(
        "a validated bet between two loops is no member",
        [
          bet("a", .open, on: "b"), bet("b", .open, on: "a", "v"), bet("v", .validated, on: "x"),
          bet("x", .open, on: "y"), bet("y", .open, on: "x"),
        ], [commit("v")]),
    ]
  }

  @Test func `the message names the loop, from the bet in the way back to it`() throws {
    let row = try GateRow(
      "",
      [
        bet("a", .open, on: "v", "b"), bet("b", .open, on: "a"), bet("c", .open, on: "b"),
        bet("v", .validated, on: "x"), bet("x", .open, on: "y"), bet("y", .open, on: "x"),
      ], [commit("c")])
    let blockers = try row.decide().findings.flatMap(\.blockers)
    #expect(blockers.first { $0.bet.description == "b" }?.loop.map(\.name) == ["b", "a", "b"])
    #expect(blockers.first { $0.bet.description == "a" }?.loop.map(\.name) == ["a", "b", "a"])
  }
}

func check(_ row: GateRow) throws {
  let decision = try row.decide()
  #expect(decision.findings.map(\.told).sorted() == row.findings.sorted())
  #expect(decision.state == row.state)
  #expect(decision.isBlocked == (row.state == .unsatisfied))
}
