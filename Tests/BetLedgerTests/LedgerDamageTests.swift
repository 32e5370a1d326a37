import BetLedger
import LedgerSupport
import TestSupport
import Testing

@Suite("a damaged ledger") struct LedgerDamageTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  enum Wreck: String, CaseIterable {
    case blob, tree, tag, symref, loop, empty, zeros, missing
  }

  /// Puts something else than a bet under `refs/bets/` or a staging folder.
  private func wreck(_ ref: String, _ wreck: Wreck) throws {
    let git = scene.clone
    let file = ".git/\(ref)"
    switch wreck {
    case .blob:
      let blob = try git.git("hash-object", "-w", "--stdin", input: "x").text
      try git.write(file, blob)
    case .tree: try git.git("update-ref", ref, git.id("HEAD^{tree}"))
    case .tag:
      try git.git("tag", "-a", "-m", "v", "v1", "HEAD")
      try git.git("update-ref", ref, git.id("refs/tags/v1"))
    case .symref: try git.git("symbolic-ref", ref, "refs/bets/good")
    case .loop: try git.write(file, "ref: \(ref)\n")
    case .empty: try git.write(file, "")
    case .zeros: try git.write(file, String(repeating: "\0", count: 41))
    case .missing: try git.write(file, String(repeating: "ab", count: 20) + "\n")
    }
  }

  @Test(arguments: Wreck.allCases, ["refs/bets/bad", "refs/bets-remote/origin/bad"])
  func `a ref that is no diary is an error, never "no bet"`(_ kind: Wreck, _ ref: String) throws {
    try scene.commit("one", trailers: "")
    try scene.declare("good")
    try wreck(ref, kind)
    let error = try #require(try ledgerError { try scene.ledger().bet(BetID("bad")) })
    switch (kind, error) {
    case (.blob, .notAnEvent(ref)), (.tree, .notAnEvent(ref)), (.tag, .notAnEvent(ref)),
      (.symref, .brokenRef(ref, _)), (.loop, .brokenRef(ref, _)), (.empty, .brokenRef(ref, _)),
      (.zeros, .brokenRef(ref, _)), (.missing, .missingObject(ref, _)):
      break
    default: Issue.record("\(kind): \(error)")
    }
    #expect(error.diagnostic.message.contains(ref))
    #expect(try ledgerError { try scene.ledger().readableBets() } != nil)
    // Nothing is written on top of what cannot be read, and nothing else is hidden.
    #expect(try ledgerError { try scene.append(Scene.declared("bad")) } != nil)
    #expect(try scene.ledger().bet(BetID("good"))?.state == .open)
  }

  @Test(arguments: Wreck.allCases)
  func `the gate's own diary is held to the same`(_ kind: Wreck) throws {
    try scene.commit("one", trailers: "")
    try scene.declare("good")
    try wreck("refs/bets/gate", kind)
    #expect(try ledgerError { try scene.ledger().gate() } != nil)
  }

  /// Writes a commit by hand, as another program might.
  private func forge(_ id: String, _ message: String, parents: [String] = []) throws {
    let tree = try scene.clone.git("hash-object", "-t", "tree", "-w", "--stdin").text.prefix(40)
    let commit = try scene.clone.git(
      ["commit-tree", String(tree)] + parents.flatMap { ["-p", $0] }, input: Array(message.utf8)
    ).text.prefix(40)
    try scene.clone.git("update-ref", "refs/bets/\(id)", String(commit))
  }

  private static let claim = "If: a\nExpect: b\nBecause: c\n"

  @Test func `one damaged bet hides no other`() throws {
    try scene.declare("alpha")
    try scene.declare("omega")
    try forge("broken", "no trailers at all\n")
    try forge("half", "x\n\nEvent: declared\nBet: half\nSeq: 1\nLedger-Version: 1\nIf: a\n")
    var damaged: [String] = []
    let bets = try scene.ledger().readableBets { damaged.append($0.name) }
    #expect(bets.map(\.id.name) == ["alpha", "omega"])
    #expect(damaged == ["broken", "half"])
    for id in damaged {
      guard case .damaged? = try ledgerError({ try scene.ledger().bet(BetID(id)) }) else {
        Issue.record("\(id) is not damaged")
        continue
      }
    }
  }

  @Test func `a damaged event is skipped and never validates`() throws {
    try scene.declare("alpha")
    try forge(
      "alpha", "fine\n\nEvent: closed\nBet: alpha\nSeq: 2\nVerdict: validated\n",
      parents: [scene.clone.id("refs/bets/alpha")])
    let bet = try #require(try scene.ledger().bet(BetID("alpha")))
    #expect(bet.state == .open)
    #expect(bet.diary.damaged.map(\.problem) == [.missing(.evidence)])
    // What is written next stands on it all the same.
    try scene.append(Scene.closed("alpha", .abandoned))
    #expect(try scene.ledger().bet(BetID("alpha"))?.state == .abandoned)
  }

  @Test func `a newer ledger is refused, everywhere`() throws {
    try scene.declare("alpha")
    try forge(
      "future", "x\n\nEvent: declared\nBet: future\nSeq: 1\nLedger-Version: 2\n\(Self.claim)")
    for attempt in [
      { try scene.ledger().bet(BetID("future")) as Any }, { try scene.ledger().readableBets() },
      { try scene.append(Scene.closed("future", .abandoned)) },
    ] {
      let error = try #require(try ledgerError(attempt))
      #expect(error.diagnostic.code == "newer-ledger")
    }
    #expect(try scene.ledger().bet(BetID("alpha"))?.state == .open)
  }

  @Test func `names that no bet can have are passed over`() throws {
    try scene.declare("alpha")
    let git = scene.clone
    for name in ["Upper", "-dash", "under_score", "sub/folder", "none", "con", "a..b", "a~b"] {
      try git.write(".git/refs/bets/\(name)", git.id("refs/bets/alpha") + "\n")
    }
    try git.write(".git/refs/bets/alpha.lock", "")
    #expect(try scene.ledger().ids().map(\.name) == ["alpha"])
    #expect(try scene.ledger().readableBets().map(\.id.name) == ["alpha"])
  }

  @Test func `packed refs count, and a loose one wins`() throws {
    try scene.declare("alpha")
    try scene.clone.git("pack-refs", "--all")
    #expect(try scene.ledger().bet(BetID("alpha"))?.state == .open)
    try scene.append(Scene.closed("alpha", .validated))
    #expect(try scene.ledger().readableBets().map(\.state) == [.validated])
  }

  @Test func `an event in the wrong diary is damaged`() throws {
    try scene.declare("alpha")
    try scene.clone.git("update-ref", "refs/bets/copy", "refs/bets/alpha")
    guard
      case .damaged("refs/bets/copy", .wrongDiary("alpha"))? = try ledgerError({
        try scene.ledger().bet(BetID("copy"))
      })
    else {
      Issue.record("a copied diary is taken for a bet")
      return
    }
  }

  @Test func `a foreign history below one event is left out, and the rest counts`() throws {
    try scene.declare("alpha", .validated)
    try scene.clone.flood("foreign", with: 3 * Ledger.mostDamage)
    let tip = try scene.clone.id("refs/bets/alpha")
    for parents in [[tip, "foreign"], ["foreign", tip]] {
      try forge(
        "alpha", "x\n\nEvent: measured\nBet: alpha\nSeq: 9\n", parents: parents.map { try scene.clone.id($0) }
      )
      let bet = try #require(try scene.ledger().bet(BetID("alpha")))
      #expect(bet.state == .validated)
      #expect(bet.diary.damaged.count == Ledger.mostDamage && bet.diary.isFlooded)
      #expect(bet.diary.entries.count == Ledger.mostDamage + 3)
    }
    // What is written next counts.
    try scene.append(Event(.reopened, in: "alpha", subject: "again", body: "it was wrong"))
    #expect(try scene.ledger().bet(BetID("alpha"))?.state == .open)
  }

  @Test func `what lies below some damage counts, and below more than is read nothing is guessed`() throws {
    try scene.declare("alpha", .invalidated)
    let old = try scene.clone.id("refs/bets/alpha")
    for (count, isRead) in [(Ledger.mostDamage, true), (Ledger.mostDamage + 1, false)] {
      let commits = (1...count).map {
        "commit refs/heads/damage\ncommitter Eve <eve@example.org> \(1_800_000_000 + $0) +0000\ndata 2\nx\n"
          + ($0 == 1 ? "from \(old)\n\n" : "\n")
      }
      try scene.clone.git("update-ref", "-d", "refs/heads/damage")
      try scene.clone.git("fast-import", "--quiet", "--force", input: commits.joined())
      let damage = try scene.clone.id("damage")
      // Another claim on top would hide the verdict.
      try forge(
        "alpha", "x\n\nEvent: declared\nBet: alpha\nSeq: 9\n\(Self.claim)", parents: [damage])
      if isRead {
        #expect(try scene.ledger().bet(BetID("alpha"))?.diary.damaged.count == count)
      } else {
        let error = try #require(try ledgerError { try scene.ledger().bet(BetID("alpha")) })
        #expect(error.diagnostic.code == "too-many-events")
      }
    }
  }
}
