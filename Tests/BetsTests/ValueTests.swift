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

@Suite struct DayTests {
  @Test func `days are those of date(1), from 1970 to 2106, through leap years and centuries`() throws {
    var seconds = stride(from: 0, through: 4_294_944_000, by: 86_400 * 61).map { Int64($0) }
    for year in [1972, 1999, 2000, 2024, 2026, 2028, 2096, 2100, 2104] {
      let march = try #require(Day("\(year)-03-01"))
      seconds += (-2...1).map { Int64(march.number + $0) * 86_400 }
    }
    let git = try TestRepository(bare: true)
    let input = seconds.map { "@\($0)\n" }.joined()
    let dates = try git.run("date", ["-u", "-f", "-", "+%Y-%m-%d"], input: Array(input.utf8))
    let lines = dates.text.split(separator: "\n").map(String.init)
    #expect(lines.count == seconds.count)
    for (second, line) in zip(seconds, lines) {
      let day = Day(secondsSince1970: second)
      #expect(day.description == line)
      #expect(Day(line) == day)
      #expect(Day(secondsSince1970: second + 86_399) == day)
    }
  }

  @Test(arguments: [
    "", "2026", "2026-12", "2026-12-15T00:00", "2026-2-03", "2026-02-30", "2026-13-01", "2026-00-01",
    "2026-01-00", "2025-02-29", "2100-02-29", "1969-12-31", "10000-01-01", "20261215", "15.12.2026",
    "2026-12-15 ", "-026-12-15", "+026-12-15", "٢٠٢٦-12-15", "2026--1-15", "today",
  ])
  func `nothing but a date that exists is one`(_ text: String) { #expect(Day(text) == nil) }

  @Test(arguments: ["1970-01-01", "2024-02-29", "2000-02-29", "9999-12-31"])
  func `a date that exists is one`(_ text: String) { #expect(Day(text)?.description == text) }

  @Test func `a zone moves the day, and no moment of a commit is too far`() {
    #expect(Day(secondsSince1970: 82_800, offset: 60).description == "1970-01-02")
    #expect(Day(secondsSince1970: 0, offset: -1).description == "1969-12-31")
    #expect(Day(secondsSince1970: -1).number == -1)
    #expect(Day(secondsSince1970: -86_400).number == -1)
    #expect(Day(secondsSince1970: .max) > Day(secondsSince1970: 1 << 39))
    #expect(Day(secondsSince1970: .min) < Day(secondsSince1970: 0))
    #expect(Day(secondsSince1970: .max, offset: .max) - Day(secondsSince1970: .min, offset: .min) > 0)
  }
}

@Suite struct ThresholdTests {
  @Test(arguments: [
    (">= 2.6", Threshold.Comparison.atLeast, 2.6, ""), ("<= 2.6", .atMost, 2.6, ""), ("> 2", .above, 2, ""),
    ("< 0.5", .below, 0.5, ""), ("= 3", .equal, 3, ""), (">=2.6", .atLeast, 2.6, ""),
    ("  >=   -2.60  ", .atLeast, -2.6, ""), (">= 40 %", .atLeast, 40, "%"), (">= 40%", .atLeast, 40, "%"),
    ("< 300ms", .below, 300, "ms"), ("< 300 requests per 10 s", .below, 300, "requests per 10 s"),
    ("> +.5 €", .above, 0.5, "€"),
  ])
  func `a threshold is a comparison, a number and perhaps a unit`(
    text: String, comparison: Threshold.Comparison, number: Double, unit: String
  ) throws {
    let threshold = try #require(Threshold(text))
    #expect(threshold.comparison == comparison)
    #expect(threshold.number == number)
    #expect(threshold.unit == unit)
  }

  @Test(arguments: [
    "", ">=", ">= x", "2.6", "=> 2", "== 2", ">= 1.2.3", ">= 1-2", "≥ 2", ">= ٣", ">= .", ">= -",
    ">= 1,000", ">= 2,6", ">= 1e3", ">= 0x10", ">= 1_000", ">= 1 000", ">= 1'000", ">= inf", ">= nan",
  ])
  func `nothing else is a threshold, least of all a number in another locale`(_ text: String) {
    #expect(Threshold(text) == nil)
  }

  @Test func `a threshold is met as its comparison says`() throws {
    let met = [">=": [2, 3], "<=": [1, 2], ">": [3], "<": [1], "=": [2]]
    for (sign, values) in met {
      let threshold = try #require(Threshold("\(sign) 2"))
      #expect([1, 2, 3].filter { threshold.isMet(by: Double($0)) } == values, "\(sign)")
    }
  }

  @Test(arguments: [
    "1,5", "1e3", "inf", "nan", "0x1", "", "+", ".", "1.2.3", " 1", "1 ", "--1", "٣",
    String(repeating: "1", count: 41),
  ])
  func `a number is decimal in any locale`(_ text: String) { #expect(Threshold.number(text) == nil) }

  @Test(arguments: [("1", 1), ("-2.40", -2.4), ("+.5", 0.5), ("5.", 5), ("007", 7)] as [(String, Double)])
  func `a number has digits, one point, one sign`(text: String, number: Double) {
    #expect(Threshold.number(text) == number)
  }
}
