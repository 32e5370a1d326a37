import TestSupport
import Testing

@Suite("a push to a server with the gate") struct ServerPushTests {
  @Test func `is stopped there although --no-verify went round the clone's`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.pushLedger()
    let stop = try scene.refused("origin", "bet/ranking:main", by: "follow-on")
    #expect(stop.errorText.contains("remote: git bet: not pushed: main"))
    #expect(stop.errorText.contains("git push origin 'refs/bets/*'"))
    try scene.refused("origin", "bet/ranking", by: "follow-on")
    #expect(try scene.taken("origin", "bet/ranking:wip/ranking").says("follow-on"))

    try scene.clone.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    // The verdict is here, and not there yet.
    try scene.refused("origin", "bet/ranking:main", by: "ledger-behind")
    try scene.pushLedger()
    try scene.taken("origin", "bet/ranking:main")
  }

  @Test func `brings its ledger along in the same push`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.refused("origin", "bet/ranking:main", by: "ledger-not-pushed")
    try scene.refused("origin", "bet/ranking:main", "refs/bets/*", by: "follow-on")
    try scene.clone.bet("override", "--because", "the demo is tomorrow")
    let pass = try scene.taken("origin", "bet/ranking", "refs/bets/*")
    #expect(pass.errorText.contains("the demo is tomorrow"))
    try scene.taken("origin", "bet/ranking:main")
  }

  @Test func `is refused as a whole when one of its refs is`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.pushLedger()
    try scene.clone.git("switch", "-q", "-c", "fine", "main")
    try scene.clone.commit("fine\n")
    try scene.refused("origin", "fine", "bet/ranking", by: "follow-on")
    try scene.taken("origin", "fine", "fine:refs/heads/new/branch", "fine:main")
    try scene.taken("origin", ":fine", ":new/branch")
  }

  @Test func `follows the ledger's levels, not the server's configuration or the clone's`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.pushLedger()
    try scene.server.git("config", "bet.rule.follow-on", "off")
    try scene.clone.git("config", "bet.rule.follow-on", "off")
    try scene.refused("origin", "bet/ranking", by: "follow-on")
  }

  @Test func `cannot override by a push option`() throws {
    let scene = try ServerScene()
    try scene.server.git("config", "receive.advertisePushOptions", "true")
    try scene.clone.placeChain()
    try scene.pushLedger()
    try scene.refused("-o", "bet.override=urgent", "origin", "bet/ranking", by: "push-option")
  }

  @Test func `with what cannot be judged is refused and says so`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.pushLedger()
    try scene.server.write("refs/bets/search", "nonsense\n")
    try scene.clone.commit("more\n")
    let run = try scene.clone.tryGit("push", "--no-verify", "origin", "bet/ranking")
    #expect(run.status == 1 && run.says("broken-ref"))
    #expect(run.errorText.contains("what cannot be judged is not taken"))
  }

  @Test func `is judged by the server's own branches`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.pushLedger()
    // Moved by hand, the clone believes that the server has it all.
    try scene.clone.git("update-ref", "refs/remotes/origin/main", "bet/ranking")
    try scene.refused("origin", "bet/ranking", by: "follow-on")
    // What has shipped there is not asked about again.
    try scene.server.git("config", "bet.ship", "trunk")
    try scene.clone.git("push", "-q", "origin", "bet/ranking:wip/x")
    try scene.server.git("update-ref", "refs/heads/trunk", "refs/heads/wip/x")
    #expect(try scene.taken("origin", "bet/ranking").errorText.contains("follow-on") == false)
  }
}
