import BetLedger
import LedgerSupport
import TestSupport
import Testing

/// Ledgers of version 1, in a bundle that `Fixtures/version-1.sh` made with plain git, and what they say.
///
/// They must read the same for ever. When this test fails, the code has changed what old ledgers mean: mend the
/// code. Neither the bundle nor `version-1.txt` is ever made anew; what later versions add gets a bundle of its own.
@Suite("a ledger of version 1") struct EvolutionTests {
  private static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    + "/Fixtures"

  let scene: Scene
  init() throws {
    scene = try Scene()
    try scene.clone.git(
      "fetch", "-q", Self.folder + "/version-1.bundle", "refs/bets/*:refs/bets/*",
      "refs/fetched/*:refs/bets-remote/origin/*")
  }

  @Test func `reads the same for ever`() throws {
    let expected = try scene.clone.read(Self.folder + "/version-1.txt")
    let reading = try Reading(scene.ledger())
    for (line, old) in zip(reading.text.split(separator: "\n"), expected.split(separator: "\n")) {
      #expect(line == old)
    }
    #expect(Array(reading.text.utf8) == Array(expected.utf8))
  }

  @Test func `is joined into the same objects for ever`() throws {
    let repository = try scene.repository()
    var joins = 0
    for name in try scene.ledger().ids().map(\.name) + [Event.gateDiary] {
      for entry in try scene.ledger().diary(name)?.entries ?? [] where entry.readable?.kind == .merged {
        let remotes = entry.parents.indices.map { "r\($0)" }
        let clone = try BareClone(
          "\(scene.clone.scratch.path)/\(name)", name: name, remotes: remotes,
          objects: repository.commonDirectory + "/objects")
        for (remote, parent) in zip(remotes, entry.parents) {
          try clone.place(parent, at: "refs/bets-remote/\(remote)/\(name)")
        }
        _ = try clone.ledger().join(name)
        #expect(try clone.tip(name) == entry.id, "\(name)")
        joins += 1
      }
    }
    #expect(joins == 4)
  }

  @Test func `keeps what it does not know when it is joined`() throws {
    let head = try scene.clone.id("refs/bets/search")
    func write(_ number: Int) throws -> ObjectID {
      try scene.append(
        Event(
          .unknown("weighed"), in: "search", subject: "weighed \(number)",
          unknown: [Trailer(key: "Scales", value: "kitchen \(number)")]))
    }
    let theirs = try write(1)
    try scene.clone.git("update-ref", "refs/bets-remote/origin/search", theirs.hex)
    try scene.clone.git("update-ref", "refs/bets/search", head)
    let ours = try Ledger(scene.repository(), remotes: []).append(to: "search", by: Scene.writer) { _ in
      Event(.noted, in: "search", subject: "n", unknown: [Trailer(key: "Risk", value: "low")])
    }
    #expect(try scene.ledger().join("search") == .merged(contested: []))
    let diary = try #require(try Ledger(scene.repository(), remotes: []).diary("search"))
    #expect(diary[theirs]?.readable?.kind == .unknown("weighed"))
    #expect(diary[theirs]?.readable?.unknown == [Trailer(key: "Scales", value: "kitchen 1")])
    #expect(diary[ours]?.readable?.unknown == [Trailer(key: "Risk", value: "low")])
    let text = try scene.clone.git("log", "--format=%(trailers)", "refs/bets/search").text
    for line in ["Scales: kitchen 1", "Risk: low", "Risk: high", "EVENT: measured"] {
      #expect(text.contains(line + "\n"))
    }
  }

  @Test(arguments: ["refs/bets/future", "refs/bets-remote/origin/future"])
  func `and a newer one is refused, and nothing is written`(_ ref: String) throws {
    try scene.clone.git("fetch", "-q", Self.folder + "/version-1.bundle", "refs/newer/future:\(ref)")
    let before = try scene.clone.refs() + scene.clone.git("count-objects", "-v").text
    for attempt in [
      { try scene.ledger().diary("future") as Any }, { try scene.ledger().bet(BetID("future")) as Any },
      { try scene.ledger().readableBets() }, { try scene.ledger().join("future") },
      { try scene.append(Scene.closed("future", .abandoned)) },
    ] {
      let diagnostic = try #require(try ledgerError(attempt)).diagnostic
      #expect(diagnostic.code == "newer-ledger")
      #expect(diagnostic.notes.contains { $0.contains("install the newer one") })
    }
    #expect(try scene.clone.refs() + scene.clone.git("count-objects", "-v").text == before)
  }
}
