/// One reason to stop: a rule, the work it is about, and the bets in the way.
public struct Finding: Sendable {
  /// A bet in the way.
  public struct Blocker: Hashable, Sendable {
    public let bet: BetName
    /// Nil when it is not declared.
    public let state: Bet.State?
    /// From the work down to it, itself last.
    public let path: [BetID]
    /// The members of a loop in `Builds-On` that it is part of; empty otherwise.
    public let loop: [BetID]
  }

  public let rule: Rule
  public let level: Settings.LevelSetting
  /// The pushed ref that it is about.
  public let update: RefUpdate
  /// What people call the work: the branch, or what it is pushed as.
  public let work: String
  /// The bet that the work belongs to; nil when it belongs to none.
  public let bet: BetName?
  public let blockers: [Blocker]
  public let commits: [WorkCommit]
  /// How the branch is known to belong to the bet, when no trailer says it.
  public let link: BranchLink?
  public let isDraft: Bool
  /// The recorded decision to ship it all the same.
  public let override: Override?
  /// What it is about, beside commits and bets.
  public let matter: Matter
  /// What is wrong with the signatures of events that it relies on; of the rule `unsigned` alone.
  public let doubts: [Doubt]

  /// What some rules find out about work beside commits and bets.
  public enum Matter: Hashable, Sendable {
    case none
    /// Strings that occur nowhere, and those that could not be looked for, with the reason; neither when the bet
    /// declares no instrument.
    case instruments(missing: [String], unknown: [String: String])
    case appetite(Usage, of: Appetite)
    case limit(open: Int, allowed: Int)
    /// `unjudged` is what could not be looked at, in words.
    case overlap([OverlappedFile], unjudged: [String])
  }

  public var blocks: Bool { level.level == .block && !isDraft && override == nil }
}

/// Something worth saying that stops nothing: a `Bet:` line that git does not read as a trailer.
public struct Remark: Sendable {
  public enum Kind: String, Sendable {
    /// It does not count.
    case stray = "stray-trailer"
    /// It counts, because the block names no bet and this bet is declared.
    case buried = "buried-trailer"
  }
  public let kind: Kind
  public let commit: WorkCommit
  public let trailer: StrayTrailer
}

/// What the gate says of a push.
public struct Decision: Sendable {
  /// The words of Gerrit's submit requirements.
  public enum State: String, Sendable {
    case satisfied
    case notApplicable = "not-applicable"
    case unsatisfied
    case overridden
    case error
  }

  public let state: State
  public let findings: [Finding]
  public let remarks: [Remark]
  /// The bets that were looked at, with everything below them.
  public let bets: [BetID: Bet]
  /// The events that it takes the word of; listed only while the rule `unsigned` has a say.
  public let reliances: [Reliance]

  public init(
    state: State, findings: [Finding], remarks: [Remark], bets: [BetID: Bet], reliances: [Reliance] = []
  ) {
    self.state = state
    self.findings = findings
    self.remarks = remarks
    self.bets = bets
    self.reliances = reliances
  }

  public var isBlocked: Bool { state == .unsatisfied }
  /// Whether there is nothing at all to tell.
  public var isSilent: Bool { findings.isEmpty && remarks.isEmpty }
}
