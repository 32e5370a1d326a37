import TestSupport
import Testing

@Suite("a push that relies on a record of the gate") struct SignedRecordTests {
  @Test func `passes by an override that is signed, and by no other`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    let key = try repository.sshKey("ada")
    try repository.bet("override", "--because", "the demo is tomorrow")
    let id = try repository.id("refs/bets/gate")
    try scene.stops("the override \(id.prefix(10))", "by Ada Author <ada@example.org>", "is not signed")
    // Nor by an override of that.
    try repository.bet("override", "--because", "and I say so")
    try scene.stops("is not signed")
    try repository.sign(with: key)
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    try scene.follow("bet push --override")
    #expect(try scene.push().status == 0)
  }

  @Test func `is told to override again, signed`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    let key = try repository.sshKey("ada")
    try repository.bet("override", "--because", "the demo is tomorrow")
    try repository.sign(with: key)
    try repository.git("config", "--global", "bet.sign", "false")
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    try scene.follow("--revoke")
    #expect(try scene.push().status == 0)
  }

  @Test func `stops where an unsigned policy holds a rule down`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    try repository.bet("policy", "follow-on=off")
    try scene.stops("the policy 'follow-on=off', which is not signed")
    let key = try repository.sshKey("ada")
    try repository.sign(with: key)
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    try repository.bet("policy", "follow-on=warn")
    #expect(try scene.push().status == 0)
  }

  @Test func `is not let through by an unsigned policy that takes the lock off`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    try repository.git("config", "--unset", "bet.rule.unsigned")
    try scene.validate()
    #expect(try repository.tryBet("check").status == 0)
    try repository.bet("policy", "unsigned=block")
    let lower = try repository.tryBet("policy", "unsigned=off")
    #expect(lower.says("lock-stays"))
    try scene.stops("is not signed")
    #expect(try repository.tryBet("check", "--ci").status == 1)
    let key = try repository.sshKey("ada")
    try repository.sign(with: key)
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    #expect(try !repository.tryBet("policy", "unsigned=off").says("lock-stays"))
    try scene.passes()
  }

  @Test(arguments: [false, true])
  func `an audit takes no unsigned override for a decision`(isSigned: Bool) throws {
    let scene = try SignedScene()
    let repository = scene.repository
    if isSigned {
      let key = try repository.sshKey("ada")
      try repository.sign(with: key)
      try repository.allow("ada@example.org \(repository.publicKey(key))")
    }
    try repository.bet("override", "--because", "the demo is tomorrow")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    try repository.bet("policy", "unsigned=block")
    let audit = try repository.tryBet("audit")
    #expect(audit.status == (isSigned ? 0 : 1))
    #expect(audit.text.contains(isSigned ? "overridden  follow-on" : "unsigned  follow-on"), "\(audit.text)")
    #expect(audit.text.contains("is not signed") == !isSigned)
  }

  @Test func `a server goes by its own list of signers, also for what comes with the push`() throws {
    let scene = try ServerScene()
    let (clone, server) = (scene.clone, scene.server)
    let (ada, bob) = (try clone.sshKey("ada"), try clone.sshKey("bob"))
    try clone.placeChain()
    try clone.sign(with: ada)
    try clone.allow("ada@example.org \(clone.publicKey(ada))")
    try clone.bet("policy", "unsigned=block")
    try clone.bet("close", "search", "validated", "--yes", "--evidence", "starts rose")
    let list = clone.scratch.path + "/server_signers"
    try server.git("config", "gpg.ssh.allowedSignersFile", list)
    try clone.write(list, "ada@example.org \(clone.publicKey(bob))\n")
    let stop = try scene.refused("origin", "bet/ranking", "refs/bets/*", by: "unsigned")
    #expect(stop.errorText.contains("not trusted here") && !stop.errorText.contains("allowedSignersFile"))
    // What the server's own repository names as a program runs as little as a clone's.
    let trap = clone.scratch.path + "/trap"
    try clone.write(trap, "#!/bin/sh\ntouch '\(trap).sprung'\n", executable: true)
    try server.git("config", "gpg.ssh.program", trap)
    try clone.write(list, "ada@example.org \(clone.publicKey(ada))\n")
    try scene.taken("origin", "bet/ranking", "refs/bets/*")
    #expect(try clone.run("test", ["-e", trap + ".sprung"]).status == 1)
    // Taken off by somebody who may not sign: it lands, and does not count.
    try clone.sign(with: bob)
    try clone.bet("policy", "unsigned=off")
    try clone.bet("reopen", "search", "--because", "again")
    try clone.bet("close", "search", "validated", "--yes", "--evidence", "starts rose")
    try clone.commit("rank better\n")
    try scene.refused("origin", "bet/ranking", "refs/bets/*", by: "unsigned")
  }
}
