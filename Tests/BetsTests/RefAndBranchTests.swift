import Bets
import Testing

@Suite struct RefUpdateTests {
  static let one = String(repeating: "1", count: 40)
  static let zero = String(repeating: "0", count: 40)

  @Test(arguments: ["refs/heads/main", "HEAD", "HEAD~1", "HEAD@{1 day ago}", ":/a b  c", " ", one])
  func `the local ref may hold spaces: the last three fields are split off`(_ local: String) throws {
    let update = try #require(RefUpdate(line: "\(local) \(Self.one) refs/heads/main \(Self.zero)"))
    #expect(update.localRef == local)
    #expect(update.localID.hex == Self.one)
    #expect(update.remoteRef == "refs/heads/main")
    #expect(update.isNew)
    #expect(!update.isDeletion)
    #expect(update.remoteBranch == "main")
  }

  @Test func `a deletion brings nothing`() throws {
    let update = try #require(RefUpdate(line: "(delete) \(Self.zero) refs/heads/x \(Self.one)"))
    #expect(update.isDeletion)
    #expect(!update.isNew)
  }

  @Test func `ids of 64 digits are read`() throws {
    let long = String(repeating: "ab", count: 32)
    let zero = String(repeating: "0", count: 64)
    let update = try #require(RefUpdate(line: "refs/heads/x \(long) refs/heads/x \(zero)"))
    #expect(update.localID.hex == long)
    #expect(update.isNew)
  }

  @Test(arguments: [
    "", " ", "a b c d", "refs/heads/x \(one) refs/heads/x", "refs/heads/x \(one) refs/heads/x 1",
    "\(one) refs/heads/x \(one)", "x \(one)  \(one)", "x  refs/heads/x \(one)",
    "x \(one.dropLast()) refs/heads/x \(one)", "x \(one) refs/heads/x \(one)\r",
    "x \(String(repeating: "A", count: 40)) refs/heads/x \(one)",
  ])
  func `nothing else is a line of a push`(_ line: String) { #expect(RefUpdate(line: line) == nil) }

  @Test(arguments: [
    ("refs/bets/search", true), ("refs/bets-remote/origin/search", true), ("refs/heads/bets/x", false),
    ("refs/betsy/x", false), ("refs/tags/v1", false),
  ])
  func `the ledger's own refs are known`(ref: String, isLedger: Bool) throws {
    let update = try #require(RefUpdate(line: "x \(Self.one) \(ref) \(Self.zero)"))
    #expect(update.isLedger == isLedger)
    #expect((update.remoteBranch == nil) == !ref.hasPrefix("refs/heads/"))
  }

  @Test func `a branch that begins with a combining character is a branch`() throws {
    let update = try #require(RefUpdate(line: "x \(Self.one) refs/heads/\u{301}x \(Self.zero)"))
    #expect(update.remoteBranch == "\u{301}x")
  }
}

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
