import GitFormats
import Testing

@Suite struct TrailersStraysTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let input: String
    /// Line, reason and value of each stray.
    let expected: [String]
    var testDescription: String { input }
  }

  @Test(arguments: [
    Case(input: "s⏎⏎Bet: a⏎", expected: []),
    Case(input: "", expected: []),
    Case(input: "Bet: a⏎", expected: ["1 inTitle a"]),
    Case(input: "s⏎bet : a b ⏎", expected: ["2 inTitle a b"]),
    Case(input: "⏎Bet: a⏎⏎Bet: b⏎", expected: ["2 inTitle a"]),
    Case(input: "s⏎⏎Bet: a⏎⏎Co-authored-by: B <b@c>⏎", expected: ["3 notLastParagraph a"]),
    Case(
      input: "s⏎⏎* c1⏎⏎Bet: a⏎⏎* c2⏎⏎BET: b⏎⏎* c3⏎",
      expected: ["5 notLastParagraph a", "9 notLastParagraph b"]),
    Case(input: "s⏎⏎prose⏎Bet: a⏎Bet: b⏎", expected: ["4 mixedParagraph a", "5 mixedParagraph b"]),
    Case(input: "s⏎⏎prose⏎Bet: a⏎Signed-off-by: A <a@b>⏎", expected: []),
    Case(input: "s⏎⏎  Bet: a⏎", expected: ["3 indented a"]),
    Case(input: "s⏎⏎Bet: a⏎⇥Bet: b⏎", expected: ["4 indented b"]),
    Case(input: "s⏎⏎Bet: a⏎# c⏎ Bet: b⏎", expected: ["3 mixedParagraph a", "5 indented b"]),
    Case(input: "s⏎⏎Bet: a⏎✂Bet: b⏎", expected: ["5 afterScissors b"]),
    Case(input: "s⏎⏎Bet: a␀⏎Bet: b⏎", expected: ["4 afterNUL b"]),
    Case(input: "s⏎⏎Bet: a⏎---⏎Bet:⏎", expected: ["3 mixedParagraph a", "5 mixedParagraph "]),
    Case(input: "s⏎⏎Bet: a⏎⏎Conflicts:⏎⇥Bet: b⏎", expected: ["6 indented b"]),
    Case(input: "s⏎⏎Bet: a⏎⏎-- ⏎name⏎", expected: ["3 notLastParagraph a"]),
    Case(input: "s⏎⏎Bet: ␦⏎⏎prose", expected: ["3 notLastParagraph \u{FFFD}"]),
    Case(input: "s⏎⏎- Bet: a⏎Bet= a⏎Betty: a⏎# Bet: a⏎", expected: []),
    Case(input: "Bet", expected: []),
  ])
  func `a line that looks like a trailer and is none is reported`(_ trial: Case) throws {
    let strays = try Trailers.strays(of: "Bet", in: bytes(trial.input))
    #expect(strays.map { "\($0.line) \($0.reason) \($0.value)" } == trial.expected)
  }

  @Test func `an indented line says so wherever it stands`() throws {
    let strays = try Trailers.strays(of: "Bet", in: bytes("s⏎⏎ Bet: a⏎⏎Bet: b⏎⏎prose⏎"))
    #expect(strays.map(\.indented) == [true, false])
    #expect(strays.map(\.reason) == [.notLastParagraph, .notLastParagraph])
  }

  @Test func `several keys are looked for at once, each under the name that was asked for`() throws {
    let strays = try Trailers.strays(of: "Bet", "Builds-On", in: bytes("s⏎⏎builds-on : a⏎BET:b⏎⏎prose⏎"))
    #expect(strays.map { "\($0.line) \($0.key) \($0.value)" } == ["3 Builds-On a", "4 Bet b"])
  }

  @Test func `every reason has a sentence of its own`() {
    let sentences = Set(StrayTrailer.Reason.allCases.map(\.sentence))
    #expect(sentences.count == StrayTrailer.Reason.allCases.count)
  }

  @Test(arguments: [
    ("s⏎⏎Bet: a⏎", true), ("bet", true), ("s⏎ ⇥BET-Override: x", true), ("s⏎Override: x", true),
    ("s⏎⏎A bet: a⏎", false), ("", false), ("be", false), ("⏎ ⏎", false), ("s␀⏎Bet: a", true),
  ])
  func `the prefilter answers whether a line begins with a key`(_ input: String, _ expected: Bool) {
    let keys = ["Bet", "override"].map { Array($0.utf8) }
    #expect(Trailers.mention(keys, in: bytes(input)) == expected)
  }
}
