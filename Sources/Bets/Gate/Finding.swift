import GitFormats

/// One reason to stop: a rule, the work it is about, the bets in the way, and what is said about it.
public struct Finding: Sendable {
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

  package struct Cover: Hashable, Sendable {
    package let override: Override
    package let how: Override.How
  }

  /// What was found.
  public let rule: Rule
  package let level: Settings.LevelSetting
  /// The pushed ref that it is about.
  package let update: RefUpdate
  /// What people call the work: the branch, or what it is pushed as.
  public let work: String
  /// The bet that the work belongs to; nil when it belongs to none.
  package let bet: BetName?
  package let blockers: [Blocker]
  /// The commits of the work that it is about, newest first.
  public let commits: [WorkCommit]
  /// How the branch is known to belong to the bet, when no trailer says it.
  package let link: BranchLink?
  package let isDraft: Bool
  /// What an override has to name to let it through.
  package let matter: Override.Case
  /// The recorded decision to ship it all the same, and how it reaches the commits.
  package let cover: Cover?
  /// One that names the same case and reaches other commits, or has ended.
  package let former: Override?
  /// What is so, in one line; every foreign text in it is printable.
  public let sentence: String
  /// What the rule found out, one line for each part; every foreign text is printable.
  public let details: [String]
  /// What is wrong with the signatures of events that it relies on; of the rule `unsigned` alone.
  package let doubts: [Doubt]
  /// What can be typed next, besides what a push can always do.
  package let ways: @Sendable (Surroundings) -> [Way]

  /// Whether it stops the push: its level says so, and no draft and no override lets it through.
  public var blocks: Bool { level.level == .block && !isDraft && cover == nil }
  package var override: Override? { cover?.override }

  init(
    _ rule: Rule, _ objection: Objection, about inquiry: Inquiry, at level: Settings.LevelSetting,
    matter: Override.Case, cover: Cover?, former: Override?
  ) {
    self.rule = rule
    self.level = level
    update = inquiry.work.update
    work = inquiry.work.name
    bet = inquiry.bet == .none ? nil : inquiry.bet
    blockers = objection.blockers
    commits = objection.commits
    // A commit that names its bet needs no link.
    link =
      inquiry.bet != .none && inquiry.bet == inquiry.work.link?.bet && commits.allSatisfy { $0.bets.isEmpty }
      ? inquiry.work.link : nil
    isDraft = inquiry.work.isDraft
    self.matter = matter
    self.cover = cover
    self.former = former
    sentence = objection.sentence
    details = objection.details
    doubts = objection.doubts
    ways = objection.ways
  }
}
