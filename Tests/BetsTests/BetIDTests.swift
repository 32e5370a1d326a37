import Bets
import TestSupport
import Testing

@Suite struct BetIDTests {
  @Test(arguments: [
    "a", "0", "search", "search-ranking", "a--b", "9-to-5", "com0", "com10", "lpt", "gates",
    String(repeating: "a", count: 63),
  ])
  func `an id is a flat name of lower-case ASCII`(_ name: String) throws {
    let id = try BetID(name)
    #expect(id.name == name)
    #expect(id.description == name)
    #expect(BetName(name) == .id(id))
  }

  @Test(arguments: [
    "", "-", "-a", "a-", "A", "Search", "a b", "a/b", "a.b", "a_b", "é", "a\n", "a\u{0}", " a",
    "٣", "ａ", "a\u{301}", "\u{212A}", "../x", "--upload-pack=x", "$(x)", String(repeating: "a", count: 64),
  ])
  func `nothing else is an id`(_ name: String) {
    let error = #expect(throws: InvalidBetID.self) { try BetID(name) }
    #expect(error?.text == name)
    #expect(error?.diagnostic.code == "invalid-id")
    #expect(BetName(name) == .nonsense(name))
  }

  @Test(arguments: ["gate", "none", "all", "con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"])
  func `a reserved name is no id`(_ name: String) {
    let error = #expect(throws: InvalidBetID.self) { try BetID(name) }
    #expect(error?.diagnostic.code == "reserved-id")
  }

  @Test func `Bet: none is a name of its own`() {
    #expect(BetName("none") == .none)
    #expect(BetName("None") == .nonsense("None"))
  }

  @Test func `every id is a ref name, and a reserved one only by our own word`() throws {
    let git = try TestRepository(bare: true)
    for name in ["a", "0", "a--b", "9-to-5", String(repeating: "a", count: 63)] {
      #expect(try git.tryGit("check-ref-format", "refs/bets/\(try BetID(name))").status == 0)
    }
  }

  @Test(arguments: [
    ("serch", ["search"]), ("SEARCH", ["search"]), ("saerch", ["search"]), ("search-ui", ["search"]),
    ("rank", ["ranking"]), ("rankign", ["ranking"]), ("xyzzy", []), ("b1", ["b2", "b3", "b4"]),
  ])
  func `near misses are what was probably meant, at most three`(typed: String, expected: [String]) throws {
    let ids = try ["search", "ranking", "b5", "b4", "b3", "b2"].map { try BetID($0) }
    #expect(BetID.nearMisses(of: typed, among: ids).map(\.name) == expected)
  }

  @Test func `near misses of a name without end are found without end of time`() throws {
    let ids = try (0..<200).map { try BetID("bet-\($0)") }
    #expect(BetID.nearMisses(of: String(repeating: "x", count: 100_000), among: ids).count <= 3)
  }
}
