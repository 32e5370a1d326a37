import Bets
import Git
import GitFormats

/// A push, made or not, as the gate is asked about it.
package struct Push: Sendable {
  /// What goes where. Deletions and the ledger's own refs are never judged.
  package let updates: [RefUpdate]
  package let remote: Remote
  package let today: Day
  /// Whose word counts for the levels of the rules.
  package let authority: Settings.Authority
  /// Whether it stands for a range, which may have landed already: a ship branch that has its end hides nothing.
  package let isRange: Bool

  package init(
    _ updates: [RefUpdate], to remote: Remote, today: Day, authority: Settings.Authority = .clone,
    isRange: Bool = false
  ) {
    self.updates = updates
    self.remote = remote
    self.today = today
    self.authority = authority
    self.isRange = isRange
  }

  /// Those that are judged.
  var judged: [RefUpdate] { updates.filter { !$0.isDeletion && !$0.isLedger } }
}

/// What the gate found about a push: what it looked at, and what it says of that.
package struct Judgement: Sendable {
  /// One for each judged ref that brings commits.
  package let ranges: [PushRange]
  package let decision: Decision
}
