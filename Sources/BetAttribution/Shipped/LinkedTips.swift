import BetLedger

/// The tips of branches that are linked to a bet and still known, here or as a remote's: a commit with the tree of
/// one may be its squash merge.
///
/// Branches that are linked by their name alone are left out: every branch would have to be looked at.
struct LinkedTips {
  struct Tip: Hashable {
    let commit: ObjectID
    let tree: ObjectID
    let bet: BetID
  }

  /// More look-ups than these cost more than one listing.
  private static let fewLookups = 64

  let tips: [Tip]
  private let byTree: [ObjectID: [Tip]]

  init(_ site: LedgerSite) throws {
    let repository = site.repository
    var bets = try site.ledger.links().branches
    for (branch, name) in try site.settings.branchBets where !name.isEmpty { bets[branch] = BetName(name).id }
    let isShip = try bets.isEmpty ? { _ in false } : site.shipTest()
    for branch in bets.keys where isShip(branch) { bets[branch] = nil }
    var tips: Set<Tip> = []
    let remotes = Remote.names(in: try site.config)
    for (branch, id) in try LinkedTips.ids(of: bets.keys, remotes, repository) {
      guard let bet = bets[branch], let tip = try repository.peelToCommit(id),
        let commit = try repository.commit(tip)
      else { continue }
      tips.insert(Tip(commit: tip, tree: commit.tree, bet: bet))
    }
    self.tips = Array(tips)
    byTree = Dictionary(grouping: tips, by: \.tree)
  }

  /// Where the branches stand, here and in each remote.
  private static func ids(
    of branches: some Collection<String>, _ remotes: [String], _ repository: Repository
  ) throws(GitError) -> [(branch: String, id: ObjectID)] {
    let places = ["refs/heads/"] + remotes.map { "refs/remotes/\($0)/" }
    var found: [(branch: String, id: ObjectID)] = []
    if branches.count * places.count > fewLookups {
      let wanted = Set(branches)
      for place in places {
        for ref in try repository.references(under: place) {
          let branch = String(ref.name.dropFirst(place.count))
          if wanted.contains(branch), case .direct(let id) = ref.target { found.append((branch, id)) }
        }
      }
      return found
    }
    for place in places {
      for branch in branches {
        do throws(GitError) {
          if case .direct(let id)? = try repository.reference(place + branch) { found.append((branch, id)) }
        } catch {
          // The ledger may name anything; what is no name of a branch is no branch.
          guard error.code == .invalidName else { throw error }
        }
      }
    }
    return found
  }

  /// The bet of the branch that a commit is the squash merge of; nil when there is none, or several claim it.
  func bet(ofSquash commit: RawCommit, _ walk: RangeWalk) throws(GitError) -> BetID? {
    var bets: Set<BetID> = []
    for tip in byTree[commit.tree] ?? [] where try walk.isSquash(commit, of: tip.commit) {
      bets.insert(tip.bet)
    }
    return bets.count == 1 ? bets.first : nil
  }
}

extension RangeWalk {
  /// Whether a commit that has the tree of a branch's tip brings the whole branch at once.
  ///
  /// It changes something, and neither has the other in its history: else a branch that was started a moment ago,
  /// with nothing of its own, would claim the commit that it stands on.
  func isSquash(_ commit: RawCommit, of tip: ObjectID) throws(GitError) -> Bool {
    guard commit.id != tip else { return false }
    let before = try commit.parents.first.flatMap { parent throws(GitError) in try repository.commit(parent) }
    guard commit.tree != before?.tree ?? .emptyTree else { return false }
    if try isReachable(commit.id, from: [tip]) { return false }
    return try !isReachable(tip, from: [commit.id])
  }
}
