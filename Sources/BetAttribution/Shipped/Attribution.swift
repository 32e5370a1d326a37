import BetLedger

// BetAttribution: whose work is it? It says which commits belong to which bet (`Shipped`), whose lines some work touches
// (`Overlap`), and what of a bet is left in the code (`Footprint`). What it keeps under the git directory is a cache, which
// may be deleted and is made again. The room knows no rules: what follows from its answers is the gate's to say.

/// Which commits on the ship branches belong to which bet.
///
/// A commit's own word comes first: the `Bet:` trailers of its block, and beside them the buried lines that name a
/// declared bet. Then what the ledger links, then the linked branch that it was made of (see ``Claims``). What history
/// says comes from an index, and what the ledger
/// says is asked now: nothing that is kept can be outdated by a declaration or a link.
///
/// Reads nothing before the first question. The first one brings the index up to date with the ship branches: it costs
/// what those have gained since it was last asked, and all of their history the first time.
package final class Attribution {
  /// How a commit is known to belong to a bet.
  package enum Source: String, Sendable {
    case trailer, buried, linked
    /// It was made of a commit of a linked branch, or of all of one.
    case copy, squash
    /// A merge brought it, whose title names a linked branch.
    case merged
  }

  /// A commit that has shipped.
  package struct Commit: Hashable, Sendable {
    package let id: ObjectID
    /// The committer's seconds since 1970.
    package let time: Int64
    package let source: Source
  }

  let site: LedgerSite
  private var read = Once<Reading>()
  private var sorted = Once<Belongings>()
  private var standing = Once<[LinkedTips.Tip]>()
  var kept = Once<Grounds?>()
  private var walked = Once<RangeWalk>()
  package let changes: Changes
  /// What commits of bets changed, read once.
  package let territories: TerritoryCache

  /// The walk that this process has: what one question has read the next one knows.
  package var walk: RangeWalk {
    get throws(GitError) { try walked.get { () throws(GitError) in try RangeWalk(site.repository) } }
  }

  package init(_ site: LedgerSite) {
    self.site = site
    changes = Changes(site.repository)
    territories = TerritoryCache(site.repository)
  }

  /// What was read at the first question.
  private struct Reading {
    let index: ShipIndex
    let links: LedgerLinks
    /// The bets of the tips that merges have brought.
    let mergedBets: [ObjectID: Set<BetID>]
    let claims: Claims
    /// What shipped commits were made of, by the commit.
    let traces: [ObjectID: [ShipIndex.Trace]]
  }

  private func reading() throws -> Reading {
    try read.get {
      let (links, tips, shipTips) = try (site.ledger.links(), linkedTips(), shipTips())
      var merged: [String: BetID?] = [:]
      func bet(ofMerged branch: String) throws -> BetID? {
        if let known = merged[branch] { return known }
        let bet = try site.bet(ofMerged: branch)?.id
        merged[branch] = .some(bet)
        return bet
      }
      let index = try ShipIndexer(
        site.repository, tips: shipTips, linkedTips: tips,
        copies: LinkedCopies(links: links, changes: changes), walk: try walk
      ) { try bet(ofMerged: $0) != nil }.index()
      var mergedBets: [ObjectID: Set<BetID>] = [:]
      for (merge, isFollowed) in index.merges where isFollowed {
        if let bet = try bet(ofMerged: merge.branch) { mergedBets[merge.tip, default: []].insert(bet) }
      }
      return Reading(
        index: index, links: links, mergedBets: mergedBets,
        claims: Claims(
          of: tips.filter { !index.merged.contains($0.commit) }, hiding: shipTips, walk: try walk,
          changes: changes),
        traces: Dictionary(grouping: index.traces, by: \.commit))
    }
  }

  /// The commits of each bet, by all that is told of them.
  private struct Belongings {
    /// The rows of the sayings that name a bet.
    var rows: [String: [Int]] = [:]
    /// What belongs to a bet though its message does not say so.
    var others: [BetID: [Commit]] = [:]
  }

  private func belongings() throws -> Belongings {
    try sorted.get {
      let reading = try reading()
      var rows = [[Int]](repeating: [], count: reading.index.names.count)
      for row in 0..<reading.index.sayings.count {
        let name = reading.index.sayings.name(at: row)
        if rows.indices.contains(name) { rows[name].append(row) }
      }
      return Belongings(
        rows: Dictionary(zip(reading.index.names, rows)) { $1 }, others: try others(reading))
    }
  }

  private func linkedTips() throws -> [LinkedTips.Tip] {
    try standing.get { try LinkedTips(site, walk: walk).tips }
  }

  /// Where the ship branches stand.
  package func shipTips() throws -> [ObjectID] { try site.shipTips() }

  /// The shipped commits of a bet, the oldest first.
  package func commits(of bet: BetID) throws -> [Commit] {
    let (reading, belongings) = try (reading(), belongings())
    let rows = belongings.rows[bet.name] ?? []
    let own = try rows.compactMap { reading.index.sayings.saying(at: $0) }.filter { saying in
      try !saying.isBuried || site.isBuriedWord(of: saying.commit, for: bet) == true
    }
    let said = own.map {
      Commit(id: $0.commit, time: $0.time, source: $0.isBuried ? .buried : .trailer)
    }
    return (said + (belongings.others[bet] ?? [])).sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  /// The ids that shipped commits belong to, sorted; they need not be declared.
  package func shippedBets() throws -> [BetID] {
    let names = try reading().index.names.compactMap { BetID(ifValid: $0) }
    return Set(try names + belongings().others.keys).sorted()
  }

  /// Whether a bet is declared and not validated.
  func isUnproven(_ bet: BetID) throws -> Bool {
    try site.ledger.bet(bet).map { $0.state != .validated } ?? false
  }

  /// The bets that a commit belongs to, sorted; none for one that has not shipped.
  package func bets(of commit: ObjectID) throws -> [BetID] {
    try belonging(of: commit, reading()).bets.sorted()
  }

  /// Since when the bet is out, and how much of it; nil when nothing of it has shipped.
  package func shipment(of bet: BetID) throws -> Shipment? {
    let commits = try commits(of: bet)
    return commits.first.map { Shipment(commit: $0.id, time: $0.time, commits: commits.count) }
  }

  private func belonging(of commit: ObjectID, _ reading: Reading) throws -> (bets: [BetID], source: Source) {
    let said = reading.index.sayings.of(commit)
    let counting = try said.filter { saying in
      guard saying.isBuried, let bet = reading.index.bet(saying) else { return true }
      return try site.isBuriedWord(of: commit, for: bet) == true
    }
    if let first = counting.first(where: { !$0.isBuried }) ?? counting.first {
      return (counting.compactMap { reading.index.bet($0) }, first.isBuried ? .buried : .trailer)
    }
    if let isShipped = reading.index.linked[commit], isShipped != nil,
      let bets = reading.links.commits[commit]
    {
      return (bets, .linked)
    }
    return try belonging(of: commit, tracedTo: (reading.traces[commit] ?? []).map(\.source), reading)
  }

  /// The bets of what a commit was made of: a linked commit comes before a branch.
  private func belonging(
    of commit: ObjectID, tracedTo sources: [Claims.Source], _ reading: Reading
  ) throws -> (bets: [BetID], source: Source) {
    let linked = sources.filter { $0.kind == .copy }.flatMap { reading.links.commits[$0.commit] ?? [] }
    if !linked.isEmpty { return (Array(Set(linked)), .linked) }
    var bets: Set<BetID> = []
    for source in sources where source.kind != .merge {
      bets.formUnion(try reading.claims.bets(of: commit, madeOf: source).compactMap(\.id))
    }
    if !bets.isEmpty { return (Array(bets), sources.contains { $0.kind == .copy } ? .copy : .squash) }
    let tips = sources.filter { $0.kind == .merge && reading.mergedBets[$0.commit] != nil }.map(\.commit)
    for tip in tips where try !tips.contains(where: { try $0 != tip && walk.isReachable($0, from: [tip]) }) {
      bets.formUnion(reading.mergedBets[tip] ?? [])
    }
    return (Array(bets), .merged)
  }

  /// The commits whose own words name no bet that counts, by the bet that they belong to all the same.
  private func others(_ reading: Reading) throws -> [BetID: [Commit]] {
    var others: [BetID: [Commit]] = [:]
    var times = reading.index.linked.compactMapValues { $0 }
    for trace in reading.index.traces { times[trace.commit] = trace.time }
    for (commit, time) in times {
      let (bets, source) = try belonging(of: commit, reading)
      guard source != .trailer, source != .buried else { continue }
      for bet in bets { others[bet, default: []].append(Commit(id: commit, time: time, source: source)) }
    }
    return others
  }

  /// The linked commits that a commit was made of, sorted: see ``LinkedCopies``.
  package func originals(of commit: RawCommit) throws -> [ObjectID] {
    try LinkedCopies(links: reading().links, changes: changes).originals(of: commit)
  }

  /// The commits that a branch's tip reaches and no ship branch does, and that belong to a bet only because a branch says
  /// so; the youngest first.
  package func unnamed(on tip: ObjectID, of bet: BetID) throws -> [ObjectID] {
    let reading = try reading()
    let shipTips = try shipTips()
    let claims = try claims(by: [], hiding: shipTips, includingMerged: false)
    return try walk.commits(from: [tip], hiding: shipTips).filter { commit in
      guard try WorkCommit(commit).bets.isEmpty, reading.links.commits[commit.id] == nil else { return false }
      return try claims.bets(of: commit).contains(.id(bet))
    }.map(\.id)
  }

  /// Who claims what is pushed without a bet's name: the linked branches, those that stand and those that merges among the
  /// pushed commits name, less what `hidden` reach.
  ///
  /// `includingMerged` where what has shipped is judged as it came: else a branch that has shipped in full claims nothing.
  func claims(by commits: [RawCommit], hiding hidden: [ObjectID], includingMerged: Bool) throws -> Claims {
    var tips = try linkedTips()
    if !includingMerged, !tips.isEmpty {
      let merged = try reading().index.merged
      tips.removeAll { merged.contains($0.commit) }
    }
    let named = try LinkedTips.named(by: commits, site, walk: walk)
    return Claims(of: tips + named, hiding: hidden, walk: try walk, changes: changes)
  }
}

extension LedgerSite {
  /// The tips of home's ship branches, as far as they are commits that are here.
  func shipTips() throws -> [ObjectID] {
    try ships(of: home).compactMap { try repository.peelToCommit($0.tip) }
  }
}
