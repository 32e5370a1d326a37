import Bets
import Git

/// A branch that carries the ledger is the ledger: nobody's work, and nothing that is deleted by the way.
extension LedgerSite {
  /// The branch of `bet.ledgerBranch`, in full; nil where the ledger has refs of its own.
  package var carrierRef: String? {
    get throws(GitError) {
      try config.last { $0.key == ConfigKey.ledgerBranch.key }?.value.flatMap {
        $0.isEmpty ? nil : "refs/heads/\($0)"
      }
    }
  }

  /// Whether the ledger comes and goes with `git bet sync` alone.
  package var comesBySync: Bool {
    get throws { try carrierRef != nil || LedgerPeer.all(in: config).contains(where: \.isElsewhere) }
  }

  /// Whether an update is about the ledger itself, by its refs or by the branch that carries it: never judged.
  ///
  /// The setting alone takes no work out of the gate's sight: a ship branch carries no ledger, nor does a branch of
  /// anything but carriers.
  package func isLedger(_ update: RefUpdate) throws -> Bool {
    if update.isLedger { return true }
    guard try isCarrier(update), try repository.kind(of: update.localID) == .commit else { return false }
    return try repository.commit(update.localID)?.isCarrier ?? false
  }

  /// Whether an update deletes or moves a part of the ledger that the remote has.
  package func mayHarmLedger(_ update: RefUpdate) throws -> Bool {
    try update.mayHarmLedger
      || !update.remoteID.isZero && update.localID != update.remoteID && isCarrier(update)
  }

  private func isCarrier(_ update: RefUpdate) throws -> Bool {
    guard let ref = try carrierRef, update.remoteRef == ref, let branch = update.remoteBranch else {
      return false
    }
    return try !isShip(branch)
  }
}
