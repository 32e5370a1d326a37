import GitFormats

/// A comparison with a quantity: `>= 2.6`, `< 40 %`.
package struct Threshold: Hashable, Sendable {
  package enum Comparison: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case equal = "="
  }

  package let comparison: Comparison
  package let quantity: Quantity
  package var number: Double { quantity.number }
  package var unit: String { quantity.unit }
  /// As it is stored: as it was typed, save that a scale is worked out (`>= 1.5k` is `>= 1500`).
  package let text: String

  package init?(_ text: String) {
    guard let (comparison, rest) = Threshold.split(text), let quantity = Quantity(rest) else { return nil }
    (self.comparison, self.quantity) = (comparison, quantity)
    self.text =
      quantity.isScaled
      ? "\(comparison.rawValue) \(quantity.digits)\(quantity.unit.isEmpty ? "" : " \(quantity.unit)")"
      : Text.trimmed(text)
  }

  /// Whether a stored value begins with a comparison and a number: the form of the ledger.
  ///
  /// What follows the number may say more than a threshold can hold (`> 5 and < 10`). Such a value is shown, and no
  /// reading is held against it.
  package static func isStored(_ text: String) -> Bool {
    split(text).flatMap { Quantity.split($0.rest) } != nil
  }

  private static func split(_ text: String) -> (comparison: Comparison, rest: String)? {
    let text = Text.trimmed(text)
    // Longest first: `>=` begins with `>`.
    return Comparison.allCases.first { text.hasPrefix($0.rawValue) }
      .map { ($0, Text.trimmed(text.dropFirst($0.rawValue.count))) }
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
}
