import TestSupport
import Testing

/// A server whose ledger comes as a branch, because `bet.ledgerBranch` says so here and there.
@Suite("a server's branch that carries the ledger") struct ServerCarrierTests {
  private func scene() throws -> ServerScene {
    let scene = try ServerScene()
    for repository in [scene.clone, scene.server] { try repository.git("config", "bet.ledgerBranch", "bets") }
    return scene
  }

  @Test func `is what pushes are judged by`() throws {
    let scene = try scene()
    let clone = scene.clone
    #expect(try scene.server.bet("install", "--bare").text.contains("brings it: git bet sync"))
    try clone.placeChain()
    let unknown = try scene.refused("origin", "bet/ranking", by: "ledger-not-pushed")
    #expect(unknown.errorText.contains("hint: git bet sync"))
    try clone.bet("sync")
    #expect(try scene.server.git("for-each-ref", "refs/bets").out.isEmpty)
    let stop = try scene.refused("origin", "bet/ranking", by: "follow-on")
    #expect(stop.errorText.contains("git bet sync && git push origin bet/ranking"), "\(stop.errorText)")
    #expect(stop.errorText.contains("git -c bet.sync=true bet push --override"))
    try clone.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    try scene.refused("origin", "bet/ranking", by: "ledger-behind")
    try clone.bet("sync")
    try scene.taken("origin", "bet/ranking")
    #expect(try scene.server.bet("list", "--all").text.contains("validated"))
  }

  @Test func `is never deleted or rewound, and takes nothing but readable events`() throws {
    let scene = try scene()
    let clone = scene.clone
    try clone.declare("search")
    try clone.bet("sync")
    try clone.bet("note", "search", "-m", "people ask")
    try clone.bet("sync")
    try scene.refused("origin", ":bets", by: "ledger-deleted")
    try scene.refused("-f", "origin", "origin/bets~:refs/heads/bets", by: "ledger-rewound")
    try scene.refused("-f", "origin", "main:refs/heads/bets", by: "ledger-rewound")
    let carrier = try clone.id("refs/remotes/origin/bets")
    let tree = try clone.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    func commit(_ message: String, on parents: [String]) throws -> String {
      let arguments = ["commit-tree", String(tree)] + parents.flatMap { ["-p", $0] }
      return String(try clone.git(arguments, input: Array(message.utf8)).text.prefix(40))
    }
    let carried = "carry\n\nEvent: carried\n"
    // Code beside the events, on top of them, and an event that cannot be read.
    let code = try commit(carried, on: [carrier, clone.id("main")])
    try scene.refused("origin", "\(code):refs/heads/bets", by: "ledger-damaged")
    let work = try commit("work\n\nBet: search\n", on: [carrier])
    try scene.refused("origin", "\(work):refs/heads/bets", by: "not-a-carrier")
    let event = try commit(
      "x\n\nEvent: noted\nBet: search\nSeq: 0\nLedger-Version: 1\n", on: [clone.id("refs/bets/search")])
    let damaged = try commit(carried, on: [carrier, event])
    try scene.refused("origin", "\(damaged):refs/heads/bets", by: "ledger-damaged")
    // It goes on.
    try clone.bet("note", "search", "-m", "more ask")
    #expect(try clone.bet("sync").text == "sent to origin: search\n")
  }

  @Test func `is no work at a clone's gate, which lets nobody delete it by the way`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.git("config", "bet.ledgerBranch", "bets")
    try repository.placeChain()
    try repository.bet("sync")
    let first = try repository.id("origin/bets")
    try repository.bet("note", "search", "-m", "people ask")
    try repository.bet("sync")
    let last = try repository.id("origin/bets")
    try expectStopped(repository, remote, ["origin", ":bets"], by: "ledger-deleted")
    try expectStopped(
      repository, remote, ["-f", "origin", "\(first):refs/heads/bets"], by: "ledger-rewound")
    try repository.git("push", "-q", "origin", "main:refs/heads/topic")
    try expectStopped(repository, remote, ["--mirror", "origin"], by: "ledger-deleted")
    try expectPassed(repository, ["-q", "origin", ":topic"])
    // By hand it moves forward as well.
    try remote.git("update-ref", "refs/heads/bets", first)
    #expect(try expectPassed(repository, ["-q", "origin", "\(last):refs/heads/bets"]).isSilent)
  }

  @Test(arguments: ["main", "topic"])
  func `hides no work by its name`(branch: String) throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("config", "bet.ledgerBranch", branch)
    try expectStopped(repository, remote, ["origin", "bet/ranking:refs/heads/\(branch)"])
    // A commit that looks like a carrier does not carry work past the gate of a ship branch.
    let forged = try repository.git(
      "commit-tree", "HEAD^{tree}", "-p", "HEAD", input: "carry\n\nEvent: carried\n"
    ).text.prefix(40)
    if branch == "main" { try expectStopped(repository, remote, ["origin", "\(forged):refs/heads/main"]) }
  }
}
