import GitFormats

/// An amount as people write it: a number, perhaps with `k` or `M`, perhaps with a unit: `1.7k`, `52 %`, `300 ms`.
///
/// The scale is worked out, so that `1.7k` is the number 1700; a unit is only compared. What could mean another amount than
/// the number says (a second number, a comparison, a date, a multiple, a scale that is not one of these two) is no quantity.
package struct Quantity: Hashable, Sendable {
  /// The number in decimal digits, as typed save that its scale is worked out.
  package let digits: String
  package let number: Double
  package let unit: String
  /// Whether a `k` or an `M` was worked out.
  package let isScaled: Bool

  package init?(_ text: some StringProtocol) {
    guard let (digits, rest) = Quantity.split(String(text)) else { return nil }
    var unit = rest[...]
    var places = 0
    if let first = unit.first, let scale = Quantity.scales[first], unit.dropFirst().first?.isLetter != true {
      unit = unit.dropFirst()
      places = scale
    }
    isScaled = places > 0
    let scaled = Quantity.shifted(digits, by: places)
    self.unit = Text.trimmed(unit)
    guard Quantity.isUnit(self.unit), let number = Quantity.number(scaled) else { return nil }
    (self.digits, self.number) = (scaled, number)
  }

  /// The number at the beginning and what follows it; nil where there is none, or it goes on in another locale's way.
  static func split(_ text: String) -> (digits: String, rest: String)? {
    let text = Text.trimmed(text)
    let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
    let rest = text.dropFirst(digits.count)
    // `1,000` is not 1 of something, nor are `1e3` and `1 000`.
    guard number(digits) != nil, !rest.prefix(while: { !$0.isWhitespace }).contains(where: \.isNumber),
      Text.trimmed(rest).first?.isNumber != true
    else { return nil }
    return (String(digits), Text.trimmed(rest))
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

  private static let scales: [Character: Int] = ["k": 3, "K": 3, "M": 6]

  /// Moves the point of a decimal number to the right: no digit is lost to rounding.
  private static func shifted(_ digits: String, by places: Int) -> String {
    guard places > 0 else { return digits }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let moved = fraction.prefix(places) + String(repeating: "0", count: max(0, places - fraction.count))
    let left = fraction.dropFirst(places)
    let sign = parts[0].prefix { $0 == "+" || $0 == "-" }
    let whole = (parts[0].dropFirst(sign.count) + moved).drop { $0 == "0" }
    return sign + (whole.isEmpty ? "0" : whole) + (left.isEmpty ? "" : ".\(left)")
  }

  /// Whether a text behind a number only says of what there are so many.
  private static func isUnit(_ text: String) -> Bool {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    return !text.contains { $0.isNumber && !"²³".contains($0) || "<>=≤≥≠≈±×*".contains($0) }
      && words.allSatisfy { !joining.contains($0) }
      && (words.first.map { !scaleWords.contains($0) } ?? true)
  }

  /// A word that brings a second condition or a date.
  private static let joining: Set<String> = ["and", "or", "but", "by", "until", "before", "after", "within"]
  /// A first word that multiplies the number, or may.
  private static let scaleWords: Set<String> = [
    "x", "times", "fold", "thousand", "million", "millions", "mio", "mn", "billion", "billions", "bn",
    "mrd", "trillion", "g", "t", "b", "m",
  ]
}
