import BetLedger
import LedgerSupport
import TestSupport
import Testing

@Suite("a push of a squash merge") struct SquashPushTests {
  let scene: Scene
  private let squash: String

  /// The branch `topic` with two commits, squashed onto `main` without a word about any bet.
  init() throws {
    scene = try Scene()
    let git = scene.clone
    try scene.declare("dead", .abandoned)
    try scene.declare("fine", .validated)
    try scene.commit("base", trailers: "")
    try scene.published("main")
    try git.git("switch", "-q", "-c", "topic")
    try git.commit("one\n", file: "a", content: "1\n")
    try git.commit("two\n", file: "b", content: "2\n")
    try git.git("switch", "-q", "main")
    try git.git("merge", "-q", "--squash", "topic")
    squash = try scene.commit("all of it", trailers: "")
    try scene.commit("more", trailers: "")
  }

  private func titles() throws -> [String] {
    try scene.judge("refs/heads/main", to: "refs/heads/main").findings.flatMap { $0.commits.map(\.title) }
  }

  private func link(_ bet: String, _ value: Event.Value, _ kind: Event.Kind = .linked) throws {
    try scene.append(Event(kind, in: bet, subject: "link", values: [value]))
  }

  @Test func `belongs to the bet of the linked branch with its tree`() throws {
    #expect(try titles() == [])
    try link("dead", .init(.branch, "topic"))
    #expect(try titles() == ["all of it"])
    try scene.clone.git("update-ref", "refs/remotes/origin/topic", "topic")
    try scene.clone.git("branch", "-q", "-D", "topic")
    #expect(try titles() == ["all of it"])
    try scene.clone.git("update-ref", "-d", "refs/remotes/origin/topic")
    #expect(try titles() == [])
  }

  @Test func `the configuration's word about a branch comes before the ledger's`() throws {
    try scene.clone.git("config", "branch.topic.bet", "dead")
    #expect(try titles() == ["all of it"])
    try scene.clone.git("config", "branch.topic.bet", "fine")
    try link("dead", .init(.branch, "topic"))
    #expect(try titles() == [])
  }

  @Test func `its own words and links of commits come first`() throws {
    try link("dead", .init(.branch, "topic"))
    try link("fine", .init(.commit, squash))
    #expect(try titles() == [])
  }

  @Test func `a branch that was only started claims nothing that it stands on`() throws {
    try scene.clone.git("branch", "started", squash)
    try scene.clone.git("branch", "earlier", "origin/main")
    try scene.published("main", at: squash)
    try link("dead", .init(.branch, "started"))
    try link("dead", .init(.branch, "earlier"))
    #expect(try titles() == [])
  }

  @Test func `branches with one tip claim together`() throws {
    try scene.clone.git("branch", "other", "topic")
    try link("dead", .init(.branch, "topic"))
    try link("fine", .init(.branch, "other"))
    #expect(try titles() == ["all of it"])
  }

  @Test func `many links are looked up in one listing, with the same answer`() throws {
    for number in 0..<70 { try scene.clone.git("config", "branch.b\(number).bet", "fine") }
    try link("dead", .init(.branch, "topic"))
    #expect(try titles() == ["all of it"])
  }

  @Test func `a link to what no branch can be called is passed over`() throws {
    try link("dead", .init(.branch, "a..b"))
    try link("dead", .init(.branch, "topic"))
    #expect(try titles() == ["all of it"])
  }
}
