import Bets
import Testing

@Suite struct AppetiteTests {
  @Test(arguments: [
    ("15 commits", "15 commits"), ("1 commit", "1 commit"), ("1 commits", "1 commit"),
    ("800 lines", "800 lines"),
    ("800 line", "800 lines"), ("999999999 lines", "999999999 lines"),
  ])
  func `an appetite is a number of commits or lines`(_ text: String, _ printed: String) {
    #expect(Appetite(text)?.description == printed)
  }

  @Test(arguments: [
    "", "15", "commits", "commits 15", "0 commits", "-1 commits", "1.5 commits", "15 days", "15 Commits",
    "15 commits a week", "15 commitss", "15 s", "fifteen commits", "1000000000 lines",
    "99999999999999999999 lines", "１５ commits",
  ])
  func `anything else is none, and no event may hold it`(_ text: String) throws {
    #expect(Appetite(text) == nil)
    var history = History("search")
    #expect(throws: EventProblem.self) { try history.declare([.appetite: text]) }
    // Somebody else's tool wrote it all the same.
    history = History("search")
    history.add(
      message: eventMessage(
        "Event: declared", "Bet: search", "Seq: 1", "Ledger-Version: 1", "If: x", "Expect: it rises to 5",
        "Because: z", "Appetite: \(text)"))
    #expect(history.entries.first?.readable == nil)
  }
}
