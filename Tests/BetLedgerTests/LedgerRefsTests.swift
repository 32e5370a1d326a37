import BetLedger
import Testing

@Suite struct LedgerRefsTests {
  @Test(arguments: [
    ("refs/bets/search", true), ("refs/bets-remote/origin/search", true), ("refs/heads/bets/x", false),
    ("refs/betsy/x", false), ("refs/tags/v1", false),
  ])
  func `the ledger's own refs are known`(ref: String, isLedger: Bool) throws {
    let update = try #require(
      RefUpdate(line: "x \(String(repeating: "1", count: 40)) \(ref) \(ObjectID.zero)"))
    #expect(update.isLedger == isLedger)
    #expect((update.remoteBranch == nil) == !ref.hasPrefix("refs/heads/"))
  }
}
