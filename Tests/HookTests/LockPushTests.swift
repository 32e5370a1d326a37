import TestSupport
import Testing

/// A server that is locked by the ledger, a clone whose person may sign, and what somebody without a key tries.
@Suite("the lock unsigned=block, on a server") struct LockPushTests {
  private struct Lock {
    let scene: ServerScene
    var clone: TestRepository { scene.clone }

    init() throws {
      scene = try ServerScene()
      let key = try scene.clone.sshKey("ada")
      try scene.clone.sign(with: key)
      try scene.clone.git("config", "--global", "bet.sign", "false")
      try scene.clone.allow("ada@example.org \(scene.clone.publicKey(key))")
      try scene.clone.placeChain()
      try signed("policy", "unsigned=block", "overlap=block", "overdue=block", "appetite=block")
    }

    func signed(_ arguments: String...) throws {
      try clone.git(["-c", "bet.sign=true", "bet"] + arguments)
    }

    /// Both land, or none: what the ledger says is pushed along.
    func refused(_ code: String, at location: SourceLocation = #_sourceLocation) throws {
      try scene.refused("origin", "HEAD", "refs/bets/*", by: code, at: location)
    }

    func taken(at location: SourceLocation = #_sourceLocation) throws {
      try scene.taken("origin", "HEAD", "refs/bets/*", at: location)
    }
  }

  @Test func `what a bet builds on is taken away by a signature alone`() throws {
    let lock = try Lock()
    try lock.refused("follow-on")
    try lock.clone.bet("amend", "ranking", "--builds-on", "")
    let run = try lock.scene.refused("origin", "HEAD", "refs/bets/*", by: "follow-on")
    #expect(run.says("unsigned") && run.errorText.contains("'amended' of 'ranking'"), "\(run.errorText)")
    try lock.signed("amend", "ranking", "--builds-on", "")
    try lock.taken()
  }

  @Test func `a level is lowered by a signature alone, and a setting widened`() throws {
    let lock = try Lock()
    for setting in ["follow-on=off", "follow-on=warn", "bet.depth=9", "bet.draft=bet/*"] {
      try lock.clone.bet("policy", setting)
      try lock.refused("follow-on")
    }
    try lock.signed("policy", "bet.depth=9")
    try lock.taken()
  }

  @Test func `an instrument that is missing stays missing when the rule is switched off`() throws {
    let lock = try Lock()
    try lock.clone.git("switch", "-q", "main")
    try lock.clone.bet(
      "declare", "free", "--if", "a", "--expect", "b", "--because", "c", "--instrument", "not_there")
    try lock.clone.commit("work\n\nBet: free\n", file: "a", content: "a\n")
    try lock.refused("instrument")
    try lock.clone.bet("policy", "instrument=off")
    try lock.refused("instrument")
    try lock.clone.bet("amend", "free", "--instrument", "")
    try lock.refused("instrument")
    try lock.clone.bet("close", "free", "inconclusive", "--evidence", "x")
    try lock.refused("instrument")
    try lock.signed("policy", "instrument=off")
    try lock.taken()
  }

  @Test func `what a signature has given up is opened again by a signature alone`() throws {
    let lock = try Lock()
    try lock.signed("close", "ranking", "invalidated", "--evidence", "it fell")
    try lock.signed("amend", "search", "--outcome", "x")
    try lock.refused("lost")
    try lock.clone.bet("reopen", "ranking", "--because", "no")
    try lock.refused("lost")
    try lock.clone.bet("close", "ranking", "validated", "--yes", "--evidence", "x")
    try lock.refused("lost")
    try lock.signed("reopen", "ranking", "--because", "it rose again")
    try lock.signed("close", "search", "validated", "--yes", "--evidence", "it rose")
    try lock.taken()
  }

  @Test func `a link is taken away by a signature alone`() throws {
    let lock = try Lock()
    try lock.clone.git("switch", "-q", "-c", "topic", "main")
    try lock.clone.bet("declare", "free", "--if", "a", "--expect", "b", "--because", "c")
    try lock.clone.bet("link", "ranking")
    try lock.clone.git("config", "--unset", "branch.topic.bet")
    try lock.clone.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--allow-empty", "-m", "x")
    try lock.refused("follow-on")
    try lock.clone.bet("unlink", "ranking")
    try lock.refused("follow-on")
    try lock.clone.bet("link", "free")
    try lock.refused("follow-on")
    try lock.signed("unlink", "free")
    try lock.signed("link", "free")
    try lock.taken()
  }

  @Test func `a commit is given to another bet by a signature alone`() throws {
    let lock = try Lock()
    try lock.clone.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--amend", "-m", "no trailer")
    try lock.clone.bet("declare", "free", "--if", "a", "--expect", "b", "--because", "c")
    try lock.refused("follow-on")
    try lock.clone.bet("link", "free", "--commit", "HEAD")
    try lock.refused("follow-on")
    try lock.signed("link", "free", "--commit", "HEAD")
    try lock.taken()
  }

  @Test func `doctor names what does not count`() throws {
    let lock = try Lock()
    #expect(try !lock.clone.tryBet("doctor").text.contains("which is not signed"))
    try lock.clone.bet("amend", "ranking", "--builds-on", "")
    try lock.clone.bet("policy", "overlap=off")
    let doctor = try lock.clone.tryBet("doctor").text
    #expect(doctor.contains("the event 'amended' of 'ranking', which is not signed"), "\(doctor)")
    #expect(doctor.contains("the policy 'overlap=off', which is not signed"), "\(doctor)")
  }

  @Test func `without the lock all of it counts as before`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.refused("origin", "HEAD", "refs/bets/*", by: "follow-on")
    try scene.clone.bet("amend", "ranking", "--builds-on", "")
    try scene.taken("origin", "HEAD", "refs/bets/*")
  }
}
