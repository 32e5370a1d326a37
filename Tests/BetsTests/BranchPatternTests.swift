import Bets
import TestSupport
import Testing

@Suite struct BranchPatternTests {
  @Test(arguments: [
    ("wip/*", "wip/x", true), ("wip/*", "wip/x/y", true), ("wip/*", "wip/", false), ("wip/*", "wip", false),
    ("wip/*", "my/wip/x", false), ("*", "a/b", true), ("main", "main", true), ("main", "mainly", false),
    ("main", "Main", false), ("*-wip", "a-wip", true), ("a*b*c", "a1b2c", true), ("a*b*c", "abc", false),
    ("a**b", "a1b", true), ("release/*.x", "release/1.x", true), ("", "", true), ("", "a", false),
    ("[ab]", "a", false), ("a?", "ab", false), ("é*", "éa", true), ("*", "\u{301}", true),
  ])
  func `a star stands for anything but nothing`(pattern: String, branch: String, matches: Bool) {
    #expect(BranchPattern(pattern).matches(branch) == matches)
  }

  @Test(
    arguments: [
      ("feature/{bet}", "feature/search", "search"),
      ("feature/{bet}", "feature/search-ranking", "search-ranking"),
      ("feature/{bet}", "feature/search/ui", nil), ("feature/{bet}/*", "feature/search/ui/x", "search"),
      ("feature/{bet}/*", "feature/search", nil), ("feature/{bet}", "feature/Search", "Search"),
      ("{bet}-*", "search-a-b", "search-a"), ("*/{bet}", "me/x/search", "search"), ("x/{bet}", "x/", nil),
      ("main", "main", nil), ("x/{bet}", "x/gate", "gate"), ("{bet", "{bet", nil),
    ] as [(String, String, String?)])
  func `{bet} stands for one component of the name, as much of it as can be`(
    pattern: String, branch: String, name: String?
  ) {
    #expect(BranchPattern(pattern).name(in: branch) == name)
  }

  /// What a pattern means, in the plainest words that take for ever: a `*` tried shortest first, `{bet}` longest.
  private func name(_ pattern: Substring, _ text: Substring, bet: String? = nil) -> (
    matches: Bool, bet: String?
  ) {
    guard let first = pattern.first else { return (text.isEmpty, bet) }
    if first == "*" {
      let rest = pattern.drop { $0 == "*" }
      for count in stride(from: 1, through: text.count, by: 1) {
        let found = name(rest, text.dropFirst(count), bet: bet)
        if found.matches { return found }
      }
    } else if pattern.hasPrefix("{bet}") {
      let component = text.prefix { $0 != "/" }
      for count in stride(from: component.count, through: 1, by: -1) {
        let found = name(
          pattern.dropFirst(5), text.dropFirst(count), bet: bet ?? "\(component.prefix(count))")
        if found.matches { return found }
      }
    } else if text.first == first {
      return name(pattern.dropFirst(), text.dropFirst(), bet: bet)
    }
    return (false, nil)
  }

  @Test func `random patterns match and name what their definition says`() {
    var random = Dice(state: 7)
    func any(_ words: [String], upTo count: Int) -> String {
      (0...Int.random(in: 0..<count, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        .joined()
    }
    var matched = 0
    for _ in 0..<20_000 {
      let pattern = any(["a", "b", "/", "-", "*", "{bet}", "?", "["], upTo: 6)
      let branch = any(["a", "b", "a", "/", "-", "?", "["], upTo: 9)
      let expected = name(pattern[...], branch[...])
      #expect(BranchPattern(pattern).matches(branch) == expected.matches, "\(pattern) \(branch)")
      #expect(BranchPattern(pattern).name(in: branch) == expected.bet, "\(pattern) \(branch)")
      if expected.matches { matched += 1 }
    }
    #expect(matched > 500)
  }

  @Test(.timeLimit(.minutes(1))) func `a pattern made to take for ever does not`() {
    let pattern = BranchPattern(
      String(repeating: "*a", count: 40) + "{bet}" + String(repeating: "*a", count: 40) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 4000)))
    #expect(pattern.name(in: String(repeating: "a", count: 4000)) == nil)
  }

  @Test(
    arguments: [
      ("feature/search", "search"), ("feature/search/ui", "search"), ("feat/search", "search"),
      ("bet/search/x", "search"), ("bet/other", "other"), ("bet/Other", "Other"), ("bet/gate", "gate"),
      ("feature/search-ranking", nil), ("feature/searc", nil), ("feature/Search", nil), ("fix/search", nil),
      ("search", nil), ("feature/gate", nil),
    ] as [(String, String?)])
  func `a branch's name links it to a declared bet, and under bet/ to any`(branch: String, bet: String?)
    throws
  {
    let link = BranchLink(
      branch: branch, settings: try Settings(config: []), linkedInLedger: nil,
      isDeclared: { $0.name == "search" })
    #expect(link?.bet.description == bet)
    #expect(link?.source == bet.map { _ in .name })
  }
}
