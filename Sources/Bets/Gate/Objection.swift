/// What a rule has against work: all that it says, before anybody knows what its level makes of it.
package struct Objection: Sendable {
  var blockers: [Finding.Blocker]
  var commits: [WorkCommit]
  /// What is so, in one line; every foreign text in it is printable.
  var sentence: String
  /// What the rule found out, one line for each part; every foreign text is printable.
  var details: [String] = []
  /// What is wrong with the signatures of events that the work relies on.
  var doubts: [Doubt] = []
  /// The strictest that this case may be, whatever the rule's level.
  var atMost = Level.block
  /// What can be typed next.
  var ways: @Sendable (Surroundings) -> [Way] = { _ in [] }
}

/// A way on: what it is for, and the command, which works when it is pasted.
package struct Way: Hashable, Sendable {
  package let what: String
  package let command: String

  package init(_ what: String, _ command: String) {
    self.what = what
    self.command = command
  }
}

/// What is at hand where ways on are told.
package struct Surroundings: Sendable {
  /// Declared ids, for near misses.
  package var declared: [BetID]
  /// What work without a bet may belong to.
  package var openBets: [BetID]
  /// Whether a server tells them: what it trusts is not set by who pushes.
  package var isServer: Bool

  package init(declared: [BetID] = [], openBets: [BetID] = [], isServer: Bool = false) {
    self.declared = declared
    self.openBets = openBets
    self.isServer = isServer
  }
}
