import BetReports
import Testing

@Suite struct DisplayTextTests {
  @Test func `what is put into a text is made printable, and what is written in it is not touched`() {
    let name = "a\u{1B}[2J\nb"
    let text: DisplayText = "one\n  \(name, .bold): \(3) of \("\(name, .red)" as DisplayText)"
    #expect(text.rendered(inColour: false) == "one\n  a\\u{1b}[2J\\u{a}b: 3 of a\\u{1b}[2J\\u{a}b")
    let escapes = text.rendered(inColour: true).split(separator: "\u{1B}").dropFirst().map { $0.prefix(4) }
    #expect(escapes.map { String($0.prefix { $0 != "m" }) } == ["[1", "[0", "[31", "[0"])
    #expect(text.count == text.rendered(inColour: false).count)
  }

  @Test(arguments: [
    ("::error::x", "", "\\u{3a}:error::x"), ("  ", "::x", "  \\u{3a}:x"), (":", ":x", "\\u{3a}:x"),
    ("\u{3000}", "::x", "\u{3000}\\u{3a}:x"), ("#", "#[x]", "#\\u{23}[x]"),
    ("a ##", "vso[x]", "a #\\u{23}vso[x]"),
    ("###teamcity[x", "", "##\\u{23}teamcity[x"), ("a ::b", " ## c [d] ##-[", "a ::b ## c [d] ##-["),
    (":sparkles: new", "", ":sparkles: new"), ("##", "", "##"), (":", "", ":"),
  ])
  func `no host takes a line for a command, and other words stay`(one: String, two: String, shown: String) {
    #expect(("\(one)\(two, .faint)" as DisplayText).rendered(inColour: false) == shown)
    #expect(
      ("note: x\n\(one)\(two)\nnote: y" as DisplayText).rendered(inColour: false)
        == "note: x\n\(shown)\nnote: y")
    let inside = ("note: \(one)\(two)" as DisplayText).rendered(inColour: false)
    #expect(inside == "note: " + (shown.contains("3a}") ? one + two : shown))
  }

  @Test func `JSON spells what hosts and terminals act on, and reads as it was`() {
    #expect(
      JSON.quoted("##vso[x] \u{AD}\u{E0041}\u{1B}\n\"\\")
        == ##""#\u0023vso[x] \u00ad\udb40\udc41\u001b\n\"\\""##)
    #expect(JSON.quoted("### می‌خواهم 👩\u{200D}👧") == "\"#\\u0023# می‌خواهم 👩\u{200D}👧\"")
  }
}
