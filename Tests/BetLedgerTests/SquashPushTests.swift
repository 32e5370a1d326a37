import BetLedger
import Bets
import Git
import TestSupport
import Testing

@Suite struct `a push of a squash merge` {
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
    try scene.clone.git("branch", "started")
    try scene.clone.git("branch", "earlier", squash)
    try link("dead", .init(.branch, "started"))
    try link("dead", .init(.branch, "earlier"))
    #expect(try titles() == [])
  }

  @Test func `nobody can tell which of two bets a tip stands for`() throws {
    try scene.clone.git("branch", "other", "topic")
    try link("dead", .init(.branch, "topic"))
    try link("fine", .init(.branch, "other"))
    #expect(try titles() == [])
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

@Suite struct `links of the ledger, kept beside it` {
  let scene: Scene
  private let commit: String

  init() throws {
    scene = try Scene()
    for id in ["dead", "lost"] { try scene.declare(id, .abandoned) }
    try scene.commit("base", trailers: "")
    try scene.published("main")
    commit = try scene.commit("one", trailers: "")
  }

  /// The bets that are in the way of pushing `main`.
  private func bets() throws -> [String] {
    try scene.judge("refs/heads/main", to: "refs/heads/main").findings.compactMap { $0.bet?.description }
      .sorted()
  }

  private func link(_ bet: String, _ kind: Event.Kind = .linked) throws {
    try scene.append(Event(kind, in: bet, subject: "link", values: [.init(.commit, commit)]))
  }

  @Test func `follow every change of the ledger's refs`() throws {
    #expect(try bets() == [])
    try link("dead")
    #expect(try bets() == ["dead"])
    try link("lost")
    #expect(try bets() == ["dead", "lost"])
    try scene.stage("dead")
    #expect(try bets() == ["dead", "lost"])
    try scene.clone.git("config", "--rename-section", "remote.origin", "remote.gone")
    #expect(try bets() == ["lost"])
    try scene.clone.git("config", "--rename-section", "remote.gone", "remote.origin")
    try link("dead", .unlinked)
    #expect(try bets() == ["lost"])
    try scene.clone.git("update-ref", "refs/bets/lost", "refs/bets/lost~1")
    #expect(try bets() == [])
    try link("lost")
    try scene.clone.git("update-ref", "-d", "refs/bets/lost")
    #expect(try bets() == [])
  }

  @Test func `only diaries that have changed are read`() throws {
    try link("dead")
    try link("lost")
    #expect(try bets() == ["dead", "lost"])
    // A third bet, of which the first event is gone: whoever read it again would fail.
    try scene.declare("third")
    #expect(try bets() == ["dead", "lost"])
    let id = try scene.clone.id("refs/bets/third")
    try scene.clone.run("rm", ["-f", ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"]).succeeded("rm")
    #expect(try bets() == ["dead", "lost"])
    // Without what was kept, and without the second copy of the last events.
    try scene.clone.run("rm", ["-r", ".git/bet"]).succeeded("rm")
    #expect(try ledgerError(bets) != nil)
  }

  @Test func `a damaged file is not trusted`() throws {
    try link("dead")
    #expect(try bets() == ["dead"])
    let path = scene.clone.path + "/.git/bet/digests"
    let whole = try readFile(path)
    for position in stride(from: 0, to: whole.count, by: 7) {
      var bytes = whole
      bytes[position] ^= 4
      try writeFile(path, bytes)
      #expect(try bets() == ["dead"], "\(position)")
      #expect(try readFile(path) == whole)
    }
  }

  @Test func `a newer ledger stops every push, kept or not`() throws {
    try link("dead")
    #expect(try bets() == ["dead"])
    let message = try scene.clone.git("log", "-1", "--format=%B", "refs/bets/lost~1").text
      .replacing("Ledger-Version: 1", with: "Ledger-Version: 9")
    let tree = try scene.clone.git("mktree").text.prefix { $0 != "\n" }
    let id = try scene.clone.git(["commit-tree", String(tree)], input: Array(message.utf8)).text.prefix {
      $0 != "\n"
    }
    try scene.clone.git("update-ref", "refs/bets/lost", String(id))
    for _ in 0..<2 { #expect(try ledgerError(bets) != nil) }
  }
}
