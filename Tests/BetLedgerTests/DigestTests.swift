import BetLedger
import LedgerSupport
import TestSupport
import Testing

/// Digests, and what is made of whole bets, are what the fold says, whatever has been kept.
@Suite("digests of bets") struct DigestTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  private var path: String { scene.clone.path + "/.git/bet/digests" }

  /// Reads as two processes would, of which the second finds what the first has kept.
  private func expectDigests(_ ledger: () throws -> Ledger, _ comment: Comment) throws {
    var damaged: [BetID] = []
    let bets = try ledger().readableBets { damaged.append($0) }
    for _ in 0..<2 {
      var others: [BetID] = []
      let digests = try ledger().digests { others.append($0) }
      #expect(digests == bets.map { BetDigest($0) }, comment)
      #expect(others == damaged, comment)
      let texts = try ledger().texts(of: bets.map(\.id), version: 1, told)
      #expect(texts.count >= bets.count, comment)
      for bet in bets { #expect(texts[bet.id].map { Array($0) } == Array(told(bet).utf8), comment) }
    }
  }

  private func told(_ bet: Bet) -> String {
    "\(bet.title) \(bet.state) \(bet.all(.expect)) \(bet.linkedBranches.sorted()) \(bet.diary.entries.map(\.id))"
  }

  @Test func `what is made of a bet is asked for again when its heads have changed, and of no other bet`()
    throws
  {
    try scene.declare("search")
    try scene.declare("ranking")
    func asked(_ version: UInt32 = 1, _ name: String? = nil) throws -> [String] {
      var asked: [String] = []
      let ledger = try Ledger(scene.repository(), remotes: ["origin"], name: name)
      let texts = try ledger.texts(of: ledger.ids(), version: version) {
        asked.append($0.id.name)
        return told($0)
      }
      #expect(texts.count == 2)
      return asked
    }
    #expect(try asked() == ["ranking", "search"] && asked() == [])
    try scene.append(Scene.closed("search", .validated))
    #expect(try asked() == ["search"] && asked() == [])
    // Moved back: what was kept of it then is gone.
    try scene.clone.git("update-ref", "refs/bets/search", "refs/bets/search^")
    #expect(try asked() == ["search"] && asked() == [])
    #expect(try asked(2) == ["ranking", "search"] && asked(2) == [])
    #expect(try asked(2, "shop") == ["ranking", "search"] && asked(2, "shop") == [])
    try scene.clone.run("rm", [".git/bet/texts"]).succeeded("rm")
    #expect(try asked(2, "shop") == ["ranking", "search"])
  }

  @Test func `nothing is made of what names a mapped author, or hangs on signatures, for another time`()
    throws
  {
    try scene.declare("search")
    let path = scene.clone.path + "/.git/bet/texts"
    for _ in 0..<2 {
      let locked = try Ledger(scene.repository(), remotes: ["origin"], trusting: [])
      #expect(try locked.texts(of: locked.ids(), version: 1, told).count == 1)
      #expect(throws: (any Error).self) { try readFile(path) }
    }
    try scene.clone.write(".mailmap", "Somebody Else <ada@example.org>\n")
    let named = try Ledger(scene.repository(), remotes: ["origin"], showsNames: true)
    #expect(try named.texts(of: named.ids(), version: 1, told).count == 1)
    #expect(throws: (any Error).self) { try readFile(path) }
  }

  @Test(arguments: 201...208 as ClosedRange<UInt64>)
  func `say what the fold says, while anything happens to the refs`(seed: UInt64) throws {
    let random = try RandomLedger(seed: seed, sharing: true)
    var seen: [ObjectID] = []
    for step in 0..<40 {
      let clone = random.dice.pick(random.clones)
      switch random.dice.pick([0, 0, 0, 1, 2, 3, 4]) {
      case 0: try random.write()
      case 1: try random.fetch(random.dice.pick(random.clones), into: clone)
      case 2: try random.join(clone)
      case 3:
        // Somebody else's head, an older one of its own, or none.
        let place = random.dice.pick(
          ["refs/bets/search"] + clone.remotes.map { "refs/bets-remote/\($0)/search" })
        try clone.place(random.dice.chance(25) ? nil : seen.last ?? clone.tip("search"), at: place)
      default:
        let file = "\(clone.path)/bet/\(random.dice.pick(["digests", "texts"]))"
        guard var bytes = try? readFile(file) else { break }
        bytes[Int.random(in: bytes.indices, using: &random.dice)] ^= 1
        try writeFile(file, bytes)
      }
      if let tip = try clone.tip("search"), random.dice.chance(40) { seen.append(tip) }
      for clone in random.clones { try expectDigests(clone.ledger, "seed \(seed), step \(step)") }
    }
  }

  @Test func `hold every field, kept or not`() throws {
    try scene.append(
      Event(
        .declared, in: "search", subject: "Searching",
        values: [
          .init(.if, "a"), .init(.expect, "b"), .init(.because, "c"), .init(.target, ">= 3"),
          .init(.checkBy, "2026-02-03"), .init(.outcome, "retention"), .init(.buildsOn, "other"),
          .init(.buildsOn, "base"),
        ]))
    try scene.append(Event(.observed, in: "search", subject: "o", values: [.init(.value, "2.40")]))
    // A commit of another hash is one all the same.
    let commits = [String(repeating: "b", count: 40), String(repeating: "a", count: 64)]
    try scene.append(
      Event(
        .linked, in: "search", subject: "l",
        values: [.init(.branch, "topic")] + commits.map { .init(.commit, $0) }))
    try scene.append(Event(.linked, in: "search", subject: "l", values: [.init(.branch, "aside")]))
    // Two clones amend the target in two ways, and one closes the bet.
    let fork = try scene.clone.id("refs/bets/search")
    try scene.append(Event(.amended, in: "search", subject: "t", values: [.init(.target, ">= 5")]))
    try scene.append(Scene.closed("search", .abandoned))
    try scene.clone.git("update-ref", "refs/bets-remote/origin/search", "refs/bets/search")
    try scene.clone.git("update-ref", "refs/bets/search", fork)
    let alone = Scene.writer
    try Ledger(scene.repository(), remotes: []).append(to: "search", by: alone) { _ in
      Event(.amended, in: "search", subject: "t", values: [.init(.target, ">= 4")])
    }
    try Ledger(scene.repository(), remotes: []).append(to: "search", by: alone) { _ in
      Scene.closed("search", .validated)
    }
    for _ in 0..<2 {
      let digest = try #require(try scene.ledger().digests().first)
      #expect(digest.id.name == "search" && digest.title == "Searching")
      #expect(digest.state == .contested && digest.contested == ["verdict", "Target"])
      #expect(digest.declaredAt == Scene.identity.time && digest.checkBy == Day("2026-02-03"))
      #expect(try digest.target == scene.ledger().bet(digest.id)?.first(.target))
      #expect(digest.outcome == "retention" && digest.lastObservation == "2.40")
      #expect(digest.buildsOn.map(\.name) == ["other", "base"])
      #expect(digest.linkedBranches == ["aside", "topic"])
      #expect(digest.linkedCommits.map(\.text) == commits.sorted())
    }
  }

  @Test func `are those of the name that the repository has in a ledger that several share`() throws {
    try scene.declare("search")
    for name in ["shop", "api"] {
      try scene.append(
        Event(
          .linked, in: "search", subject: "l",
          values: [.init(.branch, "of-\(name)"), .init(.repository, name)]))
    }
    for name in ["shop", "api", nil, "shop"] {
      let ledger = { try Ledger(scene.repository(), remotes: ["origin"], name: name) }
      try expectDigests(ledger, "\(name ?? "no name")")
      #expect(
        try ledger().digests()[0].linkedBranches == (name.map { ["of-\($0)"] } ?? ["of-api", "of-shop"]))
    }
  }

  @Test func `are found again where the file is of another kind, of another version or makes no sense`()
    throws
  {
    try scene.declare("search")
    try scene.declare("ranking", .validated)
    let tree = try scene.clone.git("mktree").text.prefix { $0 != "\n" }
    let stray = try scene.clone.git("commit-tree", "-m", "no event", String(tree)).text.prefix { $0 != "\n" }
    try scene.clone.git("update-ref", "refs/bets/broken", String(stray))
    try expectDigests(scene.ledger, "none kept")
    let whole = try readFile(path)
    let section = try #require(
      CacheFile(scene.repository(), name: "bet/digests", version: 4).read(sections: 1)?.first)
    // As if whole, with an end that comes too early or a state that nobody knows.
    var senseless = section.indices.map { Array(section[..<$0]) }
    senseless.append(Array(section).replacing("validated".utf8, with: "valuated!".utf8))
    for bytes in senseless {
      try CacheFile(scene.repository(), name: "bet/digests", version: 4).replace(with: [bytes])
      try expectDigests(scene.ledger, "\(bytes.count) bytes")
      #expect(try readFile(path) == whole)
    }
    try CacheFile(scene.repository(), name: "bet/digests", version: 4).replace(with: [Array(section)])
    try expectDigests(scene.ledger, "newer")
    #expect(try readFile(path) == whole)
    try CacheFile(scene.repository(), name: "bet/other", version: 1).replace(with: [Array(section)])
    try scene.clone.run("mv", [".git/bet/other", path]).succeeded("mv")
    try expectDigests(scene.ledger, "another kind")
    #expect(try readFile(path) == whole)
  }

  @Test func `a newer ledger is an error, kept or not`() throws {
    try scene.declare("search")
    _ = try scene.ledger().digests()
    let message = try scene.clone.git("log", "-1", "--format=%B", "refs/bets/search").text
      .replacing("Ledger-Version: 1", with: "Ledger-Version: 9")
    let tree = try scene.clone.git("mktree").text.prefix { $0 != "\n" }
    let id = try scene.clone.git(["commit-tree", String(tree)], input: Array(message.utf8)).text.prefix {
      $0 != "\n"
    }
    try scene.clone.git("update-ref", "refs/bets/search", String(id))
    let kept = try readFile(path)
    for _ in 0..<2 {
      #expect(try ledgerError { try scene.ledger().digests() }?.diagnostic.code == "newer-ledger")
    }
    #expect(try readFile(path) == kept)
  }

  @Test func `what cannot be kept is read all the same, and what is new is seen after an event`() throws {
    try scene.declare("search")
    try scene.clone.run("rm", ["-rf", ".git/bet"]).succeeded("rm")
    try scene.clone.write(".git/bet", "in the way\n")
    try expectDigests(scene.ledger, "no folder")
    let ledger = try scene.ledger()
    #expect(try ledger.digests().map(\.state) == [.open])
    try ledger.append(to: "search", by: Scene.writer) { _ in Scene.closed("search", .validated) }
    #expect(try ledger.digests().map(\.state) == [.validated])
    #expect(try scene.clone.read(".git/bet") == "in the way\n")
  }
}
