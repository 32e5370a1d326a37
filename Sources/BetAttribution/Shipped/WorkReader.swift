import BetLedger

/// Reads commits as work: which bets each of them belongs to, and the branch that brings them.
package final class WorkReader {
  private let site: LedgerSite
  private let attribution: Attribution
  private let removals: Removals?

  /// With `removals` a commit that brings a bet back by reverting its removal belongs to that bet.
  package init(_ site: LedgerSite, _ attribution: Attribution, removals: Removals? = nil) {
    self.site = site
    self.attribution = attribution
    self.removals = removals
  }

  /// How the bets of commits are found that name none.
  package enum Standing {
    /// They are about to come: by the branch that brings them, else by the linked branches, less what `hidden` reach.
    case coming(hiding: [ObjectID], isRange: Bool)
    /// They have shipped.
    case shipped
  }

  /// The commits that a ref brings, each with its bets, and the bet of their branch where one of them names none.
  ///
  /// Unless `looksIntoMerges`, each commit of several parents counts as one that brings something: at least what it does.
  package func work(
    of update: RefUpdate, _ raw: [RawCommit], _ standing: Standing, isShip: Bool = false,
    overrides: [Override] = [], looksIntoMerges: Bool = true
  ) throws -> Work {
    let settings = try site.settings
    let branch = try localBranch(of: update)
    var commits = try raw.map { try WorkCommit($0) }
    let silent = commits.indices.filter { commits[$0].bets.isEmpty }
    for index in commits.indices where !commits[index].strays.isEmpty {
      let id = commits[index].id
      try commits[index].unearth { try site.isBuriedWord(of: id, for: $0) }
    }
    let linked = try linked(silent.map { raw[$0] })
    for index in silent where commits[index].bets.isEmpty {
      commits[index].bets = (linked[commits[index].id]?.bets ?? []).map { .id($0) }
    }
    var link: BranchLink?
    var claims: Claims?
    if commits.contains(where: { $0.bets.isEmpty }) {
      switch standing {
      case .shipped:
        for index in commits.indices where commits[index].bets.isEmpty {
          commits[index].bets = try attribution.bets(of: raw[index].id).map { .id($0) }
        }
      case .coming(let hidden, let isRange):
        link = try branch.flatMap { try site.link(ofBranch: $0) }
        // Where nobody bets there are no linked branches.
        if try link == nil && !site.ledger.isEmpty() {
          claims = try attribution.claims(by: raw, hiding: hidden, includingMerged: isRange)
        }
      }
    }
    // What a merge brings belongs to what it joins, before a branch on top of it claims it.
    for index in commits.indices where raw[index].parents.count < 2 || !looksIntoMerges {
      try claims?.settle(&commits[index], raw[index])
    }
    try revive(&commits, raw, link: link)
    let isFeature = update.isForReview || branch.map(settings.isFeature) ?? false
    // Where nobody asks what a merge brings, nobody looks.
    let matters =
      isFeature || link != nil || !overrides.isEmpty || claims?.isEmpty == false
      || commits.contains { !$0.buildsOn.isEmpty }
    // Without a ledger a merge is given no bet: only what somebody has named is held to be one then.
    if looksIntoMerges, matters, try !site.ledger.isEmpty() {
      try Merges(repository: site.repository, walk: attribution.walk)
        .settle(&commits, raw, link: link?.bet, all: !overrides.isEmpty)
      for index in commits.indices where !commits[index].bringsNothing {
        try claims?.settle(&commits[index], raw[index])
      }
    }
    let doubts = try site.isLocked ? hold(&commits, silent, linked: linked, to: branch) : []
    var work = Work(
      update: update, branch: branch, isDraft: settings.isDraft(update),
      isFeature: isFeature, isShip: isShip, link: link, commits: commits, overrides: overrides)
    work.doubts = doubts
    return work
  }

  /// What the ledger links a commit to, and by which linked commits: itself, or those that it was made of.
  private typealias Linked = (commits: [ObjectID], bets: [BetID])

  private func linked(_ silent: [RawCommit]) throws -> [ObjectID: Linked] {
    guard !silent.isEmpty else { return [:] }
    let links = try site.ledger.links()
    guard !links.commits.isEmpty else { return [:] }
    let copies = LinkedCopies(links: links, changes: attribution.changes)
    var found: [ObjectID: Linked] = [:]
    for commit in silent {
      let commits = links.commits[commit.id] == nil ? try copies.originals(of: commit) : [commit.id]
      let bets = Set(commits.flatMap { links.commits[$0] ?? [] })
      if !bets.isEmpty { found[commit.id] = (commits, bets.sorted()) }
    }
    return found
  }

  /// Gives what reverts a removal back to the bet that it brings back.
  private func revive(_ commits: inout [WorkCommit], _ raw: [RawCommit], link: BranchLink?) throws {
    guard let removals else { return }
    let known = commits
    for index in commits.indices where raw[index].saysItReverts {
      let revived = try removals.revived(by: raw[index], in: known, link: link?.bet.id).map { BetName.id($0) }
      commits[index].bets += revived.filter { !known[index].bets.contains($0) }
    }
  }

  /// Under the lock what several bets were given belongs to all of them, until somebody who is trusted says whose it is.
  ///
  /// `silent` are the commits whose own trailers name no bet. Returns the events that did not settle it.
  private func hold(
    _ commits: inout [WorkCommit], _ silent: [Int], linked: [ObjectID: Linked], to branch: String?
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
    for index in silent where commits[index].buried.isEmpty {
      guard let linked = linked[commits[index].id] else {
        if commits[index].bets.isEmpty, own.count > 1 { commits[index].bets = own.map { .id($0) } }
        continue
      }
      for commit in linked.commits {
        let disputed = try ledger.disputed(commit.hex, linked.bets, besides: own)
        if !disputed.bets.isEmpty { commits[index].bets = disputed.bets.map { .id($0) } }
        doubts += disputed.doubts
      }
    }
    return doubts
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
  /// It does not where somebody has unlinked the commit, or one with the same change: that is how prose is told from a
  /// name.
  package func isBuriedWord(of commit: ObjectID, for bet: BetID) throws -> Bool? {
    guard let taken = try ledger.bet(bet)?.unlinkedCommits else { return nil }
    if taken.isEmpty { return true }
    return try !taken.contains(commit) && !changesTheSame(commit, asOneOf: taken)
  }

  private func changesTheSame(_ id: ObjectID, asOneOf others: Set<ObjectID>) throws(GitError) -> Bool {
    let changes = Changes(repository)
    func step(_ id: ObjectID) throws(GitError) -> Changes.Step? {
      guard try repository.kind(of: id) == .commit, let commit = try repository.commit(id) else { return nil }
      return try changes.step(of: commit)
    }
    guard let own = try step(id), let paths = try changes.paths(of: own) else { return false }
    for other in others.sorted().prefix(LedgerSite.mostCompared) {
      guard let step = try step(other), try changes.paths(of: step) == paths else { continue }
      try changes.find([own, step])
      if let change = try changes.id(of: own), try changes.id(of: step) == change { return true }
    }
    return false
  }

  private static let mostCompared = 100

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
