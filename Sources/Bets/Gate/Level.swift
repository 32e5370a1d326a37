/// What a finding does to a push.
public enum Level: Int, Comparable, CaseIterable, Sendable {
  /// Nothing; a word; a stop.
  case off, warn, block

  package init?(name: some StringProtocol) {
    guard let level = Level.allCases.first(where: { $0.name == name }) else { return nil }
    self = level
  }

  /// As configuration and policy spell it.
  public var name: String {
    switch self {
    case .off: "off"
    case .warn: "warn"
    case .block: "block"
    }
  }

  /// Orders levels by strictness.
  public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}
