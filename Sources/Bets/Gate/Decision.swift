import GitFormats

/// Something worth saying that stops nothing: lines of one commit that git does not read as trailers.
package struct Remark: Sendable {
  package enum Kind: String, Sendable {
    /// They do not count.
    case stray = "stray-trailer"
    /// They count beside the trailer block, because they name declared bets.
    case buried = "buried-trailer"
  }
  package let kind: Kind
  package let commit: WorkCommit
  /// At least one.
  package let trailers: [StrayTrailer]

  /// What there is to say about a commit.
  package static func all(about commit: WorkCommit) -> [Remark] {
    [(Kind.buried, commit.buried), (.stray, commit.strays)].filter { !$0.1.isEmpty }
      .map { Remark(kind: $0, commit: commit, trailers: $1) }
  }
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
  public var isSilent: Bool { findings.isEmpty && remarks.isEmpty }
}
