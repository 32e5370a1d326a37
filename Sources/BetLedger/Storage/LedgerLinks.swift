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
}
