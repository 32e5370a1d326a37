import BetLedger

/// Finds what a pushed ref brings: what the remote has already, nobody is asked about again.
///
/// What it has is told by the refs of the remote as they were last seen here, and by the value that the pushed ref had.
final class RangeFinder {
  private let site: LedgerSite
  /// Of the remote that is pushed to.
  private let snapshot: RemoteSnapshot
  private let walk: RangeWalk
  private let isRange: Bool
  private var shipped = Once<[(name: String, tip: ObjectID)]>()

  init(site: LedgerSite, snapshot: RemoteSnapshot, walk: RangeWalk, isRange: Bool) {
    self.site = site
    self.snapshot = snapshot
    self.walk = walk
    self.isRange = isRange
  }

  /// At least what the push brings: only the pushed ref's counterpart and the remote's main branch are subtracted.
  ///
  /// A few look-ups, whatever the number of refs.
  func superset(of update: RefUpdate, tip: ObjectID) throws -> PushRange {
    let nearest = try nearest(update)
    if nearest.isEmpty { return try range(of: update, tip: tip, without: ours(update), and: home(update)) }
    return PushRange(
      update: update, tip: tip, hidden: nearest, commits: try walk.commits(from: [tip], hiding: nearest))
  }

  /// Just what the push brings: everything that has shipped is subtracted, there or at home.
  func exact(of update: RefUpdate, tip: ObjectID) throws -> PushRange {
    var range = try range(of: update, tip: tip, without: ours(update), and: home(update))
    range.commits = try unpublished(range.commits, range.hidden)
    return range
  }

  private func range(
    of update: RefUpdate, tip: ObjectID, without ours: [ObjectID],
    and home: [(tip: ObjectID, place: Decision.Place)]
  ) throws -> PushRange {
    let hidden = ours + home.map(\.tip)
    let carried = try home.first {
      try walk.isReachable($0.tip, from: [tip]) && !walk.isReachable($0.tip, from: ours)
    }
    return PushRange(
      update: update, tip: tip, hidden: hidden, commits: try walk.commits(from: [tip], hiding: hidden),
      elsewhere: carried?.place)
  }

  private func nearest(_ update: RefUpdate) throws -> [ObjectID] {
    var hidden = try known([update.remoteID])
    for branch in try site.home.headBranch().map({ [$0] }) ?? Settings.mainBranches
    where try site.isShip(branch) {
      hidden += try before(update, known([snapshot.tip(of: branch)]).map { (branch, $0) })
    }
    return hidden
  }

  /// What has shipped where the push goes: what lies there only as a draft or on another feature branch has not. Where
  /// no ship branch is known, every branch but the drafts counts.
  private func ours(_ update: RefUpdate) throws -> [ObjectID] {
    let shipped = try shipped.get {
      let ships = try site.ships(of: snapshot)
      let branches =
        ships.isEmpty ? try snapshot.branches().filter { try !site.settings.isDraft($0.name) } : ships
      return try branches.compactMap { branch in try known([branch.tip]).first.map { (branch.name, $0) } }
    }
    return try known([update.remoteID]) + before(update, shipped)
  }

  /// What has shipped at home, for a push to another remote. The branches of a repository without a remote have gone
  /// nowhere yet.
  private func home(_ update: RefUpdate) throws -> [(tip: ObjectID, place: Decision.Place)] {
    let home = try site.home
    guard let name = home.remote.name, try !site.isHome(snapshot.remote) else { return [] }
    return try site.ships(of: home).flatMap { ship in
      try known([ship.tip]).map { ($0, Decision.Place(remote: name, branch: ship.name)) }
    }
  }

  /// The tips of ship branches, as far as they say what was there before.
  ///
  /// When CI judges what was pushed, the branch it was pushed to has it; so does a branch that was cut from that one
  /// since. What it was cut from itself had it before: the main branch, or one whose name comes earlier.
  private func before(_ update: RefUpdate, _ ships: [(name: String, tip: ObjectID)]) throws -> [ObjectID] {
    var before: [ObjectID] = []
    for (name, tip) in ships {
      if try !isRange || isBefore(name, update) || !walk.isReachable(update.localID, from: [tip]) {
        before.append(tip)
      }
    }
    return before
  }

  private func isBefore(_ ship: String, _ update: RefUpdate) throws -> Bool {
    guard try site.isShip(ship) else { return false }
    guard let target = update.remoteBranch, try site.isShip(target) else { return true }
    let main = try site.mainShip
    if ship == target || target == main { return false }
    return ship == main || ship.utf8.lexicographicallyPrecedes(target.utf8)
  }

  /// Those that are commits here: a remote may hold what was never fetched.
  private func known(_ ids: [ObjectID?]) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    for case let id? in ids where !id.isZero {
      if let tip = try site.repository.peelToCommit(id) { found.append(tip) }
    }
    return found
  }

  /// With dates that lie a walk may list what the remote has; nobody is blamed for that.
  ///
  /// What is reachable brings all its ancestors along, so only the oldest listed commits need to be asked about.
  private func unpublished(_ listed: [RawCommit], _ hidden: [ObjectID]) throws(GitError) -> [RawCommit] {
    var left = listed
    var asked: Set<ObjectID> = []
    while true {
      let ids = Set(left.map(\.id))
      let oldest = left.filter { !asked.contains($0.id) && !$0.parents.contains(where: ids.contains) }
      var published: Set<ObjectID> = []
      for commit in oldest where try walk.isReachable(commit.id, from: hidden) { published.insert(commit.id) }
      if published.isEmpty { return left }
      asked.formUnion(oldest.map(\.id))
      left.removeAll { published.contains($0.id) }
    }
  }
}
