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

/// A commit that is not held against a bet, because it takes the bet out again or has been taken out itself.
package struct Removed: Hashable, Sendable {
  package let commit: ObjectID
  package let bet: BetID
  /// Whether it had built the bet, and nothing of that is left.
  package let isOut: Bool
}

extension Work {
  /// In the order of the commits.
  var removed: [Removed] {
    // Of most work nothing is.
    if facts.removals.isEmpty && facts.out.isEmpty { return [] }
    return commits.flatMap { commit in
      [(facts.removals, false), (facts.out, true)].flatMap { bets, isOut in
        (bets[commit.id] ?? []).sorted().map { Removed(commit: commit.id, bet: $0, isOut: isOut) }
      }
    }
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
  /// What was left out because it only takes a bet away, or is out again itself; looked for where a finding named it.
  package let removed: [Removed]
  /// The bets that were looked at, with everything below them.
  package let bets: [BetID: Bet]
  /// The events that it takes the word of; listed only while the rule `unsigned` has a say.
  package let reliances: [Reliance]
  /// Where some of what the push carries has shipped already; nil when nothing has, or when it goes to that very place.
  package var elsewhere: Place?

  /// What was left out of the judgement: told beside what was found.
  package var notLookedAt: [Gap] = []

  /// Something that a rule could not look at.
  package struct Gap: Hashable, Sendable {
    package let rule: Rule
    package let what: String
    package let why: String
  }

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
    state: State, findings: [Finding], remarks: [Remark], bets: [BetID: Bet], reliances: [Reliance] = [],
    removed: [Removed] = []
  ) {
    self.state = state
    self.findings = findings
    self.remarks = remarks
    self.bets = bets
    self.reliances = reliances
    self.removed = removed
  }

  /// Whether the push is stopped.
  public var isBlocked: Bool { state == .unsatisfied }
  /// Whether there is nothing at all to tell.
  public var isSilent: Bool { findings.isEmpty && remarks.isEmpty && elsewhere == nil }
}
