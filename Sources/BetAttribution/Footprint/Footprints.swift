import BetLedger

/// Says what bets have left behind in the branch that ships, and which bets a file rests on.
///
/// The branch is home's main ship branch, else `HEAD`.
package final class Footprints {
  /// How many bytes may be read and compared for one answer: some seconds.
  static let limit = 512 << 20
  /// How many commits of other bets are compared with a bet's lines.
  static let comparedCommits = 500

  let site: LedgerSite
  let repository: Repository
  let attribution: Attribution
  let walk: RangeWalk
  package let place: Footprint.Place?
  private let remotes: [RemoteSnapshot]
  private let reader: WorkReader
  /// What these reach has shipped; empty when no ship branch is known.
  let shipTips: [ObjectID]
  /// Local branches with the name of one that ships, for when nobody has shipped anything.
  private let ownShips: [(name: String, tip: ObjectID)]

  package init(_ site: LedgerSite, _ attribution: Attribution) throws {
    self.site = site
    self.attribution = attribution
    let repository = site.repository
    self.repository = repository
    let settings = try site.settings
    let names = Remote.names(in: try site.config)
    remotes = (names.filter { $0 == "origin" } + names.filter { $0 != "origin" })
      .map { site.snapshot(of: Remote(name: $0)) }
    walk = try attribution.walk
    reader = WorkReader(site, attribution)
    shipTips = try attribution.shipTips()
    // HEAD is what somebody works on, no word about what ships.
    ownShips = try site.snapshot(of: .here).branches().filter { branch in
      try settings.isShip(branch.name, remoteHead: nil) && repository.kind(of: branch.tip) == .commit
    }
    place = try Footprints.place(in: site)
  }

  private static func place(in site: LedgerSite) throws -> Footprint.Place? {
    let (home, repository) = (try site.home, site.repository)
    if let ship = try site.ships(of: home).first, let tip = try repository.peelToCommit(ship.tip) {
      return .init(name: (home.remote.name.map { "\($0)/" } ?? "") + ship.name, tip: tip)
    }
    return try repository.headCommit().map { .init(name: "HEAD", tip: $0) }
  }

  /// A branch here or at a remote, as it was last fetched.
  package struct Branch: Hashable, Sendable {
    package let bet: BetID
    /// As people call it: `bet/search`, `origin/bet/search`.
    package let name: String
    let branch: String
    let tip: ObjectID
  }

  /// The branches that belong to some bets, by configuration, by the ledger, or by name, and have not shipped in full.
  package func branches(of bets: Set<BetID>) throws -> [Branch] {
    var found: [Branch] = []
    for place in [site.snapshot(of: .here)] + remotes {
      for (name, id) in try place.branches() {
        guard let bet = try site.link(ofBranch: name)?.bet.id, bets.contains(bet),
          let tip = try repository.peelToCommit(id),
          try !walk.isReachable(tip, from: shipTips)
        else { continue }
        let shown = (place.remote.name.map { "\($0)/" } ?? "") + name
        found.append(Branch(bet: bet, name: shown, branch: name, tip: tip))
      }
    }
    return found
  }

  /// The commits of a branch that have not shipped, with the bets that they belong to.
  func unshipped(on ref: String, _ tip: ObjectID) throws -> [(commit: RawCommit, bets: [BetID])] {
    let hides = shipTips.isEmpty ? ownShips.map(\.tip).filter { $0 != tip } : shipTips
    // What cannot be judged says nothing: the gate has its say about it when it is pushed.
    let commits = try walk.commits(from: [tip], hiding: hides).filter { (try? WorkCommit($0)) != nil }
    let update = RefUpdate(
      localRef: ref, localID: tip, remoteRef: "refs/heads/HEAD", remoteID: .zero)
    let work = try reader.work(of: update, commits, .coming(hiding: hides, isRange: false))
    return zip(commits, work.commits).map { commit, read in
      // With nothing to tell it from, all of history would belong to the branch.
      let names = read.bets.isEmpty && !hides.isEmpty ? [work.link?.bet ?? .none] : read.bets
      return (commit, names.compactMap(\.id))
    }
  }

  /// What has not shipped of a bet, on `HEAD` and on the bet's branches.
  func unshipped(of bet: BetID) throws -> [ObjectID: RawCommit] {
    var starts = try repository.headCommit().map { [("HEAD", $0)] } ?? []
    if shipTips.isEmpty { starts += ownShips.map { ("refs/heads/\($0.name)", $0.tip) } }
    starts += try branches(of: [bet]).map { ("refs/heads/\($0.branch)", $0.tip) }
    var found: [ObjectID: RawCommit] = [:]
    for (ref, tip) in starts {
      for (commit, bets) in try unshipped(on: ref, tip) where bets.contains(bet) { found[commit.id] = commit }
    }
    return found
  }

  /// The bets that rest on one, at any depth; a validated one stands on its own.
  package func bets(restingOn bet: BetID) throws -> [Bet] {
    let bets = try site.ledger.readableBets().filter { $0.state != .validated && $0.id != bet }
    var reached: Set<BetID> = [bet]
    var found: [Bet] = []
    while true {
      let next = bets.filter { !reached.contains($0.id) && !reached.isDisjoint(with: $0.buildsOn) }
      if next.isEmpty { return found.sorted { $0.id < $1.id } }
      found += next
      reached.formUnion(next.map(\.id))
    }
  }

  /// What is left of a bet in the branch that ships.
  package enum Remainder: Sendable {
    /// So many lines; `untold` files have lines that cannot be told.
    case lines(Int, untold: Int)
    /// So many commits have shipped, more than are looked into.
    case commits(Int)
  }

  /// The lines that are left of a bet's shipped commits, when there are no more than `limit` of those.
  package func remainder(of bet: BetID, limit: Int) throws -> Remainder {
    let commits = try attribution.commits(of: bet)
    guard commits.count <= limit else { return .commits(commits.count) }
    guard let tip = place?.tip, let tree = try repository.commit(tip)?.tree else {
      return .lines(0, untold: 0)
    }
    let ids = commits.map(\.id)
    let territory = try Territory(of: ids, in: repository)
    let store = LineStore(repository, limit: OverlapFinder.limit)
    let lines = SurvivingLines(of: territory, in: tree, repository: repository, store: store) {
      [walk] () throws(GitError) in
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
