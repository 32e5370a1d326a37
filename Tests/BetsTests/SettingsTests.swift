import Bets
import Testing

@Suite struct SettingsTests {
  private func settings(_ lines: String...) throws -> Settings {
    try Settings(config: lines.map { configLine($0) })
  }

  @Test func `without configuration the defaults hold`() throws {
    let settings = try settings()
    #expect(settings.depth == 0)
    #expect(settings.checkBy == nil)
    #expect(settings.shipPatterns == nil)
    #expect(settings.draftPatterns.map(\.text) == ["wip/*", "spike/*", "draft/*"])
    #expect(settings.featurePatterns.map(\.text) == ["feature/*", "feat/*"])
    #expect(
      settings.branchPatterns.map(\.text) == [
        "bet/{bet}", "bet/{bet}/*", "feature/{bet}", "feature/{bet}/*", "feat/{bet}", "feat/{bet}/*",
      ])
    #expect(settings.limit == 3)
    #expect(settings.overlapIgnored.isEmpty)
    let levels = Rule.all.map { settings.level(of: $0, policy: [:]) }
    #expect(
      zip(Rule.all, levels).map { "\($0.name) \($1.level.name)" } == [
        "follow-on block", "lost block", "undeclared block", "unlinked block", "instrument block",
        "overlap warn", "overdue warn", "appetite warn", "limit off", "unsigned off",
      ])
    #expect(levels.allSatisfy { $0.origin == "default" })
  }

  @Test func `several values of a pattern make a list, and an empty one forgets those before`() throws {
    #expect(try settings("bet.draft=a/*", "bet.draft=b/*").draftPatterns.map(\.text) == ["a/*", "b/*"])
    #expect(try settings("bet.draft=a/*", "bet.draft=", "bet.draft=b/*").draftPatterns.map(\.text) == ["b/*"])
    #expect(
      try settings("bet.overlapignore=*.lock", "bet.overlapignore=gen/**").overlapIgnored == [
        "*.lock", "gen/**",
      ])
    #expect(try settings("bet.draft=").draftPatterns.isEmpty)
    #expect(try settings("bet.feature=").isFeature("feature/x") == false)
    #expect(try settings("bet.ship=prod").shipPatterns?.map(\.text) == ["prod"])
  }

  @Test func `the last value of a key wins`() throws {
    #expect(try settings("bet.depth=1", "bet.depth=3").depth == 3)
    #expect(try settings("bet.limit=1", "bet.limit=0").limit == 0)
    #expect(try settings("bet.checkby=7d", "bet.checkby=14d").checkBy == "14d")
    #expect(try settings("bet.agents=refuse", "bet.agents=allow").agentsMayDecide)
    #expect(try !settings("bet.agents=allow", "bet.agents=refuse").agentsMayDecide)
    #expect(try !settings().agentsMayDecide)
    let levels = try settings("bet.rule.lost=off", "command bet.rule.lost=warn")
    #expect(levels.level(of: .lost, policy: ["lost": .block]).level == .warn)
    #expect(levels.level(of: .lost, policy: ["lost": .block]).isForOneCommand)
    #expect(levels.level(of: .lost, policy: ["lost": .block], for: .ledger).origin == "ledger")
  }

  @Test(arguments: [
    "bet.depth=-1", "bet.depth=1001", "bet.depth=two", "bet.depth=", "bet.depth",
    "bet.depth=99999999999999999999", "bet.limit=-1", "bet.limit=few", "bet.limit", "bet.limit=100001",
    "bet.rule.overdue=yes", "bet.rule.lost=Block", "bet.rule.lost=", "bet.rule.lost",
    "bet.rule.follow-on=on", "command bet.rule.lost=maybe", "bet.agents=yes", "bet.agents=", "bet.agents",
  ])
  func `a value that means nothing is an error, never a guess`(_ line: String) throws {
    let error = #expect(throws: BadSetting.self) { try Settings(config: [configLine(line)]) }
    let diagnostic = try #require(error).diagnostic
    #expect(diagnostic.code == "bad-setting")
    #expect(diagnostic.hints.isEmpty == line.hasPrefix("command"))
  }

  @Test func `a value that was overridden is not judged`() throws {
    #expect(try settings("bet.depth=two", "bet.depth=2").depth == 2)
  }

  @Test func `a branch's bet stands under the branch's name, whatever that holds`() throws {
    let settings = try settings("branch.a.b/C.bet=search", "branch.x.merge=refs/heads/x", "branch.bet=odd")
    #expect(settings.branchBets["a.b/C"] == "search")
    #expect(settings.branchBets["x"] == nil)
  }

  @Test func `an empty link in configuration is none`() throws {
    let link = BranchLink(
      branch: "topic", settings: try settings("branch.topic.bet="), linkedInLedger: try BetID("search"),
      isDeclared: { _ in true })
    #expect(link?.source == .ledger)
  }

  @Test(
    arguments: [
      ("main", nil, true), ("master", nil, true), ("trunk", nil, false), ("release/1", nil, true),
      ("trunk", "trunk", true), ("main", "trunk", true), ("release/1", "trunk", true),
      ("release", nil, false), ("wip/x", "wip/x", false), ("wip/x", nil, false),
    ] as [(String, String?, Bool)])
  func `ship branches are home's HEAD, main, master and release/, and never a draft`(
    branch: String, head: String?, isShip: Bool
  ) throws {
    #expect(try settings().isShip(branch, remoteHead: head) == isShip)
    #expect(try settings("bet.ship=prod").isShip(branch, remoteHead: head) == false)
    #expect(try settings("bet.ship=prod").isShip("prod", remoteHead: head))
    #expect(try settings("bet.ship=prod", "bet.draft=p*").isShip("prod", remoteHead: head) == false)
  }

  /// What the ledger says, what this clone says, and what of that asks less.
  @Test(arguments: [
    ("bet.depth=0", "bet.depth=9", true), ("bet.depth=9", "bet.depth=9", false),
    ("bet.depth=9", "bet.depth=0", false),
    ("bet.ship=main", "bet.ship=main", false), ("bet.ship=main", "bet.ship=prod", true),
    ("bet.draft=a/*", "bet.draft=a/*", false), ("bet.draft=a/* b/*", "bet.draft=a/*", false),
    ("bet.draft=a/*", "bet.draft=main", true), ("bet.feature=a/*", "bet.feature=b/*", true),
    ("bet.feature=a/*", "bet.feature=", true), ("bet.branch=x/{bet}", "bet.branch=y/{bet}", true),
    ("bet.limit=3", "bet.limit=4", true), ("bet.limit=3", "bet.limit=2", false),
  ])
  func `a clone's setting loosens when less is judged by it than by the ledger's`(
    shared: String, own: String, loosens: Bool
  ) throws {
    let key = try #require(ConfigKey.sharedKey(String(shared.prefix { $0 != "=" })))
    let value = try #require(SharedValue(shared.drop { $0 != "=" }.dropFirst(), of: key))
    for scope in ["", "command "] {
      let config = [configLine(scope + own)]
      let clone = try Settings(config: config, shared: [key.key: value])
      #expect(clone.loosened(policy: [:]).map(\.key) == (loosens ? [key.name] : []))
      #expect(clone.origins[key] == (scope.isEmpty ? "local" : "command"))
      // CI and the audit go by the ledger alone.
      let ledger = try Settings(config: config, shared: [key.key: value], authority: .ledger)
      #expect(ledger.told(key) == value.description && ledger.origins[key] == "ledger")
    }
  }

  @Test func `a server's administrator is stricter than the ledger, and no less`() throws {
    for (own, expected) in [("block", Level.block), ("off", .warn)] {
      let settings = try Settings(config: [configLine("bet.rule.overdue=\(own)")], authority: .server)
      #expect(settings.level(of: .overdue, policy: [:], for: .server).level == expected)
    }
  }
}
