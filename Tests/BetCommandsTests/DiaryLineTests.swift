import TestSupport
import Testing

@Suite("a diary's lines") struct DiaryLineTests {
  @Test func `say no verb twice, and of a note where it comes from and how much it weighs`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.bet("note", "search", "-m", "found it at once", "--weight", "3", "--source", "mail of Ann")
    try repository.bet("amend", "search", "--check-by", "2w")
    try repository.bet("close", "search", "inconclusive", "--evidence", "seen", "--observed", "2.4")
    try repository.bet("reopen", "search", "--because", "more came")
    try repository.bet("unlink", "search", "bet/search")
    let lines = try repository.bet("show", "search").text.split(separator: "\n").drop { $0 != "diary" }
    let told = lines.map {
      $0.split(separator: " ", maxSplits: 2).last.map(String.init)?.trimmingSpaces ?? ""
    }
    #expect(
      told.contains("noted      (weight 3, from mail of Ann) found it at once  (Ada Author)"), "\(told)")
    for words in [
      "linked     bet/search", "unlinked   bet/search", "amended    Check-By", "observed   2.4",
      "reopened   search",
    ] {
      #expect(told.contains { $0.hasPrefix(words + "  (") }, "\(words) in \(told)")
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String { String(drop { $0 == " " }) }
}
