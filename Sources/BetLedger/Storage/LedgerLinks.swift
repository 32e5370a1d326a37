import Bets

/// Which branches and commits the ledger's `linked` events give to which bet.
package struct LedgerLinks {
  /// The first bet by id, when several claim a branch.
  package private(set) var branches: [String: BetID] = [:]
  package private(set) var commits: [ObjectID: [BetID]] = [:]
  /// The linked commits whose events tell what they change, by the author's clock.
  package private(set) var changes: [Int64: [CoveredCommit]] = [:]

  init(_ bets: [BetDigest]) {
    for bet in bets {
      for branch in bet.linkedBranches where branches[branch] == nil { branches[branch] = bet.id }
      for linked in bet.linkedCommits {
        commits[linked.commit, default: []].append(bet.id)
        guard linked.change != nil, let time = linked.authorTime else { continue }
        changes[time, default: []].append(linked)
      }
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

  /// Under the lock: the bets that have a branch or a commit, by its name or id, and the events that do not settle whose it
  /// is; nothing where one bet has it.
  ///
  /// `bets` are those that it is linked to, `others` those that would have it without a link. A link that somebody trusted
  /// has signed settles it.
  package func disputed(
    _ place: String, _ bets: [BetID], besides others: [BetID]
  ) throws(LedgerError) -> (bets: [BetID], doubts: [Reliance]) {
    guard let trusted else { return ([], []) }
    var (claims, signed, doubts): ([BetID], [BetID], [Reliance]) = ([], [], [])
    for id in bets {
      guard let linkers = try bet(id)?.linkers[place] else { continue }
      let links = linkers.filter { $0.readable?.kind == .linked }
      if links.contains(where: { trusted.contains($0.id) }) { signed.append(id) } else { claims.append(id) }
      for entry in linkers where !trusted.contains(entry.id) {
        doubts.append(Reliance(.change(id, entry.readable?.kind ?? .linked), entry))
      }
    }
    if !claims.isEmpty { claims += others.filter { !claims.contains($0) } }
    let all = signed.isEmpty ? claims : signed
    return all.count > 1 ? (all, doubts) : ([], [])
  }
}
