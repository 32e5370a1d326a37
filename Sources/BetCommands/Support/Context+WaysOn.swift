import BetLedger
import BetReports

extension Context {
  /// What is needed to tell the ways on from a decision.
  ///
  /// `site` is another one than this context's own where a push is being received.
  func place(
    of decision: Decision, remote: String?, ledgerRefspec: String? = nil, in site: LedgerSite? = nil
  ) throws -> WaysOn.Place {
    let site = try site ?? self.site
    var around = Surroundings(isServer: ledgerRefspec != nil)
    // Both list the ledger.
    if decision.findings.contains(where: { $0.rule == .undeclared }) {
      around.declared = try site.ledger.ids()
    }
    if decision.findings.contains(where: { $0.rule == .unlinked }) {
      around.openBets = try site.ledger.digests().filter(\.state.isUndecided).map(\.id)
    }
    let folder = try site.settings.draftPatterns.map(\.text)
      .first { $0.hasSuffix("/*") && !$0.dropLast().contains("*") }.map { String($0.dropLast()) }
    return WaysOn.Place(
      remote: remote, draftFolder: folder, ledgerRefspec: ledgerRefspec,
      isLedgerSynced: try ledgerRefspec != nil && site.comesBySync,
      untracked: decision.isBlocked ? try site.untrackedHome : nil, surroundings: around)
  }
}
