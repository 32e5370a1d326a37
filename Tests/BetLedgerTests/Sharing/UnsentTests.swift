import BetLedger
import LedgerSupport
import TestSupport
import Testing

@Suite("what is only here") struct UnsentTests {
  private func onlyHere(_ scene: Scene) throws -> [String] {
    try scene.ledger().onlyHere(besides: LedgerPeer.all(in: scene.config()))
  }

  @Test func `is every diary that no fetched copy has all of`() throws {
    let scene = try Scene()
    let clone = scene.clone
    #expect(try onlyHere(scene) == [])
    for id in ["b", "a"] { try scene.append(Scene.declared(id)) }
    #expect(try onlyHere(scene) == ["a", "b"])
    // As a push and a fetch leave it.
    try clone.git("update-ref", "refs/bets-remote/origin/a", "refs/bets/a")
    #expect(try onlyHere(scene) == ["b"])
    let first = try clone.git("rev-parse", "refs/bets/a").text.split(separator: "\n")[0]
    try scene.append(Scene.closed("a", .validated))
    #expect(try onlyHere(scene) == ["a", "b"], "one event more")
    try clone.git("update-ref", "refs/bets-remote/origin/a", "refs/bets/a")
    try clone.git("update-ref", "refs/bets/a", String(first))
    #expect(try onlyHere(scene) == ["b"], "what is behind has been sent")
    // Another remote's copy of a remote that nobody exchanges with is none.
    try clone.git("update-ref", "refs/bets-remote/gone/b", "refs/bets/b")
    #expect(try onlyHere(scene) == ["b"])
  }

  @Test func `is nothing where nobody is exchanged with`() throws {
    let scene = try Scene(remote: nil)
    try scene.append(Scene.declared("a"))
    #expect(try onlyHere(scene) == ["a"], "asked with no peers it is everything")
    #expect(try LedgerPeer.all(in: scene.config()).isEmpty)
  }
}
