import BetLedger
import LedgerSupport
import TestSupport
import Testing

/// Which commits a push brings, seen through a rule that fires for each of them.
@Suite("the commits that a push brings") struct PushRangeTests {
  let scene: Scene

  init() throws {
    scene = try Scene()
    try scene.declare("dead", .abandoned)
    try scene.commit("a")
    try scene.commit("b")
  }

  @Test func `a new branch on a bare remote brings everything`() throws {
    #expect(try scene.range(to: "refs/heads/main") == ["b", "a"])
  }

  @Test func `an existing branch brings what is new`() throws {
    #expect(try scene.range(to: "refs/heads/main", old: "main~") == ["b"])
    #expect(try scene.range(to: "refs/heads/main", old: "main") == [])
    // Rewound on the remote: nothing is new.
    #expect(try scene.judge("main~", to: "refs/heads/main", old: "main").state == .notApplicable)
  }

  @Test func `what lies on the remote only as a draft or a feature branch has not shipped`() throws {
    try scene.published("main", at: "main~")
    for branch in ["wip/x", "spike/x", "draft/x", "feature/x", "topic"] {
      try scene.published(branch)
      #expect(try scene.range(to: "refs/heads/main", old: "main~") == ["b"], "\(branch)")
      #expect(try scene.range(to: "refs/heads/other") == ["b"], "\(branch)")
    }
    // Its own counterpart is subtracted all the same.
    #expect(try scene.range(to: "refs/heads/topic", old: "main") == [])
  }

  @Test(arguments: ["main", "master", "release/1", "release/2025/1"])
  func `a ship branch is subtracted`(_ branch: String) throws {
    try scene.published(branch, at: "main~")
    #expect(try scene.range(to: "refs/heads/topic") == ["b"])
  }

  @Test func `the remote's HEAD branch ships beside main`() throws {
    try scene.published("trunk")
    try scene.published("main", at: "main~")
    try scene.remoteHead("main")
    #expect(try scene.range(to: "refs/heads/topic") == ["b"])
    try scene.remoteHead("trunk")
    #expect(try scene.range(to: "refs/heads/topic") == [])
  }

  @Test func `a HEAD that names a draft takes no ship branch away and makes none`() throws {
    try scene.published("main", at: "main~")
    try scene.published("wip/x")
    try scene.remoteHead("wip/x")
    #expect(try scene.range(to: "refs/heads/main", old: "main~") == ["b"])
    #expect(try scene.range(to: "refs/heads/topic") == ["b"])
  }

  @Test func `a HEAD whose branch is gone leaves main to ship`() throws {
    try scene.published("main", at: "main~")
    try scene.published("feature/x")
    try scene.remoteHead("renamed-away")
    #expect(try scene.range(to: "refs/heads/main", old: "main~") == ["b"])
    #expect(try scene.range(to: "refs/heads/topic") == ["b"])
  }

  @Test func `bet.ship says what ships, and HEAD no longer does`() throws {
    try scene.clone.git("config", "bet.ship", "prod")
    try scene.published("prod", at: "main~")
    try scene.published("main")
    try scene.published("release/1")
    #expect(try scene.range(to: "refs/heads/topic") == ["b"])
    try scene.remoteHead("main")
    #expect(try scene.range(to: "refs/heads/topic") == ["b"])
    #expect(try scene.range(to: "refs/heads/prod", old: "main~") == ["b"])
  }

  @Test func `without a known ship branch all but drafts are subtracted`() throws {
    try scene.published("topic", at: "main~")
    try scene.published("wip/x")
    #expect(try scene.range(to: "refs/heads/other") == ["b"])
    try scene.published("other-topic")
    #expect(try scene.range(to: "refs/heads/other") == [])
    try scene.clone.git("config", "bet.draft", "other-*")
    #expect(try scene.range(to: "refs/heads/other") == [])
    try scene.clone.git("update-ref", "-d", "refs/remotes/origin/wip/x")
    #expect(try scene.range(to: "refs/heads/other") == ["b"])
  }

  @Test func `an old value that is not here subtracts nothing`() throws {
    let unknown = try #require(ObjectID(hex: String(repeating: "12", count: 20)))
    let id = try #require(ObjectID(hex: scene.clone.id("main")))
    let update = RefUpdate(
      localRef: "refs/heads/main", localID: id, remoteRef: "refs/heads/main", remoteID: unknown)
    #expect(try scene.judge([update]).titles == ["b", "a"])
    try scene.published("main", at: "main~")
    #expect(try scene.judge([update]).titles == ["b"])
  }

  @Test func `a URL means the configured remote that has it`() throws {
    try scene.published("main", at: "main~")
    let url = "https://example.org/origin.git"
    #expect(try scene.range(to: "refs/heads/topic", remote: url) == ["b"])
    for spelling in [
      "https://Ada@example.org/origin", "ssh://git@example.org:22/origin/", "example.org:origin.git",
    ] {
      #expect(try scene.range(to: "refs/heads/topic", remote: spelling) == ["b"], "\(spelling)")
    }
    // Another remote gets what home has as something that has shipped.
    #expect(try scene.range(to: "refs/heads/topic", remote: "https://example.org/other.git") == ["b"])
    try scene.clone.git("config", "remote.origin.pushurl", "https://example.org/other.git")
    #expect(try scene.range(to: "refs/heads/topic", remote: "https://example.org/other.git") == ["b"])
  }

  @Test func `another remote's branches are not this one's`() throws {
    try scene.clone.git("remote", "add", "fork", ".")
    try scene.clone.git("update-ref", "refs/remotes/fork/main", "main")
    #expect(try scene.range(to: "refs/heads/topic") == ["b", "a"])
    // Under another name it is still home.
    try scene.clone.git("remote", "add", "again", "https://example.org/origin")
    try scene.clone.git("update-ref", "refs/remotes/again/main", "main~")
    #expect(try scene.range(to: "refs/heads/topic") == ["b", "a"])
  }

  @Test func `a tag is judged like a branch`() throws {
    let git = scene.clone
    try scene.published("main", at: "main~")
    try git.git("tag", "light")
    try git.git("tag", "-a", "-m", "v", "annotated")
    try git.git("tag", "-a", "-m", "v", "nested", "annotated")
    for tag in ["light", "annotated", "nested"] {
      #expect(try scene.range("refs/tags/\(tag)", to: "refs/tags/\(tag)") == ["b"], "\(tag)")
    }
    try git.git("tag", "-a", "-m", "v", "old", "main~")
    #expect(try scene.judge("refs/tags/old", to: "refs/tags/old").state == .notApplicable)
    // A moved tag's old value limits what it brings as a branch's would.
    try git.git("update-ref", "-d", "refs/remotes/origin/main")
    #expect(try scene.range("refs/tags/nested", to: "refs/tags/nested", old: "refs/tags/old") == ["b"])
  }

  @Test func `a tag of a tree or a blob brings no commits`() throws {
    let git = scene.clone
    try git.git("tag", "-a", "-m", "v", "tree", "main^{tree}")
    let blob = try git.git("hash-object", "-w", "--stdin", input: "x").text.prefix(40)
    try git.git("tag", "blob", String(blob))
    for tag in ["tree", "blob"] {
      #expect(try scene.judge("refs/tags/\(tag)", to: "refs/tags/\(tag)").state == .notApplicable)
    }
    // Beside a branch it hides nothing.
    let updates = try [
      scene.update("refs/tags/tree", to: "refs/tags/tree"),
      scene.update("refs/heads/main", to: "refs/heads/main"),
    ]
    #expect(try scene.judge(updates).titles == ["b", "a"])
  }

  @Test func `deletions and the ledger itself pass`() throws {
    let id = try #require(ObjectID(hex: scene.clone.id("main")))
    let deletion = RefUpdate(
      localRef: "(delete)", localID: .zero, remoteRef: "refs/heads/main", remoteID: id)
    #expect(try scene.judge([deletion]).state == .notApplicable)
    for ref in ["refs/bets/dead", "refs/bets-remote/origin/dead"] {
      #expect(try scene.judge("refs/heads/main", to: ref).state == .notApplicable)
    }
    let both = try [deletion, scene.update("refs/heads/main", to: "refs/heads/main")]
    #expect(try scene.judge(both).isBlocked)
  }

  @Test(arguments: [
    "refs/heads/main", "refs/for/main", "refs/notes/x", "refs/remotes/origin/main", "refs/stash",
  ])
  func `every other ref is judged`(_ ref: String) throws {
    #expect(try scene.judge("refs/heads/main", to: ref).isBlocked)
  }

  @Test func `each ref of a push is judged by itself`() throws {
    try scene.published("main", at: "main~")
    try scene.clone.git("switch", "-q", "-c", "topic", "main~")
    try scene.commit("c")
    let updates = try [
      scene.update("refs/heads/main", to: "refs/heads/main", old: "main~"),
      scene.update("refs/heads/topic", to: "refs/heads/wip/topic"),
      scene.update("refs/heads/topic", to: "refs/heads/topic", old: "topic"),
    ]
    let findings = try scene.judge(updates).findings
    #expect(findings.map { $0.commits.map(\.title) } == [["b"], ["c"]])
    #expect(findings.map(\.update) == [updates[0], updates[1]])
    #expect(findings.map(\.blocks) == [true, false])
  }

  @Test func `replace refs and grafts are ignored`() throws {
    let git = scene.clone
    let clean = try git.commit("clean\n")
    try git.git("reset", "-q", "--hard", "HEAD~")
    try git.git("replace", "HEAD", clean)
    try git.write(".git/info/grafts", try git.id("HEAD") + "\n")
    #expect(try scene.range(to: "refs/heads/main") == ["b", "a"])
  }

  @Test func `a shallow clone is judged as far as it goes`() throws {
    try scene.commit("c")
    let shallow = try scene.clone.clone(named: "shallow", arguments: ["--depth=1"])
    try shallow.git("fetch", "-q", "origin", "refs/bets/*:refs/bets-remote/origin/*")
    let other = try Scene(at: shallow)
    #expect(try other.range(to: "refs/heads/topic") == [])
    try other.commit("d")
    #expect(try other.range(to: "refs/heads/main", old: "origin/main") == ["d"])
    #expect(try other.range(to: "refs/heads/topic") == ["d"])
    #expect(try other.range(to: "refs/heads/topic", remote: "file:///elsewhere") == ["d"])
  }

  @Test func `a pushed commit that is not here is an error`() throws {
    let unknown = try #require(ObjectID(hex: String(repeating: "12", count: 20)))
    let update = RefUpdate(
      localRef: "refs/heads/main", localID: unknown, remoteRef: "refs/heads/main", remoteID: .zero)
    guard case .missingObject? = try ledgerError({ try scene.judge([update]) }) else {
      Issue.record("it passed")
      return
    }
  }
}
