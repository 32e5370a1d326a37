import TestSupport
import Testing

@Suite("what turned out to be wrong before") struct TrackRecordTests {
  @Test func `is told when a bet is placed for nearly the same reason, and only then`() throws {
    let (repository, _) = try TestRepository.withRemote()
    func declare(_ id: String, _ because: String) throws -> Run {
      try repository.bet(
        "declare", id, "--if", "we build \(id)", "--expect", "starts rise from 2 to 3", "--because", because)
    }
    _ = try declare("filters", "14 of 20 interviewed learners gave up browsing")
    #expect(try !declare("early", "interviewed learners gave up browsing").says("believed-before"))
    try repository.bet(
      "close", "filters", "invalidated", "--evidence", "nobody used them", "--learned", "they search")
    let run = try declare("search", "learners gave up browsing in 12 interviews")
    #expect(run.says("believed-before") && run.errorText.contains("what was learned: they search"))
    #expect(run.errorText.contains("words in both: browsing, gave, learner"))
    #expect(try !declare("exports", "support is asked for exports every week").says("believed-before"))
    let amended = try repository.bet("amend", "exports", "--because", "interviewed learners gave up browsing")
    #expect(amended.says("believed-before"))
  }
}
