import BetReports
import Testing

@Suite("columns of a terminal") struct ColumnsTests {
  @Test(arguments: [
    ("plain", 5), ("", 0), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국", 4), ("ｆｕｌｌ", 8), ("👍🏽 ok", 5),
    ("👨‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("→ … ▁▂█", 7), ("Ж", 1), ("עברית", 5), ("🇩🇪", 2),
  ]) func `a wide character takes two`(text: String, columns: Int) {
    #expect(text.columns == columns)
  }
}
