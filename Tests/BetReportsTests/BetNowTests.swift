import BetReports
import TestSupport
import Testing

@Suite("a bet's JSON that is filled in later") struct BetNowTests {
  private let shipment = Shipment(commit: oid(7), time: Int64(today.number - 2) * 86_400, commits: 3)

  @Test func `is the one that is made at once`() throws {
    for title in hostile + ["plain"] {
      let bet = try openBet("search", title: title, claim: title, on: ["below"]).1
      let text = Array(try #require(bet.openJSON).printed(indent: 4).utf8)[...]
      let others = try [openBet("top", on: ["search"]), openBet("mid", on: ["search"])].map {
        BetDigest($0.1)
      }
      for (day, around, out) in [
        (today, BetsAround([]), nil), (Day(number: today.number + 400), BetsAround(others), shipment),
      ] {
        let now = BetNow(BetDigest(bet), today: day, around: around, shipment: out)
        #expect(
          String(decoding: now.filled(text, indent: 4), as: UTF8.self)
            == bet.json(today: day, around: around, shipment: out).printed(indent: 4))
      }
    }
  }

  @Test func `a name in a kept text that means nothing stays empty`() throws {
    let bet = try openBet("search").1
    let now = BetNow(BetDigest(bet), today: today, around: BetsAround([]), shipment: nil)
    let text = Array("\u{1}no such\u{1}, \u{1}waiting\u{1}, \u{1}9\u{1}, \u{1}age".utf8)
    #expect(String(decoding: now.filled(text[...], indent: 0), as: UTF8.self) == "null, [], false, 3")
  }

  /// Whoever changes what is kept raises the version, so that no older text is taken for it.
  @Test func `is of the version that is kept`() throws {
    let text = try #require(openBet("search", on: ["below"]).1.openJSON).printed()
    #expect(Bet.jsonVersion == 2)
    #expect(FNV(Array(text.utf8)).hex == "e914ccdde75772f9")
  }
}
