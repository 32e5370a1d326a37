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
    let silent = commits.indices.filter { commits[$0].bets.isEmpty }
    for index in silent { try attribute(&commits[index]) }
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
    let doubts = try site.isLocked ? hold(&commits, silent, to: branch) : []
    var work = Work(
      update: update, branch: branch, isDraft: update.remoteBranch.map(settings.isDraft) ?? false,
      isFeature: branch.map(settings.isFeature) ?? false, isShip: isShip, link: link,
      commits: commits, overrides: overrides)
    work.doubts = doubts
    return work
  }

  /// Under the lock what several bets were given belongs to all of them, until somebody who is trusted says whose it is.
  ///
  /// `silent` are the commits whose own trailers name no bet. Returns the events that did not settle it.
  private func hold(
    _ commits: inout [WorkCommit], _ silent: [Int], to branch: String?
  ) throws -> [Reliance] {
    let ledger = try site.ledger
    var own: [BetID] = []
    var doubts: [Reliance] = []
    if !silent.isEmpty, let branch, let link = try site.link(ofBranch: branch) {
      own = [link.bet.id].compactMap(\.self)
      if link.source == .ledger {
        let named = try BranchLink(
          branch: branch, settings: site.settings, linkedInLedger: nil,
          isDeclared: { try ledger.bet($0) != nil })
        let linked = try ledger.digests().filter { $0.linkedBranches.contains(branch) }.map(\.id)
        let disputed = try ledger.disputed(branch, linked, besides: [named?.bet.id].compactMap(\.self))
        if !disputed.bets.isEmpty { own = disputed.bets }
        doubts += disputed.doubts
      }
    }
    for index in silent where !commits[index].isBuried {
      let linked = try ledger.links().commits[commits[index].id] ?? []
      if linked.isEmpty {
        if commits[index].bets.isEmpty, own.count > 1 { commits[index].bets = own.map { .id($0) } }
        continue
      }
      let disputed = try ledger.disputed(commits[index].id.hex, linked, besides: own)
      if !disputed.bets.isEmpty { commits[index].bets = disputed.bets.map { .id($0) } }
      doubts += disputed.doubts
    }
    return doubts
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
    let link = try BranchLink(
      branch: branch, settings: settings,
      linkedInLedger: (settings.branchBets[branch] ?? "").isEmpty ? ledger.links().branches[branch] : nil,
      isDeclared: { try ledger.bet($0) != nil })
    // A link of a ship branch would give whatever ships from now on to one bet.
    guard let link, link.source != .name, try isShip(branch) else { return link }
    return nil
  }
}
