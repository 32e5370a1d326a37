import GitFormats

/// Everything that one pushed ref brings, as the gate judges it.
package struct Work: Sendable {
  package let update: RefUpdate
  /// The local branch it comes from, without `refs/heads/`.
  package let branch: String?
  /// Whether the commits go to a draft branch: findings are notes there.
  package let isDraft: Bool
  /// Whether commits must belong to a bet here.
  package let isFeature: Bool
  package let link: BranchLink?
  package let commits: [WorkCommit]
  /// The recorded overrides that may cover some of it.
  package let overrides: [Override]
  /// What each of them reaches, as far as somebody has asked.
  package var reaches: [ObjectID: Override.Reach]
  /// Whether it goes to a branch that ships.
  package let isShip: Bool
  package var facts = Facts()
  /// Under the lock: the events that would take it from a bet, and do not count.
  package var doubts: [Reliance] = []

  package init(
    update: RefUpdate, branch: String?, isDraft: Bool = false, isFeature: Bool = false, isShip: Bool = false,
    link: BranchLink? = nil, commits: [WorkCommit], overrides: [Override] = [],
    reaches: [ObjectID: Override.Reach] = [:]
  ) {
    self.update = update
    self.branch = branch
    self.isDraft = isDraft
    self.isFeature = isFeature
    self.isShip = isShip
    self.link = link
    self.commits = commits
    self.overrides = overrides
    self.reaches = reaches
  }

  /// The open bets that it is work of, in the order in which they appear.
  package func openBets(_ bets: [BetID: Bet]) -> [Bet] {
    Group.groups(of: self).compactMap { $0.bet.id.flatMap { bets[$0] } }.filter(\.state.isUndecided)
  }

  /// Its commits by the bet that they belong to.
  package var groups: [(bet: BetName, commits: [WorkCommit])] {
    Group.groups(of: self).map { ($0.bet, $0.commits) }
  }

  /// Whether any of it names a bet.
  var concernsBets: Bool {
    !commits.isEmpty && (link != nil || commits.contains { !$0.bets.isEmpty || !$0.buildsOn.isEmpty })
  }

  /// What people call it: the branch, or what it is pushed as.
  package var name: String { branch ?? update.remoteBranch ?? update.remoteRef }
}
