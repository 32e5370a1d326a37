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

/// A reason to stop a push. Each has a stable name, a level and a way out.
package enum Rule: String, CaseIterable, Sendable {
  case followOn = "follow-on"
  case lost
  case undeclared
  case unlinked
  case instrument
  case overlap
  case overdue
  case appetite
  case limit
  case unsigned

  package var defaultLevel: Level {
    switch self {
    case .followOn, .lost, .undeclared, .unlinked, .instrument: .block
    case .overlap, .overdue, .appetite: .warn
    case .limit, .unsigned: .off
    }
  }

  /// When it fires, for `git bet rules`.
  package var summary: String {
    switch self {
    case .followOn: "the work rests on a bet that is not validated yet"
    case .lost: "the work's bet, or one it rests on, is invalidated or abandoned"
    case .undeclared: "a trailer, link or branch names a bet that is not in the ledger"
    case .unlinked: "a feature branch brings commits that belong to no bet"
    case .instrument: "work of an open bet ships, but what its effect is measured by is nowhere in the tree"
    case .overlap: "the work rewrites lines of an open bet that it does not build on"
    case .overdue: "the work's bet is open past its check-by date"
    case .appetite: "an open bet has used more commits or lines than its appetite"
    case .limit: "more than bet.limit bets are open, and this starts another"
    case .unsigned: "a verdict, override or policy that it relies on is not signed by a key that git trusts"
    }
  }
}
