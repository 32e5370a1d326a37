import BetLedger

/// Reads commits as work: which bets each of them belongs to, and the branch that brings them.
package final class WorkReader {
  private let site: LedgerSite
  private let attribution: Attribution

  package init(_ site: LedgerSite, _ attribution: Attribution) {
    self.site = site
    self.attribution = attribution
  }

  /// How the bets of commits are found that name none.
  package enum Standing {
    /// They are about to come: by the branch that brings them, else by the linked branches, less what `hidden` reach.
    case coming(hiding: [ObjectID], isRange: Bool)
    /// They have shipped.
    case shipped
  }

  /// The commits that a ref brings, each with its bets, and the bet of their branch where one of them names none.
  package func work(
    of update: RefUpdate, _ raw: [RawCommit], _ standing: Standing, isShip: Bool = false,
    overrides: [Override] = []
  ) throws -> Work {
    let settings = try site.settings
    let branch = try localBranch(of: update)
    var commits = try raw.map { try WorkCommit($0) }
    for index in commits.indices where commits[index].bets.isEmpty { try attribute(&commits[index]) }
    var link: BranchLink?
    if commits.contains(where: { $0.bets.isEmpty }) {
      switch standing {
      case .shipped:
        for index in commits.indices where commits[index].bets.isEmpty {
          commits[index].bets = try attribution.bets(of: raw[index].id).map { .id($0) }
        }
      case .coming(let hidden, let isRange):
        link = try branch.flatMap { try site.link(ofBranch: $0) }
        if link == nil { try claim(&commits, raw, hiding: hidden, isRange: isRange) }
      }
    }
    return Work(
      update: update, branch: branch, isDraft: update.remoteBranch.map(settings.isDraft) ?? false,
      isFeature: branch.map(settings.isFeature) ?? false, isShip: isShip, link: link,
      commits: commits, overrides: overrides)
  }

  /// What belongs to a bet though its trailers name none: buried lines that name a declared bet, and linked commits.
  private func attribute(_ commit: inout WorkCommit) throws {
    let ledger = try site.ledger
    for id in commit.buried where try ledger.bet(id) != nil {
      commit.bets.append(.id(id))
      commit.isBuried = true
    }
    if commit.bets.isEmpty { commit.bets = try (ledger.links().commits[commit.id] ?? []).map { .id($0) } }
  }

  /// Asks the linked branches; where nobody bets there are none.
  private func claim(
    _ commits: inout [WorkCommit], _ raw: [RawCommit], hiding hidden: [ObjectID], isRange: Bool
  ) throws {
    if try site.ledger.isEmpty() { return }
    let claims = try attribution.claims(hiding: hidden, includingMerged: isRange)
    for index in commits.indices where commits[index].bets.isEmpty {
      commits[index].bets = try claims.bets(of: raw[index])
    }
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
  /// The bet that a branch belongs to: by configuration, by the ledger, or by its name.
  package func link(ofBranch branch: String) throws -> BranchLink? {
    let (settings, ledger) = (try settings, try ledger)
    return try BranchLink(
      branch: branch, settings: settings,
      linkedInLedger: (settings.branchBets[branch] ?? "").isEmpty ? ledger.links().branches[branch] : nil,
      isDeclared: { try ledger.bet($0) != nil })
  }
}
