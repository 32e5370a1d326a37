import Bets
import Git
import GitFormats

/// What the remote has already: nobody is asked about that again.
extension PushJudge {
  /// The pushed ref's counterpart and the remote's main branch: a few look-ups, whatever the number of refs.
  func cheapHides(_ update: RefUpdate) throws(GitError) -> [ObjectID] {
    let hides = try nearest(update)
    return hides.isEmpty ? try allHides(update) : hides
  }

  /// At most three commits; what they reach was not looked at when the update was judged.
  func nearest(_ update: RefUpdate) throws(GitError) -> [ObjectID] {
    let head = try remote.headBranch(in: repository)
    var hides = try known([update.remoteID])
    for branch in head.map({ [$0] }) ?? ["main", "master"] where settings.isShip(branch, remoteHead: head) {
      hides += try shipped([remote.tip(of: branch, in: repository)], update)
    }
    return hides
  }

  /// Everything that has shipped: the pushed ref's counterpart and the ship branches.
  ///
  /// What lies on the remote only as a draft or on another feature branch has not. Where no ship branch is known,
  /// every branch but the drafts counts.
  func allHides(_ update: RefUpdate) throws(GitError) -> [ObjectID] {
    let head = try remote.headBranch(in: repository)
    let branches = try remote.branches(in: repository)
    let ships = branches.filter { settings.isShip($0.name, remoteHead: head) }
    let hidden = ships.isEmpty ? branches.filter { !settings.isDraft($0.name) } : ships
    return try known([update.remoteID]) + shipped(hidden.map(\.tip), update)
  }

  /// The tips of ship branches, as far as they say what was there before.
  ///
  /// When CI judges what was pushed, the branch it was pushed to has it.
  private func shipped(_ tips: [ObjectID?], _ update: RefUpdate) throws(GitError) -> [ObjectID] {
    var known = try known(tips)
    if isRange {
      let end = update.localID
      let landed = try known.map { tip throws(GitError) in try walk.isReachable(end, from: [tip]) }
      known = zip(known, landed).filter { !$1 }.map(\.0)
    }
    return known
  }

  /// Those that are commits here: a remote may hold what was never fetched.
  private func known(_ ids: [ObjectID?]) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    for case let id? in ids where !id.isZero {
      if let tip = try repository.peel(id), try repository.kind(of: tip) == .commit { found.append(tip) }
    }
    return found
  }
}
