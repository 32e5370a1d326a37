import GitFormats

/// A comparison with a number: `>= 2.6`, `< 40 %`.
package struct Threshold: Hashable, Sendable {
  package enum Comparison: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case equal = "="
  }

  package let comparison: Comparison
  package let number: Double
  package let unit: String

  package init?(_ text: String) {
    let text = Text.trimmed(text)
    // Longest first: `>=` begins with `>`.
    guard let comparison = Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }) else {
      return nil
    }
    let rest = Text.trimmed(text.dropFirst(comparison.rawValue.count))
    let digits = rest.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
    let unit = Text.trimmed(rest.dropFirst(digits.count))
    // `1,000` is not 1 of something, nor are `1e3` and `1 000`.
    let attached = rest.dropFirst(digits.count).prefix { !$0.isWhitespace }
    guard let number = Threshold.number(digits), !attached.contains(where: \.isNumber),
      unit.first?.isNumber != true
    else { return nil }
    self.comparison = comparison
    self.number = number
    self.unit = unit
  }

  package func isMet(by value: Double) -> Bool {
    switch comparison {
    case .atLeast: value >= number
    case .atMost: value <= number
    case .above: value > number
    case .below: value < number
    case .equal: value == number
    }
  }

  /// Reads a decimal number in any locale: a sign, ASCII digits, one point; no exponent, no words.
  package static func number(_ text: some StringProtocol) -> Double? {
    var digits = text.utf8[...]
    if digits.first == 0x2B || digits.first == 0x2D { digits = digits.dropFirst() }
    guard digits.count <= 40, digits.contains(where: { (0x30...0x39).contains($0) }),
      digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      digits.filter({ $0 == 0x2E }).count <= 1
    else { return nil }
    return Double(String(text))
  }
}
