import BetLedger
import LedgerSupport
import TestSupport
import Testing

@Suite("links of the ledger, kept beside it") struct LinkedTipsTests {
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
    // What a renamed remote still fetches to counts.
    #expect(try bets() == ["dead", "lost"])
    let refspec = LedgerRefspec.fetch(from: "origin")
    try scene.clone.git("config", "--fixed-value", "--unset-all", "remote.gone.fetch", refspec)
    #expect(try bets() == ["lost"])
    try scene.clone.git("config", "--rename-section", "remote.gone", "remote.origin")
    try scene.clone.git("config", "--add", "remote.origin.fetch", refspec)
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
    let path = scene.clone.path + "/.git/bet/links"
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
