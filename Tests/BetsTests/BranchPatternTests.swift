import Bets
import GitFormats
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
