import TestSupport
import Testing

@Suite("a value") struct BetValueTests {
  @Test func `may begin with a dash, as numbers do`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.bet(
      "declare", "churn", "--if", "-x", "--expect", "-3 % churn, from 9", "--because", "--verbose habits",
      "--baseline", "-2", "--target", "<= -3", "--title", "- a title", "--instrument", "-i", "--instrument",
      "--j")
    try repository.bet("note", "churn", "-m", "-1 from Bob", "--source", "-")
    try repository.bet("close", "churn", "validated", "--yes", "--evidence", "-4 now", "--observed", "-4")
    let shown = try repository.bet("show", "churn", "--json")
    #expect(
      try shown.json(
        "d['bet']['claim']['Instrument'], d['bet']['observations'][0]['value']", with: repository)
        == "['-i', '--j'] -4.0")
    try repository.bet("reopen", "churn", "--because", "-")
  }
}
