/// What was found out about a push beyond its messages and the ledger; only what some rule asks for.
public struct Circumstances: Sendable {
  /// What was looked for in the tree that would ship, by open bet; empty for a bet that declares no instrument.
  public var instruments: [BetID: [String: InstrumentAnswer]] = [:]
  /// How much each bet with an appetite has used, this push included.
  public var usage: [BetID: Usage] = [:]
  /// How many bets are open; nil when no rule asks.
  public var openBets: Int?
  /// The bets of which nothing has shipped yet.
  public var starting: Set<BetID> = []
  /// Lines of open bets that the work of each bet rewrites, though it does not say that it builds on them.
  public var overlaps: [BetName: [OverlappedFile]] = [:]
  /// What could not be looked at for that, in words.
  public var unjudged: [BetName: [String]] = [:]

  public init() {}
}

/// Whether a string that a bet's effect is measured by stands in the tree that would ship.
public enum InstrumentAnswer: Hashable, Sendable {
  case found
  case missing
  /// It could not be looked for; why, in git's own words.
  case unknown(String)
}

/// Lines of an open bet in one file that other work rewrites.
public struct OverlappedFile: Hashable, Sendable {
  public let bet: BetID
  public let path: String
  public let lines: Int

  public init(bet: BetID, path: String, lines: Int) {
    self.bet = bet
    self.path = path
    self.lines = lines
  }
}

/// How much a bet may use before somebody should ask whether it is still worth it: `15 commits`, `800 lines`.
public struct Appetite: Hashable, Sendable, CustomStringConvertible {
  public enum Unit: String, Sendable { case commits, lines }
  public let count: Int
  public let unit: Unit

  public init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, let count = Int(words[0]), count > 0, count < 1_000_000_000,
      let unit = Unit(rawValue: words[1].hasSuffix("s") ? String(words[1]) : words[1] + "s")
    else { return nil }
    self.count = count
    self.unit = unit
  }

  public var description: String {
    "\(count) \(count == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue)"
  }
}

/// How much a bet has used.
public struct Usage: Hashable, Sendable {
  public var commits: Int
  /// Lines that its commits put in, merges aside.
  public var lines: Int

  public init(commits: Int = 0, lines: Int = 0) {
    self.commits = commits
    self.lines = lines
  }

  public func used(of unit: Appetite.Unit) -> Int { unit == .commits ? commits : lines }
  func exceeds(_ appetite: Appetite) -> Bool { used(of: appetite.unit) > appetite.count }
}

extension Bet {
  public var appetite: Appetite? { first(.appetite).flatMap { Appetite($0) } }
  public var instruments: [String] { all(.instrument) }
}
