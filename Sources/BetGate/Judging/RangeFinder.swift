import Bets
import Git

/// Finds what a pushed ref brings: what the remote has already, nobody is asked about again.
///
/// What it has is told by the refs of the remote as they were last seen here, and by the value that the pushed ref had.
struct RangeFinder {
  let repository: Repository
  let settings: Settings
  let snapshot: RemoteSnapshot
  let walk: RangeWalk
  let isRange: Bool

  /// At least what the push brings: only the pushed ref's counterpart and the remote's main branch are subtracted.
  ///
  /// A few look-ups, whatever the number of refs.
  func superset(of update: RefUpdate, tip: ObjectID) throws(GitError) -> PushRange {
    let nearest = try nearest(update)
    let hidden = try nearest.isEmpty ? shipped(update) : nearest
    return PushRange(
      update: update, tip: tip, hidden: hidden, commits: try walk.commits(from: [tip], hiding: hidden))
  }

  /// Just what the push brings: everything that has shipped is subtracted.
  func exact(of update: RefUpdate, tip: ObjectID) throws(GitError) -> PushRange {
    let hidden = try shipped(update)
    let listed = try walk.commits(from: [tip], hiding: hidden)
    return PushRange(update: update, tip: tip, hidden: hidden, commits: try unpublished(listed, hidden))
  }

  private func nearest(_ update: RefUpdate) throws(GitError) -> [ObjectID] {
    let head = try snapshot.headBranch()
    var hidden = try known([update.remoteID])
    for branch in head.map({ [$0] }) ?? ["main", "master"] where settings.isShip(branch, remoteHead: head) {
      hidden += try before(update, [snapshot.tip(of: branch)])
    }
    return hidden
  }

  /// What lies on the remote only as a draft or on another feature branch has not shipped. Where no ship branch is
  /// known, every branch but the drafts counts.
  private func shipped(_ update: RefUpdate) throws(GitError) -> [ObjectID] {
    let branches = try snapshot.branches()
    let head = try snapshot.headBranch()
    let ships = branches.filter { settings.isShip($0.name, remoteHead: head) }
    let hidden = ships.isEmpty ? branches.filter { !settings.isDraft($0.name) } : ships
    return try known([update.remoteID]) + before(update, hidden.map(\.tip))
  }

  /// The tips of ship branches, as far as they say what was there before.
  ///
  /// When CI judges what was pushed, the branch it was pushed to has it.
  private func before(_ update: RefUpdate, _ tips: [ObjectID?]) throws(GitError) -> [ObjectID] {
    let tips = try known(tips)
    guard isRange else { return tips }
    var before: [ObjectID] = []
    for tip in tips where try !walk.isReachable(update.localID, from: [tip]) { before.append(tip) }
    return before
  }

  /// Those that are commits here: a remote may hold what was never fetched.
  private func known(_ ids: [ObjectID?]) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    for case let id? in ids where !id.isZero {
      if let tip = try repository.peelToCommit(id) { found.append(tip) }
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
