/// What a finding does to a push.
package enum Level: Int, Comparable, CaseIterable, Sendable {
  case off, warn, block

  package init?(name: some StringProtocol) {
    guard let level = Level.allCases.first(where: { $0.name == name }) else { return nil }
    self = level
  }

  package var name: String {
    switch self {
    case .off: "off"
    case .warn: "warn"
    case .block: "block"
    }
  }

  package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}
