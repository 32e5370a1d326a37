import Bets

extension [Event.Value] {
  func first(_ name: TrailerName) -> String? { first { $0.name == name }?.text }
  func all(_ name: TrailerName) -> [String] { filter { $0.name == name }.map(\.text) }

  /// Turns what was typed into what the ledger holds: `14d` and `2w` are days, `1.7k` is 1700, `30 %` is 30 of a bet that
  /// counts in `%`. An empty value, which removes a field, stays.
  ///
  /// `bet` is the one that they belong to, where it is declared: units are held against its target and stop line.
  func normalized(today: Day, of bet: Bet? = nil) throws -> [Event.Value] {
    let lines = [TrailerName.target, .kill].compactMap { name in
      (first(name) ?? bet?.first(name)).flatMap { Threshold($0) }.map { Measured(name: name, unit: $0.unit) }
    }
    if contains(where: { $0.name == .target || $0.name == .kill }), let target = lines.first,
      let kill = lines.last, kill.unit != target.unit
    {
      throw Refusal.differ(kill, target)
    }
    return try map { value in
      let text = Text.trimmed(value.text)
      guard !text.isEmpty else { return Event.Value(value.name, "") }
      func refusal(_ expected: String) -> EventProblem {
        .malformed(value.name, value: text, expected: expected)
      }
      switch value.name {
      case .evidence, .learned, .decision:
        try refusePlaceholder(text)
        return Event.Value(value.name, text)
      case .checkBy:
        return Event.Value(.checkBy, try today.after(text).map(\.description) ?? text)
      case .target, .kill:
        guard let line = Threshold(text) else {
          throw refusal("a comparison and one number, like '>= 2.6', '< 1.5k' or '>= 40 %'")
        }
        return Event.Value(value.name, line.text)
      case .value, .baseline:
        guard let quantity = Quantity(text) else { throw refusal("one number, like 2.1, 1.7k or 52 %") }
        if !quantity.unit.isEmpty, let line = lines.first, line.unit != quantity.unit {
          throw Refusal.differ(Measured(name: value.name, unit: quantity.unit), line)
        }
        return Event.Value(value.name, quantity.digits)
      case .reach, .impact, .effort:
        guard let quantity = Quantity(text), quantity.unit.isEmpty else {
          throw refusal("a decimal number, like 2.1 or 1.7k")
        }
        return Event.Value(value.name, quantity.digits)
      default: return Event.Value(value.name, text)
      }
    }
  }
}

/// A field that has a quantity, and its unit.
private struct Measured {
  let name: TrailerName
  let unit: String
  var words: String {
    "'\(name.rawValue)' \(unit.isEmpty ? "has no unit" : "is in '\(Text.printable(unit))'")"
  }
}

extension Refusal {
  fileprivate static func differ(_ one: Measured, _ other: Measured) -> Refusal {
    Refusal(
      "unit-mismatch", "\(one.words), \(other.words)",
      notes: [
        "they are about one metric, so they have one unit; a plain baseline or reading has the target's"
      ])
  }
}

extension Day {
  /// The day that is so many days or weeks later, as `14d` or `2w` says it; nil for another text.
  fileprivate func after(_ text: String) throws -> Day? {
    guard let unit = text.last, let length = ["d": 1, "w": 7][unit] else { return nil }
    guard let count = Int(text.dropLast()), (0...36_500 / length).contains(count) else {
      throw EventProblem.malformed(.checkBy, value: text, expected: "a date like 2026-12-15, 14d or 2w")
    }
    return self + count * length
  }
}
