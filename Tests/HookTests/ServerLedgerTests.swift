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

  /// Writes an event by hand on top of some commits, as the tip of a diary of the clone.
  private func forge(_ diary: String, _ trailers: String, on parents: [String], in clone: TestRepository)
    throws
  {
    let tree = try clone.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    let message = "forged\n\nwhy\n\n\(trailers)\nBet: \(diary)\n"
    let id = try clone.git(
      ["commit-tree", String(tree)] + parents.flatMap { ["-p", $0] }, input: Array(message.utf8)
    ).text.prefix(40)
    try clone.git("update-ref", "refs/bets/\(diary)", String(id))
  }

  @Test(arguments: ["search", "gate"]) func `takes no damaged event below a good one`(diary: String) throws {
    let scene = try scene()
    let clone = scene.clone
    try clone.bet("policy", "overdue=block")
    try scene.pushLedger()
    let old = try clone.id("refs/bets/\(diary)")
    let good = "Event: measured\nSeq: 50"
    // Code as a second parent.
    try forge(diary, good, on: [old, "main"], in: clone)
    try scene.refused("origin", "refs/bets/\(diary)", by: "ledger-damaged")
    // More of it than is read of what is no event.
    try clone.flood("foreign", with: 300)
    try forge(diary, good, on: [old, "foreign"], in: clone)
    try scene.refused("origin", "refs/bets/\(diary)", by: "ledger-damaged")
    try forge(diary, good, on: ["foreign", old], in: clone)
    try scene.refused("origin", "refs/bets/\(diary)", by: "ledger-damaged")
    // One damaged event among good ones.
    try forge(diary, "Event: measured\nSeq: 0", on: [old], in: clone)
    try forge(diary, good, on: [clone.id("refs/bets/\(diary)")], in: clone)
    let stop = try scene.refused("origin", "refs/bets/\(diary)", by: "ledger-damaged")
    #expect(
      try stop.errorText.contains(clone.git("rev-parse", "--short=7", "refs/bets/\(diary)~").text.prefix(7)))
    // Good ones alone are taken, several at once as well.
    try forge(diary, good, on: [old], in: clone)
    try forge(diary, "Event: measured\nSeq: 51", on: [clone.id("refs/bets/\(diary)")], in: clone)
    try scene.taken("origin", "refs/bets/\(diary)")
  }

  @Test func `goes on with a diary that was joined with a foreign history before`() throws {
    let scene = try scene()
    let clone = scene.clone
    try clone.declare("ranking", on: "search")
    try clone.bet("start", "ranking")
    try clone.commit("rank results\n", file: "ranking", content: "1\n")
    try clone.bet("override", "--because", "the demo is tomorrow")
    try clone.flood("foreign", with: 300)
    try forge(
      "gate", "Event: measured\nSeq: 50", on: ["refs/bets/gate", "foreign"].map { try clone.id($0) },
      in: clone)
    // It came while nobody looked.
    try scene.server.git("fetch", "-q", clone.path, "+refs/bets/*:refs/bets/*")
    #expect(try scene.taken("origin", "bet/ranking").errorText.contains("the demo is tomorrow"))
    let visit = try scene.server.tryBet("doctor")
    #expect(
      visit.status == 1 && visit.text.contains("leads into a history that is no diary"), "\(visit.text)")
    #expect(visit.text.split(separator: "\n").count < 40)
    // It still grows, and still takes nothing that is damaged.
    try clone.bet("policy", "overdue=block")
    try scene.taken("origin", "refs/bets/gate")
    try clone.commit("not allowed\n", file: "ranking", content: "2\n")
    try scene.refused("origin", "bet/ranking", by: "follow-on")
    try forge("gate", "Event: measured\nSeq: 0", on: [clone.id("refs/bets/gate")], in: clone)
    try scene.refused("origin", "refs/bets/gate", by: "ledger-damaged")
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
