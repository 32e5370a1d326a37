/// How much a bet may use before somebody should ask whether it is still worth it: `15 commits`, `800 lines`.
package struct Appetite: Hashable, Sendable, CustomStringConvertible {
  package enum Unit: String, Sendable { case commits, lines }
  package let count: Int
  package let unit: Unit

  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, let count = Int(words[0]), count > 0, count < 1_000_000_000,
      let unit = Unit(rawValue: words[1].hasSuffix("s") ? String(words[1]) : words[1] + "s")
    else { return nil }
    self.count = count
    self.unit = unit
  }

  package var description: String {
    "\(count) \(count == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue)"
  }
}

extension Bet {
  package var appetite: Appetite? { first(.appetite).flatMap { Appetite($0) } }
  package var instruments: [String] { all(.instrument) }
}
