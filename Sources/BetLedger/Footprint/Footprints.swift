import Bets
import Git

/// Says what bets have left behind in the branch that ships, and which bets a file rests on.
///
/// The branch is the main ship branch of the first remote that has one, else `HEAD`.
public final class Footprints {
  /// How many bytes may be read and compared for one answer: some seconds.
  static let limit = 512 << 20
  /// How many commits of other bets are compared with a bet's lines.
  static let comparedCommits = 500

  let repository: Repository
  let ledger: Ledger
  let attribution: Attribution
  let walk: RangeWalk
  public let place: Footprint.Place?
  private let settings: Settings
  private let remotes: [Remote]
  private let judge: PushJudge
  /// What these reach has shipped; empty when no ship branch is known.
  private let shipTips: [OID]
  /// Local branches with the name of one that ships, for when nobody has shipped anything.
  private let ownShips: [(name: String, tip: OID)]

  /// `remotes` are the configured ones, the most important first.
  public init(
    _ repository: Repository, _ ledger: Ledger, _ attribution: Attribution, settings: Settings,
    remotes names: [String]
  ) throws {
    self.repository = repository
    self.ledger = ledger
    self.attribution = attribution
    self.settings = settings
    remotes = names.map { Remote(name: $0) }
    walk = try RangeWalk(repository)
    judge = try PushJudge(repository, ledger, settings: settings, remote: .here)
    shipTips = try Attribution.tips(repository, names, settings)
    ownShips = try Remote.here.ships(in: repository, settings: settings, head: nil).filter { ship in
      try repository.kind(of: ship.tip) == .commit
    }
    place = try Footprints.place(repository, remotes, settings)
  }

  private static func place(_ repository: Repository, _ remotes: [Remote], _ settings: Settings) throws
    -> Footprint.Place?
  {
    for remote in repository.isBare ? [.here] : remotes {
      let head = try remote.headBranch(in: repository)
      let ships = try remote.ships(in: repository, settings: settings, head: head)
      guard let ship = ships.first(where: { $0.name == head }) ?? ships.first,
        let tip = try repository.peel(ship.tip), try repository.kind(of: tip) == .commit
      else { continue }
      return .init(name: (remote.name.map { "\($0)/" } ?? "") + ship.name, tip: ObjectID(tip))
    }
    return try repository.headCommit().map { .init(name: "HEAD", tip: ObjectID($0)) }
  }

  // MARK: Commits

  /// A branch here or at a remote, as it was last fetched.
  public struct Branch: Hashable, Sendable {
    public let bet: BetID
    /// As people call it: `bet/search`, `origin/bet/search`.
    public let name: String
    let branch: String
    let tip: OID
  }

  /// The branches that belong to some bets, by configuration, by the ledger, or by name, and have not shipped in full.
  public func branches(of bets: Set<BetID>) throws -> [Branch] {
    var found: [Branch] = []
    for place in [.here] + remotes {
      for (name, id) in try place.branches(in: repository) {
        guard let bet = try judge.link(ofBranch: name)?.bet.id, bets.contains(bet),
          let tip = try repository.peel(id), try repository.kind(of: tip) == .commit,
          try !walk.isReachable(tip, from: shipTips)
        else { continue }
        let shown = (place.name.map { "\($0)/" } ?? "") + name
        found.append(Branch(bet: bet, name: shown, branch: name, tip: tip))
      }
    }
    return found
  }

  /// The commits of a branch that have not shipped, with the bets that they belong to.
  func unshipped(on ref: String, _ tip: OID) throws -> [(commit: RawCommit, bets: [BetID])] {
    let hides = shipTips.isEmpty ? ownShips.map(\.tip).filter { $0 != tip } : shipTips
    // What cannot be judged says nothing: the gate has its say about it when it is pushed.
    let commits = try walk.commits(from: [tip], hiding: hides).filter { (try? WorkCommit($0)) != nil }
    let update = RefUpdate(
      localRef: ref, localID: ObjectID(tip), remoteRef: "refs/heads/HEAD", remoteID: .zero)
    let work = try judge.work(update, commits, [])
    return zip(commits, work.commits).map { commit, read in
      // With nothing to tell it from, all of history would belong to the branch.
      let names = read.bets.isEmpty && !hides.isEmpty ? [work.link?.bet ?? .none] : read.bets
      return (commit, names.compactMap(\.id))
    }
  }

  /// What has not shipped of a bet, on `HEAD` and on the bet's branches.
  private func unshipped(of bet: BetID) throws -> [OID: RawCommit] {
    var starts = try repository.headCommit().map { [("HEAD", $0)] } ?? []
    if shipTips.isEmpty { starts += ownShips.map { ("refs/heads/\($0.name)", $0.tip) } }
    starts += try branches(of: [bet]).map { ("refs/heads/\($0.branch)", $0.tip) }
    var found: [OID: RawCommit] = [:]
    for (ref, tip) in starts {
      for (commit, bets) in try unshipped(on: ref, tip) where bets.contains(bet) { found[commit.id] = commit }
    }
    return found
  }

  // MARK: The footprint

  /// Cost: the commits since the bet's oldest, each read once, and the diffs of its files.
  public func footprint(of bet: BetID) throws -> Footprint {
    var footprint = Footprint(bet: bet, place: place)
    guard let tip = place?.tip.oid, let tree = try repository.commit(tip)?.tree else { return footprint }
    let shipped = try attribution.commits(of: bet)
    let unshipped = try unshipped(of: bet)
    var wanted = shipped.compactMap { commit in commit.id.oid.map { (time: commit.time, id: $0) } }
    if shipTips.isEmpty { wanted += unshipped.values.map { ($0.commitTime, $0.id) } }
    wanted.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    let history = try BetHistory(from: tip, backTo: wanted.map(\.id), walk)
    let reverted = try history.reverted(walk)
    let own = history.sorted(wanted.map(\.id))

    func line(_ commit: RawCommit, _ standing: Footprint.Standing) -> Footprint.Commit {
      let title = WorkCommit(id: ObjectID(commit.id), message: commit.message).title
      return Footprint.Commit(
        id: ObjectID(commit.id), time: commit.commitTime, title: title, isMerge: commit.parents.count > 1,
        standing: standing, revertedBy: reverted[commit.id].map { ObjectID($0) })
    }
    func newestFirst(_ commits: some Sequence<RawCommit>) -> [RawCommit] {
      commits.sorted { ($0.commitTime, $0.id) > ($1.commitTime, $1.id) }
    }
    let pending = unshipped.values.filter { !history.contains($0.id) }
    let away = try shipped.compactMap { $0.id.oid }.filter { !history.contains($0) }.compactMap {
      try repository.commit($0)
    }
    footprint.commits =
      newestFirst(pending).map { line($0, .unshipped) }
      + own.map { line($0, unshipped[$0.id] == nil ? .here : .unshipped) }
      + newestFirst(away).map { line($0, .elsewhere) }

    let territory = try Territory(of: own.reversed().map(\.id), in: repository)
    let store = LineStore(repository, limit: Footprints.limit)
    footprint.incomplete = territory.incomplete.sorted().map { ObjectID($0) }
    let lines = SurvivingLines(territory, in: tree, repository, store) { history }
    let places = try lines.places()
    footprint.files = try places.map { try file($0, lines) }
    footprint.otherChanges = try otherChanges(of: own)
    footprint.reverting = try Reverting(own, in: history, reverted: reverted, walk)
    try findNeighbours(&footprint, territory, Set(places.map(\.path)), Set(own.map(\.id)), history)
    return footprint
  }

  private func file(_ place: SurvivingLines.Place, _ lines: SurvivingLines) throws -> Footprint.File {
    let rows = lines.rows(of: place)
    let isNew = rows.first?.old == nil
    func made(_ brought: Int?, _ surviving: Int?, _ isWhole: Bool, _ reason: OverlapReport.Reason?)
      -> Footprint.File
    {
      Footprint.File(
        path: place.path, brought: brought, surviving: surviving, isGone: place.blob == nil,
        isWhole: isWhole && place.blob != nil, reason: reason)
    }
    var brought: Int?
    do throws(LineStore.Unreadable) {
      brought = try lines.brought(to: place)
      let (found, count) = try lines.lines(in: place)
      return made(brought, found.lineCount, isNew && found.lineCount == count, nil)
    } catch {
      switch error {
      case .because(let reason):
        // What is gone has no lines, whatever it was; what nobody has changed since is the bet's.
        let isSame = isNew && place.blob == rows.last?.new
        return made(brought, place.blob == nil ? 0 : nil, isSame, reason)
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

  // MARK: Others

  /// The bets that rest on one, at any depth; a validated one stands on its own.
  public func bets(restingOn bet: BetID) throws -> [Bet] {
    let bets = try ledger.readableBets().filter { $0.state != .validated && $0.id != bet }
    var reached: Set<BetID> = [bet]
    var found: [Bet] = []
    while true {
      let next = bets.filter { !reached.contains($0.id) && !reached.isDisjoint(with: $0.buildsOn) }
      if next.isEmpty { return found.sorted { $0.id < $1.id } }
      found += next
      reached.formUnion(next.map(\.id))
    }
  }

  private func findNeighbours(
    _ footprint: inout Footprint, _ territory: Territory, _ places: Set<[UInt8]>, _ own: Set<OID>,
    _ history: BetHistory
  ) throws {
    var found: [BetID: Footprint.Neighbour] = [:]
    for bet in try bets(restingOn: footprint.bet) { found[bet.id] = .init(bet: bet.id, buildsOn: true) }
    let isPending = shipTips.isEmpty
    let pending =
      try isPending ? place?.tip.oid.map { try unshipped(on: "HEAD", $0) } ?? [] : []
    let pendingBets = Dictionary(pending.map { ($0.commit.id, $0.bets) }) { $1 }
    var paths = places
    for row in territory.rows { paths.formUnion([row.path] + (row.oldPath.map { [$0] } ?? [])) }
    var others: [BetID: [RawCommit]] = [:]
    var left = Footprints.comparedCommits
    for commit in history.commits where !own.contains(commit.id) && commit.parents.count < 2 {
      let bets = try pendingBets[commit.id] ?? attribution.bets(of: ObjectID(commit.id))
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

  // MARK: A short answer

  /// What is left of a bet in the branch that ships.
  public enum Remainder: Sendable {
    /// So many lines; `untold` files have lines that cannot be told.
    case lines(Int, untold: Int)
    /// So many commits have shipped, more than are looked into.
    case commits(Int)
  }

  /// The lines that are left of a bet's shipped commits, when there are no more than `limit` of those.
  public func remainder(of bet: BetID, limit: Int) throws -> Remainder {
    let commits = try attribution.commits(of: bet)
    guard commits.count <= limit else { return .commits(commits.count) }
    guard let tip = place?.tip.oid, let tree = try repository.commit(tip)?.tree else {
      return .lines(0, untold: 0)
    }
    let ids = commits.compactMap(\.id.oid)
    let territory = try Territory(of: ids, in: repository)
    let store = LineStore(repository, limit: OverlapFinder.limit)
    let lines = SurvivingLines(territory, in: tree, repository, store) { [walk] () throws(GitError) in
      try BetHistory(from: tip, backTo: ids, walk)
    }
    var (count, untold) = (0, 0)
    for place in try lines.places() {
      let file = try file(place, lines)
      if let surviving = file.surviving { count += surviving } else { untold += 1 }
    }
    return .lines(count, untold: untold)
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
