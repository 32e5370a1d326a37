import GitFormats

/// What was found out about work beyond its messages and the ledger; only what some rule asks for.
package struct Facts: Sendable {
  /// What can be found out, each at a price of its own.
  package enum Kind: CaseIterable, Sendable {
    /// Looks through the tree that would ship.
    case instruments
    /// Reads what has shipped of a bet, and counts.
    case usage
    /// Lists the ledger.
    case openBets
    /// Follows lines of open bets into what the work changes.
    case overlaps

    package static let all = Set(allCases)
  }

  /// What was looked for in the tree that would ship, by open bet; empty for a bet that declares no instrument.
  package var instruments: [BetID: [String: InstrumentAnswer]] = [:]
  /// How much each bet with an appetite has used, this push included.
  package var usage: [BetID: Usage] = [:]
  /// How many bets are open; nil when no rule asks.
  package var openBets: Int?
  /// Under the lock: the events that would close some of them, and do not count.
  package var doubts: [Reliance] = []
  /// The bets of which nothing has shipped yet.
  package var starting: Set<BetID> = []
  /// Lines of open bets that the work of each bet rewrites, though it does not say that it builds on them.
  package var overlaps: [BetName: [OverlappedFile]] = [:]
  /// What could not be found out at all, in words: why not.
  package var unknown: [Kind: String] = [:]
  /// What could not be looked at for overlaps, in words.
  package var unjudged: [BetName: [String]] = [:]
  /// The bets that a commit only takes something away from: no work of theirs, whatever it says.
  package var removals: [ObjectID: Set<BetID>] = [:]
  /// The bets that a commit has built, and of which nothing of what it brought is left.
  package var out: [ObjectID: Set<BetID>] = [:]
  /// The commits that change nothing but documentation and tests.
  package var supporting: Set<ObjectID> = []
  /// The bets that these facts name and the work does not.
  package var bets: [BetID: Bet] = [:]

  package init() {}
}

/// Whether a string that a bet's effect is measured by stands in the tree that would ship.
package enum InstrumentAnswer: Hashable, Sendable {
  case found
  case missing
  /// It could not be looked for; why, in git's own words.
  case unknown(String)
}

/// Lines of an open bet in one file that other work rewrites.
package struct OverlappedFile: Hashable, Sendable {
  package let bet: BetID
  package let path: String
  package let lines: Int

  package init(bet: BetID, path: String, lines: Int) {
    self.bet = bet
    self.path = path
    self.lines = lines
  }
}

/// How much a bet has used.
package struct Usage: Hashable, Sendable {
  package var commits: Int
  /// Lines that its commits put in, merges aside.
  package var lines: Int

  package init(commits: Int = 0, lines: Int = 0) {
    self.commits = commits
    self.lines = lines
  }

  package func used(of unit: Appetite.Unit) -> Int { unit == .commits ? commits : lines }
  func exceeds(_ appetite: Appetite) -> Bool { used(of: appetite.unit) > appetite.count }
}
