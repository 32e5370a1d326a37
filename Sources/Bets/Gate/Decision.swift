import GitFormats

/// One reason to stop: a rule, the work it is about, and the bets in the way.
package struct Finding: Sendable {
  /// A bet in the way.
  package struct Blocker: Hashable, Sendable {
    package let bet: BetName
    /// Nil when it is not declared.
    package let state: Bet.State?
    /// From the work down to it, itself last.
    package let path: [BetID]
    /// The members of a loop in `Builds-On` that it is part of; empty otherwise.
    package let loop: [BetID]
  }

  package let rule: Rule
  package let level: Settings.LevelSetting
  /// The pushed ref that it is about.
  package let update: RefUpdate
  /// What people call the work: the branch, or what it is pushed as.
  package let work: String
  /// The bet that the work belongs to; nil when it belongs to none.
  package let bet: BetName?
  package let blockers: [Blocker]
  package let commits: [WorkCommit]
  /// How the branch is known to belong to the bet, when no trailer says it.
  package let link: BranchLink?
  package let isDraft: Bool
  /// The recorded decision to ship it all the same.
  package let override: Override?
  /// What it is about, beside commits and bets.
  package let matter: Matter
  /// What is wrong with the signatures of events that it relies on; of the rule `unsigned` alone.
  package let doubts: [Doubt]

  /// What some rules find out about work beside commits and bets.
  package enum Matter: Hashable, Sendable {
    case none
    /// Strings that occur nowhere, and those that could not be looked for, with the reason; neither when the bet
    /// declares no instrument.
    case instruments(missing: [String], unknown: [String: String])
    case appetite(Usage, of: Appetite)
    case limit(open: Int, allowed: Int)
    /// `unjudged` is what could not be looked at, in words.
    case overlap([OverlappedFile], unjudged: [String])
  }

  package var blocks: Bool { level.level == .block && !isDraft && override == nil }
}

/// Something worth saying that stops nothing: a `Bet:` line that git does not read as a trailer.
package struct Remark: Sendable {
  package enum Kind: String, Sendable {
    /// It does not count.
    case stray = "stray-trailer"
    /// It counts, because the block names no bet and this bet is declared.
    case buried = "buried-trailer"
  }
  package let kind: Kind
  package let commit: WorkCommit
  package let trailer: StrayTrailer
}

/// What the gate says of a push.
package struct Decision: Sendable {
  /// The words of Gerrit's submit requirements.
  package enum State: String, Sendable {
    case satisfied
    case notApplicable = "not-applicable"
    case unsatisfied
    case overridden
    case error
  }

  package let state: State
  package let findings: [Finding]
  package let remarks: [Remark]
  /// The bets that were looked at, with everything below them.
  package let bets: [BetID: Bet]
  /// The events that it takes the word of; listed only while the rule `unsigned` has a say.
  package let reliances: [Reliance]

  package init(
    state: State, findings: [Finding], remarks: [Remark], bets: [BetID: Bet], reliances: [Reliance] = []
  ) {
    self.state = state
    self.findings = findings
    self.remarks = remarks
    self.bets = bets
    self.reliances = reliances
  }

  package var isBlocked: Bool { state == .unsatisfied }
  /// Whether there is nothing at all to tell.
  package var isSilent: Bool { findings.isEmpty && remarks.isEmpty }
}
