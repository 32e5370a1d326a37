import GitFormats

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
public struct Decision: Sendable {
  /// The words of Gerrit's submit requirements.
  public enum State: String, Sendable {
    /// Nothing stops it; no bet is concerned.
    case satisfied
    case notApplicable = "not-applicable"
    /// A finding stops it; a recorded decision lets through what would.
    case unsatisfied, overridden
    /// It could not be judged.
    case error
  }

  /// What it comes to.
  public let state: State
  /// In the order of the refs, within a ref by bet and rule.
  public let findings: [Finding]
  package let remarks: [Remark]
  /// The bets that were looked at, with everything below them.
  package let bets: [BetID: Bet]
  /// The events that it takes the word of; listed only while the rule `unsigned` has a say.
  package let reliances: [Reliance]
  /// Where some of what the push carries has shipped already; nil when nothing has, or when it goes to that very place.
  package var elsewhere: Place?

  /// A branch of a remote.
  package struct Place: Hashable, Sendable {
    package let remote: String
    package let branch: String

    package init(remote: String, branch: String) {
      self.remote = remote
      self.branch = branch
    }
  }

  package init(
    state: State, findings: [Finding], remarks: [Remark], bets: [BetID: Bet], reliances: [Reliance] = []
  ) {
    self.state = state
    self.findings = findings
    self.remarks = remarks
    self.bets = bets
    self.reliances = reliances
  }

  /// Whether the push is stopped.
  public var isBlocked: Bool { state == .unsatisfied }
  /// Whether there is nothing at all to tell.
  public var isSilent: Bool { findings.isEmpty && remarks.isEmpty && elsewhere == nil }
}
