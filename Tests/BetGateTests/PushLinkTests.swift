import BetLedger
import LedgerSupport
import TestSupport
import Testing

@Suite("whose work a push brings") struct PushLinkTests {
  let scene: Scene

  init() throws {
    scene = try Scene()
    try scene.commit("base", trailers: "")
    try scene.published("main")
  }

  private func findings(_ local: String, to ref: String = "refs/heads/topic") throws -> [Finding] {
    try scene.judge(local, to: ref).findings
  }

  @Test func `work belongs to the bet of its trailer, else of its branch`() throws {
    try scene.declare("dead", .abandoned)
    try scene.declare("lost", .invalidated)
    try scene.declare("gone", .abandoned)
    try scene.declare("fine", .validated)
    try scene.append(
      Event(.linked, in: "lost", subject: "link", values: [.init(.branch, "bet/gone")]))
    try scene.clone.git("switch", "-q", "-c", "bet/gone")
    try scene.commit("one", trailers: "")
    func link() throws -> [String] {
      try findings("refs/heads/bet/gone").map {
        "\($0.rule.name) \($0.bet?.description ?? "-") \($0.link?.source.rawValue ?? "trailer")"
      }
    }
    #expect(try link() == ["lost lost ledger"])
    try scene.clone.git("config", "branch.bet/gone.bet", "dead")
    #expect(try link() == ["lost dead config"])
    try scene.clone.git("config", "branch.bet/gone.bet", "fine")
    #expect(try link() == [])
    try scene.clone.git("config", "--unset", "branch.bet/gone.bet")
    try scene.append(
      Event(.unlinked, in: "lost", subject: "unlink", values: [.init(.branch, "bet/gone")]))
    #expect(try link() == ["lost gone name"])
    try scene.commit("two", trailers: "Bet: dead")
    try scene.commit("three", trailers: "Bet: none")
    #expect(try link() == ["lost dead trailer", "lost gone name"])
  }

  @Test func `an empty setting links to nothing and hides no other link`() throws {
    try scene.declare("lost", .invalidated)
    try scene.append(Event(.linked, in: "lost", subject: "link", values: [.init(.branch, "topic")]))
    try scene.clone.git("config", "branch.topic.bet", "")
    try scene.clone.git("switch", "-q", "-c", "topic")
    try scene.commit("one", trailers: "")
    #expect(try findings("refs/heads/topic").map(\.link?.source) == [.ledger])
  }

  @Test func `a name counts for a declared bet, and under bet/ always`() throws {
    try scene.declare("search", .invalidated)
    try scene.commit("one", trailers: "")
    for (branch, expected) in [
      ("feature/search", ["lost"]), ("feature/search/part", ["lost"]), ("feat/search", ["lost"]),
      ("feature/search-ranking", ["unlinked"]), ("bet/search", ["lost"]), ("bet/other", ["undeclared"]),
      ("search", []), ("bet/Other", ["undeclared"]),
    ] {
      try scene.clone.git("update-ref", "refs/heads/\(branch)", "main")
      #expect(try findings("refs/heads/\(branch)").map(\.rule.name) == expected, "\(branch)")
      try scene.clone.git("update-ref", "-d", "refs/heads/\(branch)")
    }
  }

  @Test func `the branch is the local one, whatever was typed`() throws {
    try scene.declare("search", .invalidated)
    try scene.clone.git("switch", "-q", "-c", "bet/search")
    try scene.commit("text with spaces", trailers: "")
    let id = try scene.clone.id("HEAD")
    for typed in ["refs/heads/bet/search", "HEAD", id, ":/text with spaces", "bet/search@{0}"] {
      let found = try findings(typed)
      #expect(found.map(\.work) == ["bet/search"] && found.map(\.rule) == [.lost], "\(typed)")
    }
    // No branch has that tip: what it is pushed as, else the branch that reaches it.
    try scene.commit("another", trailers: "")
    #expect(try findings("HEAD~1").map(\.work) == ["topic"])
    #expect(try findings("HEAD~1", to: "refs/heads/bet/search").map(\.rule) == [.lost])
    try scene.clone.git("switch", "-q", "--detach")
    #expect(try findings("HEAD").map(\.work) == ["bet/search"])
    try scene.commit("detached", trailers: "")
    #expect(
      try findings("HEAD").map { $0.commits.map(\.title) } == [["another", "text with spaces"]])
    #expect(try findings("HEAD", to: "refs/heads/bet/search").map(\.rule) == [.lost])
  }

  @Test func `a line of the hook with spaces is read from its end`() throws {
    let id = String(repeating: "a", count: 40)
    let update = try #require(RefUpdate(line: ":/text with spaces \(id) refs/heads/x \(id)"))
    #expect(update.localRef == ":/text with spaces" && update.remoteRef == "refs/heads/x")
  }

  @Test func `a linked commit belongs to its bet`() throws {
    try scene.declare("dead", .abandoned)
    let commit = try scene.commit("one", trailers: "")
    try scene.commit("two", trailers: "")
    #expect(try findings("refs/heads/main").isEmpty)
    try scene.append(Event(.linked, in: "dead", subject: "link", values: [.init(.commit, commit)]))
    #expect(try findings("refs/heads/main").map { $0.commits.map(\.title) } == [["one"]])
  }

  @Test func `a line where git has stopped reading counts nowhere`() throws {
    try scene.declare("dead", .abandoned)
    try scene.commit("cut\n\n# ------------------------ >8 ------------------------\nBet: dead", trailers: "")
    let text = try scene.clone.git("cat-file", "commit", "HEAD").text
    let ended = text.replacing("# ------------------------ >8 ------------------------", with: "\0")
    let commit = try scene.clone.git(
      "hash-object", "-t", "commit", "-w", "--literally", "--stdin", input: ended)
    try scene.clone.git("update-ref", "refs/heads/ended", String(commit.text.prefix(40)))
    for branch in ["main", "ended"] {
      let decision = try scene.judge("refs/heads/\(branch)", to: "refs/heads/topic")
      #expect(decision.findings.isEmpty, "\(branch)")
      #expect(
        decision.remarks.map { "\($0.kind.rawValue) \($0.trailers.map(\.value))" } == [
          "stray-trailer [\"dead\"]"
        ])
    }
  }

  @Test func `a buried line counts for a declared bet, and is reported either way`() throws {
    try scene.declare("dead", .abandoned)
    try scene.commit("squash\n\n    Bet: dead\n    Bet: nobody\n\nthe end", trailers: "")
    try scene.commit("mixed\n\nBet: dead\n\nthe end", trailers: "Bet: none")
    try scene.commit("twice\n\nBet: dead\n\nthe end", trailers: "Bet: dead")
    let decision = try scene.judge("refs/heads/main", to: "refs/heads/topic")
    #expect(decision.findings.map { $0.commits.map(\.title) } == [["twice", "mixed", "squash"]])
    #expect(
      decision.remarks.map { "\($0.kind.rawValue) \($0.commit.title) \($0.trailers.map(\.value))" } == [
        "buried-trailer mixed [\"dead\"]", "buried-trailer squash [\"dead\"]",
        "stray-trailer squash [\"nobody\"]",
      ])
  }

  @Test func `a buried line is taken away for its commit, and the block's never`() throws {
    try scene.declare("dead", .abandoned)
    let prose = try scene.commit("prose\n\nBet: dead\n\nBuilds-On: dead\n\nthe end", trailers: "")
    let named = try scene.commit("named", trailers: "Bet: dead")
    #expect(try findings("refs/heads/main").flatMap { $0.commits.map(\.title) } == ["named", "prose"])
    for commit in [prose, named] {
      try scene.append(Event(.unlinked, in: "dead", subject: "unlink", values: [.init(.commit, commit)]))
    }
    let decision = try scene.judge("refs/heads/main", to: "refs/heads/topic")
    #expect(decision.findings.flatMap { $0.commits.map(\.title) } == ["named"] && decision.remarks.isEmpty)
    try scene.append(Event(.linked, in: "dead", subject: "link", values: [.init(.commit, prose)]))
    #expect(try findings("refs/heads/main").flatMap { $0.commits.map(\.title) } == ["named", "prose"])
  }

  @Test(arguments: ["Co-authored-by: B <b@c>", "See merge request a/b!1", "Differential Revision: D1"])
  func `a foundation named beside a host's line counts`(line: String) throws {
    try scene.declare("open")
    try scene.declare("mine")
    try scene.commit("squash\n\nBet: mine\nBuilds-On: open\n\n\(line)", trailers: "")
    #expect(try findings("refs/heads/main").map(\.rule) == [.followOn])
    try scene.append(Scene.closed("open", .validated))
    #expect(try findings("refs/heads/main").isEmpty)
  }
}
