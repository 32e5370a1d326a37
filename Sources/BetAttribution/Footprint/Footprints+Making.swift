import Bets
import Git

extension Footprints {
  /// Cost: the commits since the bet's oldest, each read once, and the diffs of its files.
  package func footprint(of bet: BetID) throws -> Footprint {
    var footprint = Footprint(bet: bet, place: place)
    guard let tip = place?.tip, let tree = try repository.commit(tip)?.tree else { return footprint }
    let shipped = try attribution.commits(of: bet)
    let unshipped = try unshipped(of: bet)
    var wanted = shipped.map { (time: $0.time, id: $0.id) }
    if shipTips.isEmpty { wanted += unshipped.values.map { ($0.commitTime, $0.id) } }
    wanted.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    let history = try BetHistory(from: tip, backTo: wanted.map(\.id), walk)
    let reverted = try history.reverted(walk)
    let own = history.sorted(wanted.map(\.id))

    func line(_ commit: RawCommit, _ standing: Footprint.Standing) -> Footprint.Commit {
      let title = WorkCommit(id: commit.id, message: commit.shownMessage).title
      return Footprint.Commit(
        id: commit.id, time: commit.commitTime, title: title, isMerge: commit.parents.count > 1,
        standing: standing, revertedBy: reverted[commit.id])
    }
    func newestFirst(_ commits: some Sequence<RawCommit>) -> [RawCommit] {
      commits.sorted { ($0.commitTime, $0.id) > ($1.commitTime, $1.id) }
    }
    let pending = unshipped.values.filter { !history.contains($0.id) }
    let away = try shipped.map(\.id).filter { !history.contains($0) }.compactMap {
      try repository.commit($0)
    }
    footprint.commits =
      newestFirst(pending).map { line($0, .unshipped) }
      + own.map { line($0, unshipped[$0.id] == nil ? .here : .unshipped) }
      + newestFirst(away).map { line($0, .elsewhere) }

    let territory = try Territory(of: own.reversed().map(\.id), in: repository)
    let store = LineStore(repository, limit: Footprints.limit)
    footprint.incomplete = territory.incomplete.sorted()
    let lines = SurvivingLines(of: territory, in: tree, repository: repository, store: store) { history }
    let places = try lines.places()
    footprint.files = try places.map { try file($0, lines) }
    footprint.otherChanges = try otherChanges(of: own)
    footprint.reverting = try Reverting(own, in: history, reverted: reverted, walk)
    try findNeighbours(
      of: &footprint, on: territory, and: Set(places.map(\.path)), in: history, without: Set(own.map(\.id)))
    return footprint
  }

  func file(_ place: SurvivingLines.Place, _ lines: SurvivingLines) throws -> Footprint.File {
    let rows = lines.rows(of: place)
    let isNew = rows.first?.old == nil
    func made(
      brought: Int?, surviving: Int?, isWhole: Bool, reason: OverlapReport.Reason? = nil
    ) -> Footprint.File {
      Footprint.File(
        path: place.path, brought: brought, surviving: surviving, isGone: place.blob == nil,
        isWhole: isWhole && place.blob != nil, reason: reason)
    }
    var brought: Int?
    do throws(LineStore.Unreadable) {
      brought = try lines.brought(to: place)
      let (found, count) = try lines.lines(in: place)
      return made(
        brought: brought, surviving: found.lineCount, isWhole: isNew && found.lineCount == count)
    } catch {
      switch error {
      case .because(let reason):
        // What is gone has no lines, whatever it was; what nobody has changed since is the bet's.
        let isSame = isNew && place.blob == rows.last?.new
        return made(
          brought: brought, surviving: place.blob == nil ? 0 : nil, isWhole: isSame, reason: reason)
      case .failed(let failure): throw failure
      }
    }
  }

  private func otherChanges(of commits: [RawCommit]) throws(GitError) -> [Footprint.OtherChange] {
    var found: Set<Footprint.OtherChange> = []
    for commit in commits where commit.parents.count < 2 {
      let before = try commit.parents.first.flatMap { id throws(GitError) in try repository.commit(id)?.tree }
      if before == nil, !commit.parents.isEmpty { continue }
      let diff = try repository.treeDiff(from: before, to: commit.tree, limit: Territory.largestCommit)
      for change in try repository.renamed(in: diff.changes) {
        if let what = change.kind { found.insert(.init(path: change.path, what: what)) }
      }
    }
    return found.sorted {
      $0.path == $1.path ? $0.what < $1.what : $0.path.lexicographicallyPrecedes($1.path)
    }
  }

  private func findNeighbours(
    of footprint: inout Footprint, on territory: Territory, and places: Set<[UInt8]>, in history: BetHistory,
    without own: Set<ObjectID>
  ) throws {
    var found: [BetID: Footprint.Neighbour] = [:]
    for bet in try bets(restingOn: footprint.bet) { found[bet.id] = .init(bet: bet.id, buildsOn: true) }
    let isPending = shipTips.isEmpty
    let pending =
      try isPending ? place.map { try unshipped(on: "HEAD", $0.tip) } ?? [] : []
    let pendingBets = Dictionary(pending.map { ($0.commit.id, $0.bets) }) { $1 }
    var paths = places
    for row in territory.rows { paths.formUnion([row.path] + (row.oldPath.map { [$0] } ?? [])) }
    var others: [BetID: [RawCommit]] = [:]
    var left = Footprints.comparedCommits
    for commit in history.commits where !own.contains(commit.id) && commit.parents.count < 2 {
      let bets = try pendingBets[commit.id] ?? attribution.bets(of: commit.id)
      if bets.isEmpty || paths.isEmpty { continue }
      left -= 1
      guard left >= 0 else { continue }
      let before = try commit.parents.first.flatMap { try repository.commit($0)?.tree }
      let changes = try repository.treeDiff(from: before, to: commit.tree, limit: Territory.largestCommit)
      guard changes.changes.contains(where: { paths.contains($0.path) }) else { continue }
      for bet in bets { others[bet, default: []].append(commit) }
    }
    footprint.uncompared = max(0, -left)
    let finder = OverlapFinder(
      repository, territories: [footprint.bet: territory], limit: Footprints.limit)
    for (bet, commits) in others.sorted(by: { $0.key < $1.key }) {
      let overlaps = try finder.overlaps(of: commits, keepsSlight: true).overlaps
      guard !overlaps.isEmpty else { continue }
      found[bet, default: .init(bet: bet, buildsOn: false)].lines = overlaps.reduce(0) { $0 + $1.lineCount }
      found[bet]?.paths = Set(overlaps.map(\.path)).sorted { $0.lexicographicallyPrecedes($1) }
    }
    footprint.neighbours = found.values.sorted { $0.bet < $1.bet }
  }
}

extension FileChange {
  /// What is done to something that has no lines, or to no line; nil where content changes.
  fileprivate var kind: String? {
    guard let new else { return "deleted" }
    if new.mode.isSubmodule || old?.mode.isSubmodule == true { return "submodule" }
    if new.mode.isSymbolicLink || old?.mode.isSymbolicLink == true { return "symbolic link" }
    if isModeChange { return "mode" }
    return oldPath != nil && old?.id == new.id ? "renamed" : nil
  }
}
