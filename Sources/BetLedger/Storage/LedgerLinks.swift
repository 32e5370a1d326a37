import Bets
import Git
import GitFormats

/// Which branches and commits the ledger's `linked` events give to which bet. Read once, when first asked.
package final class LedgerLinks {
  private let ledger: Ledger
  private var read: Links?

  private struct Links {
    /// The first bet by id, when several claim a branch.
    var branches: [String: BetID] = [:]
    var commits: [ObjectID: [BetID]] = [:]
  }

  package init(_ ledger: Ledger) { self.ledger = ledger }

  /// The configured remotes.
  package var remotes: [String] { ledger.remotes }

  package func bet(ofBranch branch: String) throws(LedgerError) -> BetID? { try links().branches[branch] }
  package func bets(ofCommit commit: ObjectID) throws(LedgerError) -> [BetID] {
    try links().commits[commit] ?? []
  }

  package func branches() throws(LedgerError) -> [String: BetID] { try links().branches }
  package func commits() throws(LedgerError) -> [ObjectID: [BetID]] { try links().commits }

  private func links() throws(LedgerError) -> Links {
    if let read { return read }
    var links = Links()
    for bet in try ledger.digests() {
      for branch in bet.linkedBranches where links.branches[branch] == nil { links.branches[branch] = bet.id }
      for commit in bet.linkedCommits { links.commits[commit, default: []].append(bet.id) }
    }
    read = links
    return links
  }
}
