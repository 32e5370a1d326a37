import Bets
import TestSupport
import Testing

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
