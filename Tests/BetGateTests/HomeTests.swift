import BetAttribution
import BetGate
import LedgerSupport
import TestSupport
import Testing

/// One remote is home: what its ship branches have has shipped, wherever it is pushed next.
@Suite("home") struct HomeTests {
  let scene: Scene

  init() throws {
    scene = try Scene()
    try scene.declare("dead", .abandoned)
    try scene.commit("a")
    try scene.commit("b")
    try scene.clone.git("remote", "add", "backup", "https://example.org/backup.git")
  }

  private func decision(to remote: String, _ ref: String = "refs/heads/main") throws -> Decision {
    try scene.judge([scene.update("refs/heads/main", to: ref)], remote: remote)
  }

  @Test(arguments: ["backup", "https://example.org/backup", "/srv/mirror.git"])
  func `what home has is pushed on to another place in one line, and nothing more is`(remote: String) throws {
    #expect(try decision(to: remote).titles == ["b", "a"])
    try scene.published("main", at: "main~")
    let decision = try decision(to: remote)
    #expect(decision.titles == ["b"] && decision.isBlocked)
    try scene.published("main")
    let passed = try self.decision(to: remote)
    #expect(passed.findings.isEmpty && !passed.isBlocked)
    #expect(passed.elsewhere == Decision.Place(remote: "origin", branch: "main") && !passed.isSilent)
  }

  @Test func `a stale fork gets what upstream has`() throws {
    try scene.clone.git("remote", "add", "upstream", "https://example.org/upstream.git")
    try scene.clone.git("update-ref", "refs/remotes/upstream/main", "main")
    let first = try scene.commit("c")
    try scene.published("main", at: "main~2")
    #expect(try decision(to: "origin").titles == ["c", "b"])
    try scene.clone.git("config", "bet.home", "upstream")
    #expect(try decision(to: "origin").titles == ["c"])
    try scene.clone.git("update-ref", "refs/remotes/upstream/main", first)
    #expect(try decision(to: "origin", "refs/heads/topic").titles == [])
  }

  @Test func `drafts and feature branches of home have shipped nothing`() throws {
    try scene.published("wip/x")
    try scene.published("topic")
    #expect(try decision(to: "backup").titles == ["b", "a"])
  }

  @Test func `the only remote is home whatever its name, and a name without a remote is passed over`() throws
  {
    try scene.clone.git("remote", "remove", "origin")
    try scene.clone.git("update-ref", "refs/remotes/backup/main", "main~")
    #expect(try scene.site().home.remote.name == "backup")
    #expect(try decision(to: "/srv/mirror.git").titles == ["b"])
    try scene.clone.git("config", "bet.home", "nowhere")
    #expect(try scene.site().home.remote.name == "backup")
  }

  @Test func `without a remote the local main has shipped, and a check of it still judges it`() throws {
    let alone = try Scene(remote: nil)
    try alone.declare("dead", .abandoned)
    try alone.commit("a")
    #expect(try Attribution(alone.site()).commits(of: BetID("dead")).count == 1)
    let site = try alone.site()
    let decision = try Judge(site).judge(
      site.push(of: "main", to: Remote(name: nil), today: Scene.today)
    ).decision
    #expect(decision.titles == ["a"])
    try alone.clone.git("branch", "-m", "main", "develop")
    #expect(try Attribution(alone.site()).commits(of: BetID("dead")).isEmpty)
    try alone.clone.git("config", "init.defaultBranch", "develop")
    #expect(try Attribution(alone.site()).commits(of: BetID("dead")).count == 1)
  }

  @Test func `where a bare clone tracks nothing, that is told with the refspec that mends it`() throws {
    #expect(try scene.site().untrackedHome == nil)
    try scene.clone.git("config", "--unset-all", "remote.origin.fetch")
    #expect(try scene.site().untrackedHome == "origin")
    try scene.published("main", at: "main~")
    #expect(try scene.site().untrackedHome == nil)
  }

  /// A few places are asked instead of all branches: nobody who ships may be missed.
  @Test(arguments: [
    nil, "", "main", "develop main", "release/*", "*", "v*", "team/*/ship", "refs/heads/prod", "a..b",
    "main*", "*/ship",
    "HEAD",
  ]) func `the ship branches are those among all branches that ship`(setting: String?) throws {
    let scene = try Scene()
    try scene.commit("one", trailers: "")
    for branch in [
      "main", "master", "develop", "release/1", "release/2/3", "v1", "team/a/ship", "team/b/c", "prod",
      "wip/x", "x",
    ] { try scene.published(branch) }
    try scene.remoteHead("develop")
    if let setting { try scene.clone.git("config", "bet.ship", setting) }
    let site = try scene.site()
    let home = try site.home
    let found = try site.ships(of: home).map(\.name)
    #expect(try found.sorted() == home.branches().map(\.name).filter { try site.isShip($0) }.sorted())
    if setting == nil { #expect(found == ["develop", "main", "master", "release/1", "release/2/3"]) }
  }
}
