/// What a trailer, link or branch says the bet is; it may be nonsense.
package enum BetName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// `Bet: none`: belongs to no bet, said aloud.
  case none
  case id(BetID)
  /// Not an id at all.
  case nonsense(String)

  package init(_ text: String) {
    if text == "none" {
      self = .none
    } else if let id = BetID(ifValid: text) {
      self = .id(id)
    } else {
      self = .nonsense(text)
    }
  }

  package var id: BetID? { if case .id(let id) = self { id } else { nil } }
  package var description: String {
    switch self {
    case .none: "none"
    case .id(let id): id.name
    case .nonsense(let text): text
    }
  }
  package static func < (left: BetName, right: BetName) -> Bool { left.description < right.description }
}
