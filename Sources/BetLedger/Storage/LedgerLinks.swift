import Bets

/// Which branches and commits the ledger's `linked` events give to which bet.
package struct LedgerLinks {
  /// The first bet by id, when several claim a branch.
  package private(set) var branches: [String: BetID] = [:]
  package private(set) var commits: [ObjectID: [BetID]] = [:]

  init(_ bets: [BetDigest]) {
    for bet in bets {
      for branch in bet.linkedBranches where branches[branch] == nil { branches[branch] = bet.id }
      for commit in bet.linkedCommits { commits[commit, default: []].append(bet.id) }
    }
  }
}

extension Ledger {
  /// What is linked to which bet. Cost: a listing of all bets, the first time.
  package func links() throws(LedgerError) -> LedgerLinks {
    if let linked { return linked }
    let links = LedgerLinks(try digests())
    linked = links
    return links
  }

  /// Under the lock: every bet that a branch was ever given to by an event that nobody may take back, and those events; one
  /// that somebody trusted has signed settles it. Nothing without the lock, or where a single bet has it.
  package func disputed(_ branch: String, named: BetID?) throws(LedgerError) -> (
    bets: [BetID], doubts: [Reliance]
  ) {
    guard let trusted else { return ([], []) }
    var (claims, signed, doubts): ([BetID], [BetID], [Reliance]) = ([], [], [])
    for id in try digests().filter({ $0.linkedBranches.contains(branch) }).map(\.id) {
      guard let linkers = try bet(id)?.linkers[branch] else { continue }
      let links = linkers.filter { $0.readable?.kind == .linked }
      if links.contains(where: { trusted.contains($0.id) }) { signed.append(id) } else { claims.append(id) }
      for entry in linkers where !trusted.contains(entry.id) {
        doubts.append(Reliance(.change(id, entry.readable?.kind ?? .linked), entry))
      }
    }
    if signed.isEmpty, !claims.isEmpty, let named, !claims.contains(named) { claims.append(named) }
    let bets = signed.isEmpty ? claims : signed
    return bets.count > 1 ? (bets, doubts) : ([], [])
  }
}
