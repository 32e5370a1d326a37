import BetLedger
import LedgerSupport
import TestSupport
import Testing

@Suite("the ledger") struct LedgerTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  private func bet(_ id: String) throws -> Bet? { try scene.ledger().bet(BetID(id)) }

  // MARK: Writing

  @Test func `plain git reads what was appended`() throws {
    let git = scene.clone
    try scene.commit("one")
    let first = try scene.append(Scene.declared("search", buildsOn: ["catalogue"]))
    let second = try scene.append(Event(.noted, in: "search", subject: "note: slow", body: "It is slow."))
    #expect(try git.id("refs/bets/search") == second.hex)
    #expect(
      try git.git(
        "log", "--reverse", "--format=%H %P|%T|%an <%ae> %ad|%cn <%ce> %cd", "--date=raw",
        "refs/bets/search"
      ).text == """
        \(first) |4b825dc642cb6eb9a060e54bf8d69288fbee4904|\
        Ada Author <ada@example.org> 1735689600 +0100|Carl <carl@example.org> 1735689700 +0000
        \(second) \(first)|4b825dc642cb6eb9a060e54bf8d69288fbee4904|\
        Ada Author <ada@example.org> 1735689600 +0100|Carl <carl@example.org> 1735689700 +0000

        """)
    #expect(
      try git.git("log", "--reverse", "--format=%s%n%(trailers)", "refs/bets/search").text == """
        Bet search
        Event: declared
        Bet: search
        Seq: 1
        Ledger-Version: 1
        If: we build it
        Expect: it rises
        Because: people asked
        Builds-On: catalogue

        note: slow
        Event: noted
        Bet: search
        Seq: 2


        """)
    let fsck = try git.git("fsck", "--strict", "--no-dangling")
    #expect(fsck.text + fsck.errorText == "")
    let bet = try #require(try bet("search"))
    #expect(bet.state == .open && bet.title == "Bet search" && bet.declaredBy == "Ada Author")
    #expect(bet.buildsOn.map(\.name) == ["catalogue"])
    #expect(bet.diary.entries.map(\.id) == [first, second])
    #expect(bet.diary.entries.last?.readable?.body == "It is slow.")
  }

  @Test(arguments: [[], ["core.logAllRefUpdates=false"], ["core.bare=true"]])
  func `each event leaves a line in the reflog`(_ settings: [String]) throws {
    for setting in settings {
      let parts = setting.split(separator: "=").map(String.init)
      try scene.clone.git("config", parts[0], parts[1])
    }
    let first = try scene.append(Scene.declared("search"))
    let second = try scene.append(Scene.closed("search", .validated))
    let log = try scene.clone.git("log", "-g", "--format=%H %gs", "refs/bets/search").text
    #expect(log == "\(second) bet: closed\n\(first) bet: declared\n")
  }

  @Test func `nothing is written when there is a reason not to`() throws {
    struct No: Error {}
    try scene.declare("search")
    let before = (try scene.clone.refs(), try scene.clone.git("count-objects").text)
    let ledger = try scene.ledger()
    #expect(throws: No.self) {
      try ledger.append(to: "search", by: Scene.writer) { _ in throw No() }
    }
    #expect(throws: EventProblem.missing(.evidence)) {
      try ledger.append(to: "search", by: Scene.writer) { _ in
        Event(.closed, in: "search", subject: "done", values: [.init(.verdict, "validated")])
      }
    }
    #expect(throws: EventProblem.cutOff) {
      try ledger.append(to: "search", by: Scene.writer) { _ in
        Event(
          .noted, in: "search", subject: "a", body: "# ------------------------ >8 ------------------------")
      }
    }
    #expect(try scene.clone.refs() == before.0)
    #expect(try scene.clone.git("count-objects").text == before.1)
  }

  @Test func `what the event stands on is read again before it is written`() throws {
    try scene.declare("search")
    let ledger = try scene.ledger()
    let id = try BetID("search")
    #expect(try ledger.bet(id)?.state == .open)
    var seen: [Bet.State?] = []
    try ledger.append(to: "search", by: Scene.writer) { diary in
      seen.append(try ledger.bet(id)?.state)
      // Somebody else is faster, once.
      if seen.count == 1 { try scene.append(Scene.closed("search", .abandoned)) }
      return Event(.noted, in: "search", subject: "note \(diary?.entries.count ?? 0)")
    }
    #expect(seen == [.open, .abandoned])
    #expect(try bet("search")?.diary.entries.map { $0.readable?.seq } == [1, 2, 3])
    #expect(try bet("search")?.diary.entries.last?.readable?.subject == "note 2")
  }

  @Test func `processes that append at once lose nothing`() throws {
    try scene.declare("search")
    let script = """
      for i in 1 2 3 4; do
        (for j in 1 2 3 4; do "$1" note search -m "note $i $j" || echo failed; done) &
      done
      wait
      """
    let run = try scene.clone.run(
      "sh", ["-c", script, "sh", binary("git-bet")], environment: ["CI": "true"])
    #expect(run.errorText == "" && !run.text.contains("failed"))
    let entries = try #require(try bet("search")).diary.entries
    let expected = (1...4).flatMap { i in (1...4).map { "note: note \(i) \($0)" } }
    #expect(entries.dropFirst().compactMap { $0.readable?.subject }.sorted() == expected)
    #expect(entries.compactMap { $0.readable?.seq } == Array(1...17))
  }

  // MARK: All heads together

  @Test func `a fetch alone makes a verdict count, and a removed remote's does not`() throws {
    try scene.declare("search", .validated)
    try scene.stage("search")
    try scene.clone.git("update-ref", "refs/bets/search", "refs/bets-remote/origin/search~")
    #expect(try bet("search")?.state == .validated)
    try scene.clone.git("config", "--remove-section", "remote.origin")
    #expect(try bet("search")?.state == .open)
  }

  @Test func `a bet that only a remote has is a bet`() throws {
    try scene.declare("search")
    try scene.stage("search")
    #expect(try scene.ledger().ids().map(\.name) == ["search"])
    #expect(try bet("search")?.state == .open)
    #expect(try !scene.ledger().isEmpty())
    try scene.clone.git("config", "--remove-section", "remote.origin")
    #expect(try bet("search") == nil)
    #expect(try scene.ledger().isEmpty())
  }

  @Test func `an event stands on all heads and joins them`() throws {
    try scene.declare("search")
    let root = try scene.clone.id("refs/bets/search")
    let theirs = try scene.append(Scene.closed("search", .validated))
    try scene.stage("search")
    try scene.clone.git("update-ref", "refs/bets/search", root)
    // Written here without having seen theirs.
    let alone = try Ledger(scene.repository(), remotes: [])
    let ours = try alone.append(to: "search", by: Scene.writer) { _ in Scene.closed("search", .abandoned) }
    #expect(try bet("search")?.state == .contested)

    let joined = try scene.append(Scene.closed("search", .inconclusive))
    let parents = try scene.clone.git("log", "-1", "--format=%P", joined.hex).text
    #expect(parents == [ours, theirs].sorted().map(\.hex).joined(separator: " ") + "\n")
    let bet = try #require(try bet("search"))
    #expect(bet.state == .inconclusive && bet.diary.entries.count == 4)
    #expect(bet.diary[joined]?.readable?.seq == 3)
  }

  @Test func `a first event here stands on the remote's head`() throws {
    try scene.declare("search")
    try scene.stage("search")
    let head = try scene.clone.id("refs/bets-remote/origin/search")
    try scene.append(Scene.closed("search", .validated))
    #expect(try scene.clone.id("refs/bets/search^") == head)
    #expect(try scene.clone.id("refs/bets-remote/origin/search") == head)
    #expect(try bet("search")?.state == .validated)
  }

  @Test func `the order in which heads are known changes nothing`() throws {
    try scene.clone.git("remote", "add", "fork", "https://example.org/fork.git")
    try scene.declare("search")
    let root = try scene.clone.id("refs/bets/search")
    try scene.append(Scene.closed("search", .validated))
    try scene.stage("search", of: "fork")
    try scene.clone.git("update-ref", "refs/bets/search", root)
    try scene.stage("search", of: "origin")
    let readings = try [["origin", "fork"], ["fork", "origin"]].map { remotes in
      try #require(try Ledger(scene.repository(), remotes: remotes).bet(BetID("search")))
    }
    #expect(readings[0].diary.entries.map(\.id) == readings[1].diary.entries.map(\.id))
    #expect(readings.map(\.state) == [.validated, .validated])
  }
}
