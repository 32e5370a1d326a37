import BetLedger

/// Reads commits as work: which bets each of them belongs to, and the branch that brings them.
package final class WorkReader {
  private let site: LedgerSite
  private let walk: RangeWalk
  private let removals: Removals?
  private var linkedTips = Once<LinkedTips>()

  /// With `removals` a commit that brings a bet back by reverting its removal belongs to that bet.
  package init(_ site: LedgerSite, walk: RangeWalk, removals: Removals? = nil) {
    self.site = site
    self.walk = walk
    self.removals = removals
  }

  /// The commits that a ref brings, each with its bets, and the bet of their branch where one of them names none.
  ///
  /// Unless `looksIntoMerges`, each commit of several parents counts as one that brings something: at least what it does.
  package func work(
    of update: RefUpdate, _ raw: [RawCommit], isShip: Bool = false, overrides: [Override] = [],
    reachedBy: Set<ObjectID> = [], looksIntoMerges: Bool = true
  ) throws -> Work {
    let settings = try site.settings
    let branch = try localBranch(of: update)
    var commits = try raw.map { try WorkCommit($0) }
    for index in commits.indices {
      let id = commits[index].id
      try commits[index].unearth { try site.isBuriedWord(of: id, for: $0) }
      if commits[index].bets.isEmpty { try attribute(&commits[index], raw[index]) }
    }
    var link: BranchLink?
    if let branch, commits.contains(where: { $0.bets.isEmpty }) { link = try site.link(ofBranch: branch) }
    if let removals {
      let known = commits
      for index in commits.indices where raw[index].saysItReverts {
        let revived = try removals.revived(by: raw[index], in: known, link: link?.bet.id).map {
          BetName.id($0)
        }
        commits[index].bets += revived.filter { !known[index].bets.contains($0) }
      }
    }
    let isFeature = branch.map(settings.isFeature) ?? false
    // Where nobody asks what a merge brings, nobody looks.
    let matters = isFeature || link != nil || !overrides.isEmpty || commits.contains { !$0.buildsOn.isEmpty }
    if looksIntoMerges, matters {
      try Merges(repository: site.repository, walk: walk)
        .settle(&commits, raw, link: link?.bet, all: !overrides.isEmpty)
    }
    return Work(
      update: update, branch: branch, isDraft: update.remoteBranch.map(settings.isDraft) ?? false,
      isFeature: isFeature, isShip: isShip, link: link,
      commits: commits, overrides: overrides, reachedBy: reachedBy)
  }

  /// What belongs to a bet though its message names none: linked commits, and squash merges of linked branches.
  private func attribute(_ commit: inout WorkCommit, _ raw: RawCommit) throws {
    commit.bets = try (site.ledger.links().commits[commit.id] ?? []).map { .id($0) }
    guard commit.bets.isEmpty else { return }
    let tips = try linkedTips.get { try LinkedTips(site) }
    if let bet = try tips.bet(ofSquash: raw, walk) { commit.bets = [.id(bet)] }
  }

  /// The branch that the pushed ref stands for.
  private func localBranch(of update: RefUpdate) throws(GitError) -> String? {
    if let branch = RefUpdate.branch(update.localRef) { return branch }
    if update.localRef.hasPrefix("refs/") { return nil }
    if update.localRef == "HEAD", case .branch(let name, _) = try site.repository.head() {
      return RefUpdate.branch(name)
    }
    // A raw id or an expression: a branch with that tip, else what it is pushed as.
    let branches = try site.repository.references(under: "refs/heads/")
    return branches.first { $0.target == .direct(update.localID) }.flatMap { RefUpdate.branch($0.name) }
      ?? update.remoteBranch
  }
}

extension LedgerSite {
  /// Whether what a commit says of a bet outside its trailer block counts; nil when the bet is not declared.
  ///
  /// It does not where somebody has unlinked the commit: that is how prose is told from a name.
  package func isBuriedWord(of commit: ObjectID, for bet: BetID) throws -> Bool? {
    try ledger.bet(bet).map { !$0.unlinkedCommits.contains(commit) }
  }

  /// The bet that a branch belongs to: by configuration, by the ledger, or by its name.
  package func link(ofBranch branch: String) throws -> BranchLink? {
    let (settings, ledger) = (try settings, try ledger)
    return try BranchLink(
      branch: branch, settings: settings,
      linkedInLedger: (settings.branchBets[branch] ?? "").isEmpty ? ledger.links().branches[branch] : nil,
      isDeclared: { try ledger.bet($0) != nil })
  }
}
