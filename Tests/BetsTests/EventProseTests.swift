import Bets
import TestSupport
import Testing

@Suite("the text of an event") struct EventProseTests {
  private static let trailers = "\n\nEvent: noted\nBet: search\nSeq: 2\n"

  /// As the ledger's page has it, line by line: whatever ends a line, the title, and what follows it.
  private func expected(_ text: String) -> (subject: String, body: String) {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { Substring($0.last == 0x0D ? $0.dropLast() : $0) }
    let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
    let start = lines.drop(while: isBlank)
    let title = start.prefix { !isBlank($0) }
    let body = start.dropFirst(title.count).joined(separator: "\n").drop { $0 == "\n" }
    let end = body.lastIndex { $0 != "\n" }
    return (title.map { Text.trimmed($0) }.joined(separator: " "), end.map { String(body[...$0]) } ?? "")
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `is the title on one line and what stands between it and the trailers`(seed: UInt64) throws {
    var dice = Dice(state: seed)
    for _ in 0..<400 {
      var parts = (0..<Int.random(in: 0...12, using: &dice)).map { _ in
        dice.pick([
          "\n", "\n", "\n\n", "\r\n", "\r", " ", "\t", "word", "two words", "é\u{301}", "\u{A0}", ".",
        ])
      }
      // Without a title git reads no trailers.
      parts.insert("title", at: Int.random(in: 0...parts.count, using: &dice))
      let text = parts.joined() + Self.trailers
      let event = try Event(message: Array(text.utf8), diary: "search", isRoot: false)
      let (subject, body) = expected(parts.joined() + "\n\n")
      #expect(
        event.subject == subject && event.body.utf8.elementsEqual(body.utf8), "\(text.debugDescription)")
    }
  }
}
