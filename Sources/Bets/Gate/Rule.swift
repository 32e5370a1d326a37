/// A reason to stop a push: its name, its level, the facts it asks for, when it fires and what it says then.
///
/// Each stands in a file of its own under `Rules`; this list is the only other place that knows of it.
public struct Rule: Sendable {
  /// Every rule, in the order in which people read them.
  public static let all: [Rule] = [
    followOn, lost, undeclared, unlinked, instrument, overlap, overdue, appetite, limit, unsigned,
  ]

  /// Stable: configuration, policy and overrides name it.
  public let name: String
  /// What it does where nobody has said otherwise.
  public let defaultLevel: Level
  /// When it fires, for people.
  public let summary: String
  /// What has to be found out before it can be asked.
  package let asks: Set<Facts.Kind>
  /// What it has against the work of one bet; nil when nothing.
  let objection: @Sendable (Inquiry) -> Objection?

  package init(
    _ name: String, _ defaultLevel: Level, when summary: String, asks: Set<Facts.Kind> = [],
    objection: @escaping @Sendable (Inquiry) -> Objection?
  ) {
    self.name = name
    self.defaultLevel = defaultLevel
    self.summary = summary
    self.asks = asks
    self.objection = objection
  }

  /// The rule of that name; nil when there is none.
  package static func named(_ name: some StringProtocol) -> Rule? { all.first { $0.name == name } }
}

extension Rule: Hashable {
  /// Compares the names.
  public static func == (one: Rule, other: Rule) -> Bool { one.name == other.name }
  /// By the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
