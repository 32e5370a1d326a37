import Bets

/// Which branches and commits the ledger's `linked` events give to which bet. Read once, when first asked.
final class LedgerLinks {
  private let ledger: Ledger
  private var branches: [String: BetID] = [:]
  private var commits: [ObjectID: [BetID]] = [:]
  private var isRead = false

  init(_ ledger: Ledger) { self.ledger = ledger }

  /// The bet that a branch is linked to; the first by id when several claim it.
  func bet(ofBranch branch: String) throws(LedgerError) -> BetID? {
    try read()
    return branches[branch]
  }

  func bets(ofCommit commit: ObjectID) throws(LedgerError) -> [BetID] {
    try read()
    return commits[commit] ?? []
  }

  private func read() throws(LedgerError) {
    guard !isRead else { return }
    for bet in try ledger.readableBets() {
      for branch in bet.linkedBranches where branches[branch] == nil { branches[branch] = bet.id }
      for commit in bet.linkedCommits { commits[commit, default: []].append(bet.id) }
    }
    isRead = true
  }
}
