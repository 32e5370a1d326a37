import Bets
import Testing

/// Several repositories with one ledger: an override that stands is one of the repository where it was given.
@Suite struct GateSharedLedgerTests {
  @Test(arguments: try rows()) func `an override is given in a repository`(_ row: GateRow) throws {
    try check(row)
  }

  private static func rows() throws -> [GateRow] {
    let bets = try [bet("search"), bet("ranking", .open, on: "search")]
    let stop = "follow-on ranking: search open"
    func row(
      _ sentence: String, until: String?, in repository: String?, isShared: Bool = true, _ finding: String
    ) -> GateRow {
      let cover = GateEvent.override(
        "follow-on", for: "ranking", blockedBy: ["search"], until: until, repository: repository)
      return GateRow(
        sentence, bets, [commit("ranking")],
        config: isShared ? ["bet.ledgerremote=https://example.org/ledger.git", "bet.repository=web"] : [],
        gate: [cover], [finding], finding == stop ? .unsatisfied : .overridden)
    }
    return [
      row("a standing one of another covers nothing here", until: "2026-06-30", in: "api", stop),
      row("a standing one of this covers", until: "2026-06-30", in: "web", "\(stop) (overridden)"),
      row("a standing one of none covers everywhere", until: "2026-06-30", in: nil, "\(stop) (overridden)"),
      row("one for a commit covers it wherever it goes", until: nil, in: "api", "\(stop) (overridden)"),
      row(
        "a standing one of a repository covers nothing where the ledger is not shared", until: "2026-06-30",
        in: "api", isShared: false, stop),
    ]
  }
}
