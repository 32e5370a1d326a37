import Bets
import TestSupport
import Testing

@Suite struct ThresholdTests {
  @Test(arguments: [
    (">= 2.6", Threshold.Comparison.atLeast, 2.6, ""), ("<= 2.6", .atMost, 2.6, ""), ("> 2", .above, 2, ""),
    ("< 0.5", .below, 0.5, ""), ("= 3", .equal, 3, ""), (">=2.6", .atLeast, 2.6, ""),
    ("  >=   -2.60  ", .atLeast, -2.6, ""), (">= 40 %", .atLeast, 40, "%"), (">= 40%", .atLeast, 40, "%"),
    ("< 300ms", .below, 300, "ms"), ("< 300 requests per day", .below, 300, "requests per day"),
    (">= 1.5k", .atLeast, 1500, ""), (">= 1.5 k€", .atLeast, 1500, "€"),
    ("< 2M users", .below, 2_000_000, "users"),
    ("< 40 kB", .below, 40, "kB"), ("<= 5 m²", .atMost, 5, "m²"),
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
    "> 5 and < 10", ">= 5 <= 10", ">= 2.6 by 2027-01-01", ">= 2.6 by december", "< 300 requests per 10 s",
    ">= 2×", ">= 2x", ">= 2 times", ">= 2 million", ">= 2bn", ">= 2G", "< 5m", ">= 2½", ">= 5 or more",
    ">= 2 ± 1",
  ])
  func `nothing else is a threshold, least of all a number in another locale`(_ text: String) {
    #expect(Threshold(text) == nil)
  }

  @Test func `a scale is worked out without rounding, and all else stays as it was typed`() throws {
    for (typed, stored) in [
      (">= 1.5k", ">= 1500"), ("<0.0015k", "< 1.5"), (">= -.5M users", ">= -500000 users"), ("= 0k", "= 0"),
      (">=2.60", ">=2.60"), ("<  40%", "<  40%"), (">= 5.k", ">= 5000"), ("> 1.1234567M", "> 1123456.7"),
    ] { #expect(Threshold(typed)?.text == stored, "\(typed)") }
  }

  @Test(arguments: [
    "> 5 and < 10", ">= 2×", ">= 2.6 by 2027-01-01", "< 300 requests per 10 s", ">= 1.5k", "< 5m",
  ])
  func `what an older version stored is a stored value still`(_ text: String) throws {
    #expect(Threshold.isStored(text))
    let event = Event(.noted, in: "x", subject: "x", values: [.init(.target, text), .init(.kill, text)])
    #expect(EventProblem(in: event) == nil)
  }

  @Test(arguments: [
    ("1.7k", "1700", ""), ("52 %", "52", "%"), ("52%", "52", "%"), ("+2.40", "+2.40", ""),
    ("3 ms", "3", "ms"),
  ])
  func `a quantity is a number and a unit`(text: String, digits: String, unit: String) throws {
    let quantity = try #require(Quantity(text))
    #expect(quantity.digits == digits)
    #expect(quantity.unit == unit)
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
  func `a number is decimal in any locale`(_ text: String) { #expect(Quantity.number(text) == nil) }

  @Test(arguments: [("1", 1), ("-2.40", -2.4), ("+.5", 0.5), ("5.", 5), ("007", 7)] as [(String, Double)])
  func `a number has digits, one point, one sign`(text: String, number: Double) {
    #expect(Quantity.number(text) == number)
  }
}
