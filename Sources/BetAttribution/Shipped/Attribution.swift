import BetLedger
import Bets
import Git
import GitFormats

// BetAttribution: whose work is it? It says which commits belong to which bet (`Shipped`), whose lines some work touches
// (`Overlap`), and what of a bet is left in the code (`Footprint`). What it keeps under the git directory is a cache, which
// may be deleted and is made again. The room knows no rules: what follows from its answers is the gate's to say.

/// Which commits on the ship branches belong to which bet.
///
/// A commit's own word comes first: the `Bet:` trailers of its block, where the block has none the buried lines that
/// name a declared bet. Then what the ledger links, then the linked branch that it is the squash merge of. The link
/// of a branch says nothing of commits on other branches. What history says comes from an index, and what the ledger
/// says is asked now: nothing that is kept can be outdated by a declaration or a link.
package final class Attribution {
  /// How a commit is known to belong to a bet.
  package enum Source: String, Sendable {
    case trailer, buried, linked, squash
  }

  /// A commit that has shipped.
  package struct Commit: Hashable, Sendable {
    package let id: ObjectID
    /// The committer's seconds since 1970.
    package let time: Int64
    package let source: Source
  }

  /// Where the ship branches stand.
  package let shipTips: [ObjectID]
  private let ledger: Ledger
  private let index: ShipIndex
  private let linkedCommits: [ObjectID: [BetID]]
  /// The bets of linked branches, by their tips.
  private let tips: [ObjectID: [BetID]]
  /// What belongs to a bet though its message does not say so.
  private var others: [BetID: [Commit]] = [:]
  /// The rows of the sayings that name it, by the name's position in the index.
  private lazy var rows: [[Int]] = {
    var rows = [[Int]](repeating: [], count: index.names.count)
    for row in 0..<index.sayings.count {
      let name = index.sayings.name(at: row)
      if rows.indices.contains(name) { rows[name].append(row) }
    }
    return rows
  }()
  private lazy var numbers = Dictionary(index.names.enumerated().map { ($1, $0) }) { $1 }

  /// Brings the index up to date with the ship branches of the configured remotes, of a bare repository with its own.
  ///
  /// Cost: what those branches have gained since it was last asked; all of their history the first time.
  package init(_ repository: Repository, _ ledger: Ledger, settings: Settings) throws {
    self.ledger = ledger
    let links = LedgerLinks(ledger)
    linkedCommits = try links.commits()
    let branches = try LinkedTips(repository, links, settings: settings)
    shipTips = try Attribution.shipTips(in: repository, remotes: ledger.remotes, settings: settings)
    index = try ShipIndexer(
      repository, tips: shipTips,
      // An id of another hash is no commit here, and has no place in the index.
      linked: linkedCommits.keys.filter { $0.sha1 != nil }, linkedTips: branches.tips
    ).index()
    tips = Dictionary(grouping: branches.tips, by: \.commit).mapValues { $0.map(\.bet) }
    try collectOthers()
  }

  private static func shipTips(
    in repository: Repository, remotes: [String], settings: Settings
  ) throws -> [ObjectID] {
    var tips: [ObjectID] = []
    for place in repository.isBare ? [.here] : remotes.map({ Remote(name: $0) }) {
      let ships = try place.ships(in: repository, settings: settings, head: place.headBranch(in: repository))
      for (_, id) in ships {
        if let tip = try repository.peelToCommit(id) { tips.append(tip) }
      }
    }
    return tips
  }

  /// The shipped commits of a bet, the oldest first.
  package func commits(of bet: BetID) throws -> [Commit] {
    let rows = numbers[bet.name].map { self.rows[$0] } ?? []
    let own = try rows.compactMap { index.sayings.saying(at: $0) }.filter { saying in
      try !saying.isBuried || ledger.bet(bet) != nil
    }
    let said = own.map {
      Commit(id: $0.commit, time: $0.time, source: $0.isBuried ? .buried : .trailer)
    }
    return (said + (others[bet] ?? [])).sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  /// The ids that shipped commits belong to, sorted; they need not be declared.
  package var shippedBets: [BetID] {
    Set(index.names.compactMap { BetID(ifValid: $0) } + others.keys).sorted()
  }

  /// The bets that a commit belongs to; none for one that has not shipped.
  package func bets(of commit: ObjectID) throws -> [BetID] {
    try belonging(of: commit).bets
  }

  /// Since when the bet is out, and how much of it; nil when nothing of it has shipped.
  package func shipment(of bet: BetID) throws -> Shipment? {
    let commits = try commits(of: bet)
    return commits.first.map { Shipment(commit: $0.id, time: $0.time, commits: commits.count) }
  }

  private func belonging(of commit: ObjectID) throws -> (bets: [BetID], source: Source) {
    let said = index.sayings.of(commit)
    let named = said.compactMap { index.bet($0) }
    if said.contains(where: { !$0.isBuried }) { return (named, .trailer) }
    let buried = try named.filter { try ledger.bet($0) != nil }
    if !buried.isEmpty { return (buried, .buried) }
    if let isShipped = index.linked[commit], isShipped != nil, let bets = linkedCommits[commit] {
      return (bets, .linked)
    }
    // Where several claim it, nobody can tell.
    let bets = Set(index.squashes.filter { $0.commit == commit }.flatMap { tips[$0.tip] ?? [] })
    return (bets.count == 1 ? Array(bets) : [], .squash)
  }

  /// The commits whose own words name no bet that counts, by the bet that they belong to all the same.
  private func collectOthers() throws {
    var times = index.linked.compactMapValues { $0 }
    for squash in index.squashes { times[squash.commit] = squash.time }
    for (commit, time) in times {
      let (bets, source) = try belonging(of: commit)
      guard source == .linked || source == .squash else { continue }
      for bet in bets {
        others[bet, default: []].append(Commit(id: commit, time: time, source: source))
      }
    }
  }
}
