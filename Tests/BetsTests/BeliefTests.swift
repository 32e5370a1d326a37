import Bets
import Testing

@Suite("what was believed before") struct BeliefTests {
  @Test(
    arguments: [
      (
        "14 of 20 interviewed learners gave up browsing", "learners gave up browsing in 12 of 15 interviews",
        true
      ),
      ("learners give up browsing", "half of the searches end on the second page", false),
      ("support asked for exports", "support is asked for exports of invoices every week", true),
      ("people want it", "people want it", false),
      ("customers ask for it", "customers ask for it", false),
      ("the checkout page loads slowly on phones", "The checkout pages load slowly on old phone", true),
      ("", "", false),
      ("ESC \u{1B}[2J is no word", "ESC \u{1B}[2J is no word", false),
    ])
  func `nearly the same reasons share most of their words`(_ left: String, _ right: String, _ isSame: Bool) {
    #expect((Belief(left).shared(with: Belief(right)) != nil) == isSame)
    #expect((Belief(right).shared(with: Belief(left)) != nil) == isSame)
  }

  @Test func `a long reason does not swallow every short one`() {
    let long = Belief((1...200).map { "word\(String(repeating: "x", count: $0))" }.joined(separator: " "))
    #expect(long.shared(with: Belief("learners gave up browsing")) == nil)
  }
}
