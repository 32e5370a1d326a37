import Bets
import Testing

/// Work that names no bet, or one that nobody declared; one row per sentence.
@Suite struct GateNameTests {
  @Test(arguments: try undeclaredRows()) func `work that names an undeclared bet is stopped`(_ row: GateRow)
    throws
  { try check(row) }
  @Test(arguments: try unlinkedRows()) func `a feature branch without a bet is stopped`(_ row: GateRow) throws
  { try check(row) }

  static func undeclaredRows() throws -> [GateRow] {
    let search = try bet("search")
    return try [
      GateRow("a trailer names no declared bet", [search], [commit("serch")], ["undeclared serch: serch"]),
      GateRow(
        "a trailer names what is no id at all", [search], [commit("Search me")],
        ["undeclared Search me: Search me"]),
      GateRow(
        "a commit's Builds-On names no declared bet", [search], [commit("search", buildsOn: ["nowhere"])],
        ["undeclared search: nowhere"]),
      GateRow(
        "a commit's Builds-On names what is no id at all", [search],
        [commit("search", buildsOn: ["No Where"])], ["undeclared search: No Where"]),
      GateRow(
        "a declaration's Builds-On names no declared bet", [bet("c", .open, on: "nowhere")], [commit("c")],
        ["undeclared c: nowhere"]),
      GateRow(
        "what is not declared is found at any depth",
        [bet("b", .open, on: "nowhere"), bet("c", .open, on: "b")], [commit("c")],
        ["undeclared c: nowhere", "follow-on c: b open"]),
      GateRow(
        "a bet/ branch names no declared bet", [search], [commit()], branch: "bet/serch",
        ["undeclared serch: serch"]),
      GateRow(
        "a bet/ branch with more behind it names no declared bet", [search], [commit()],
        branch: "bet/serch/more", ["undeclared serch: serch"]),
      GateRow(
        "a bet/ branch names what is no id at all", [search], [commit()], branch: "bet/Search",
        ["undeclared Search: Search"]),
      GateRow(
        "a configured link names no declared bet", [search], [commit()],
        config: ["branch.topic.bet=serch"], ["undeclared serch: serch"]),
      GateRow(
        "no commit of a bet/ branch needs its name when all have their own bet", [search],
        [commit("search")], branch: "bet/serch"),
    ]
  }

  static func unlinkedRows() throws -> [GateRow] {
    let search = try bet("search")
    return [
      GateRow(
        "a feature branch brings commits that belong to no bet", [search], [commit()],
        branch: "feature/typo", ["unlinked -"]),
      GateRow("feat/ is a feature branch too", [search], [commit()], branch: "feat/typo", ["unlinked -"]),
      GateRow("other branches need no bet", [search], [commit()], branch: "fix/typo", [], .notApplicable),
      GateRow(
        "a feature branch is what bet.feature says", [search], [commit()], branch: "story/1",
        config: ["bet.feature=story/*"], ["unlinked -"]),
      GateRow(
        "what bet.feature leaves out is none", [search], [commit()], branch: "feature/typo",
        config: ["bet.feature=story/*"], [], .notApplicable),
      GateRow(
        "Bet: none says aloud that it belongs to none", [search], [commit("none")], branch: "feat/typo"),
      GateRow(
        "Bet: none speaks for its own commit alone", [search], [commit("none"), commit()],
        branch: "feat/typo", ["unlinked -"]),
      GateRow(
        "a branch may be linked to none", [search], [commit()], branch: "feat/typo",
        config: ["branch.feat/typo.bet=none"]),
      GateRow(
        "a merge that brings nothing is left out", [search], [commit(bringsNothing: true)], branch: "feat/x",
        [],
        .notApplicable),
      GateRow(
        "a merge that brings nothing is nobody's, on the branch of a lost bet too",
        [try bet("gone", .abandoned)],
        [commit(bringsNothing: true)], branch: "bet/gone"),
      GateRow(
        "a merge that names a bet is taken at its word", [try bet("gone", .abandoned)],
        [commit("gone", bringsNothing: true)], branch: "main", ["lost gone: gone abandoned"]),
      GateRow(
        "feature/search-ranking is not the bet search", [search], [commit()],
        branch: "feature/search-ranking", ["unlinked -"]),
      GateRow("feature/search is the bet search", [search], [commit()], branch: "feature/search"),
      GateRow(
        "feature/search/ui is the bet search", [search], [commit()], branch: "feature/search/ui"),
      GateRow(
        "a feature branch that names no declared bet has none", [], [commit()], branch: "feature/search",
        ["unlinked -"]),
    ]
  }

  @Test func `a commit that names its bet twice is told once`() throws {
    let decision = try GateRow("", [bet("gone", .abandoned)], [commit("gone", "gone")]).decide()
    #expect(decision.findings.map(\.commits.count) == [1])
  }
}
