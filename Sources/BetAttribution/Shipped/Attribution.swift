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
  }

  /// A commit that has shipped.
  package struct Commit: Hashable, Sendable {
    package let id: ObjectID
    /// The committer's seconds since 1970.
    package let time: Int64
    package let source: Source
  }

  private let site: LedgerSite
  private var read = Once<Reading>()
  private var walked = Once<RangeWalk>()
  package let changes: Changes

  /// The walk that this process has: what one question has read the next one knows.
  package var walk: RangeWalk {
    get throws(GitError) { try walked.get { () throws(GitError) in try RangeWalk(site.repository) } }
  }

  package init(_ site: LedgerSite) {
    self.site = site
    changes = Changes(site.repository)
  }

  /// What was read at the first question.
  private struct Reading {
    let shipTips: [ObjectID]
    let index: ShipIndex
    let linkedCommits: [ObjectID: [BetID]]
    let branches: LinkedTips
    let claims: Claims
    /// What shipped commits were made of, by the commit.
    let traces: [ObjectID: [ShipIndex.Trace]]
    /// What belongs to a bet though its message does not say so.
    var others: [BetID: [Commit]] = [:]
    /// The rows of the sayings that name a bet.
    let rows: [String: [Int]]
  }

  private func reading() throws -> Reading {
    try read.get {
      let linkedCommits = try site.ledger.links().commits
      let branches = try LinkedTips(site, walk: walk)
      let shipTips = try site.shipTips()
      let index = try ShipIndexer(
        site.repository, tips: shipTips,
        // An id of another hash is no commit here, and has no place in the index.
        linked: linkedCommits.keys.filter { $0.sha1 != nil }, linkedTips: branches.tips, walk: try walk,
        changes: changes
      ).index()
      var rows = [[Int]](repeating: [], count: index.names.count)
      for row in 0..<index.sayings.count {
        let name = index.sayings.name(at: row)
        if rows.indices.contains(name) { rows[name].append(row) }
      }
      var reading = Reading(
        shipTips: shipTips, index: index, linkedCommits: linkedCommits, branches: branches,
        claims: Claims(
          of: branches.tips.filter { !index.merged.contains($0.commit) }, hiding: shipTips,
          walk: try walk, changes: changes),
        traces: Dictionary(grouping: index.traces, by: \.commit),
        rows: Dictionary(zip(index.names, rows)) { $1 })
      try collectOthers(&reading)
      return reading
    }
  }

  /// Where the ship branches stand.
  package func shipTips() throws -> [ObjectID] { try reading().shipTips }

  /// The shipped commits of a bet, the oldest first.
  package func commits(of bet: BetID) throws -> [Commit] {
    let reading = try reading()
    let rows = reading.rows[bet.name] ?? []
    let own = try rows.compactMap { reading.index.sayings.saying(at: $0) }.filter { saying in
      try !saying.isBuried || site.isBuriedWord(of: saying.commit, for: bet) == true
    }
    let said = own.map {
      Commit(id: $0.commit, time: $0.time, source: $0.isBuried ? .buried : .trailer)
    }
    return (said + (reading.others[bet] ?? [])).sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  /// The ids that shipped commits belong to, sorted; they need not be declared.
  package func shippedBets() throws -> [BetID] {
    let reading = try reading()
    return Set(reading.index.names.compactMap { BetID(ifValid: $0) } + reading.others.keys).sorted()
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
      let bets = reading.linkedCommits[commit]
    {
      return (bets, .linked)
    }
    var bets: Set<BetID> = []
    let sources = (reading.traces[commit] ?? []).map(\.source)
    for source in sources {
      bets.formUnion(try reading.claims.bets(of: commit, madeOf: source).compactMap(\.id))
    }
    return (Array(bets), sources.contains { $0.kind == .copy } ? .copy : .squash)
  }

  /// The commits whose own words name no bet that counts, by the bet that they belong to all the same.
  private func collectOthers(_ reading: inout Reading) throws {
    var times = reading.index.linked.compactMapValues { $0 }
    for trace in reading.index.traces { times[trace.commit] = trace.time }
    for (commit, time) in times {
      let (bets, source) = try belonging(of: commit, reading)
      guard source != .trailer, source != .buried else { continue }
      for bet in bets {
        reading.others[bet, default: []].append(Commit(id: commit, time: time, source: source))
      }
    }
  }

  /// Who claims what is pushed without a bet's name: the linked branches, less what `hidden` reach.
  ///
  /// `includingMerged` where what has shipped is judged as it came: else a branch that has shipped in full claims nothing.
  func claims(hiding hidden: [ObjectID], includingMerged: Bool) throws -> Claims {
    let reading = try reading()
    let tips = reading.branches.tips.filter { includingMerged || !reading.index.merged.contains($0.commit) }
    return Claims(of: tips, hiding: hidden, walk: try walk, changes: changes)
  }
}

extension LedgerSite {
  /// The tips of home's ship branches, as far as they are commits that are here.
  fileprivate func shipTips() throws -> [ObjectID] {
    try ships(of: home).compactMap { try repository.peelToCommit($0.tip) }
  }
}
