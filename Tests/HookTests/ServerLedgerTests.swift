import TestSupport
import Testing

@Suite("the ledger of a server") struct ServerLedgerTests {
  private func scene() throws -> ServerScene {
    let scene = try ServerScene()
    try scene.clone.declare("search")
    try scene.clone.bet("note", "search", "-m", "people ask")
    try scene.pushLedger()
    return scene
  }

  @Test func `is never rewound, rewritten or deleted`() throws {
    let scene = try scene()
    try scene.refused("-f", "origin", "refs/bets/search~:refs/bets/search", by: "ledger-rewound")
    try scene.refused("-f", "origin", "main:refs/bets/search", by: "ledger-damaged")
    try scene.refused("origin", ":refs/bets/search", by: "ledger-deleted")
    try scene.refused("--prune", "origin", "refs/none/*:refs/bets/*", by: "ledger-deleted")
    // Somebody else's word, written on top of the same declaration.
    let other = try scene.server.clone(named: "other")
    other.knowBet()
    try other.bet("install")
    try other.git("update-ref", "refs/bets/search", "refs/bets-remote/origin/search~")
    try other.git("update-ref", "-d", "refs/bets-remote/origin/search")
    try other.bet("note", "search", "-m", "nobody asks")
    let run = try other.tryGit("push", "--no-verify", "-f", "origin", "refs/bets/search")
    #expect(run.status == 1 && run.says("ledger-rewound"), "\(run.errorText)")
    // Both joined move it forward.
    try other.git("fetch", "-q", "origin", "+refs/bets/*:refs/bets-remote/origin/*")
    try other.bet("note", "search", "-m", "some ask")
    try other.git("push", "-q", "--no-verify", "origin", "refs/bets/search")
  }

  @Test(arguments: ["Search", "a/b", "none", "con", "search_2"])
  func `takes no name that no bet can have`(name: String) throws {
    let scene = try scene()
    try scene.refused("origin", "refs/bets/search:refs/bets/\(name)", by: "ledger-name")
  }

  @Test(arguments: ["refs/bets", "refs/Bets/search", "refs/BETS-remote/origin/x"])
  func `takes no name that could pass for its own`(ref: String) throws {
    let scene = try ServerScene()
    try scene.refused("origin", "main:\(ref)", by: "ledger-name")
  }

  @Test func `takes nothing but readable events`() throws {
    let scene = try scene()
    let blob = try scene.clone.git("hash-object", "-w", "start").text.prefix(40)
    try scene.refused("origin", "\(blob):refs/bets/ranking", by: "not-an-event")
    try scene.refused("origin", "\(blob):refs/bets/gate", by: "not-an-event")
    try scene.refused("origin", "main:refs/bets/ranking", by: "ledger-damaged")
    // Another bet's diary under a forged name.
    try scene.refused("origin", "refs/bets/search:refs/bets/ranking", by: "ledger-damaged")
    let event = "x\n\nEvent: noted\nBet: ranking\nSeq: 1\nLedger-Version: 1\n"
    let tree = try scene.clone.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    let note = try scene.clone.git(["commit-tree", String(tree)], input: Array(event.utf8)).text.prefix(40)
    try scene.refused("origin", "\(note):refs/bets/ranking", by: "damaged-bet")
  }

  @Test func `takes nothing that was fetched of others`() throws {
    let scene = try scene()
    try scene.refused("origin", "refs/bets/search:refs/bets-remote/origin/search", by: "ledger-staging")
    try scene.clone.git("update-ref", "refs/bets-remote/origin/search", "refs/bets/search")
    try scene.refused("origin", "refs/*:refs/*", by: "ledger-staging")
  }

  @Test func `says of each ref why it is refused, and takes none of the push`() throws {
    let scene = try scene()
    try scene.clone.commit("fine\n")
    let stop = try scene.refused(
      "origin", "main", ":refs/bets/search", "refs/bets/search:refs/bets/Search", by: "ledger-deleted")
    #expect(stop.says("ledger-name") && stop.errorText.contains("refused as a whole"))
  }
}
