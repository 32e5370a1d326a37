import TestSupport
import Testing

@Suite("a push that would harm the ledger") struct LedgerPushTests {
  /// A remote with a ledger, and a clone that was installed before there was one.
  private func scene() throws -> (owner: TestRepository, clone: TestRepository, remote: TestRepository) {
    let (owner, remote) = try TestRepository.withRemote()
    let clone = try remote.clone(named: "other")
    clone.knowBet()
    try clone.bet("install")
    try owner.declare("search")
    try owner.bet("note", "search", "-m", "they like it")
    try owner.bet("sync")
    return (owner, clone, remote)
  }

  @Test(arguments: [
    ["--mirror", "origin"], ["--prune", "origin", "refs/*:refs/*"], ["--prune", "origin", "refs/bets/*"],
    ["origin", ":refs/bets/search"], ["-f", "--prune", "origin", "+refs/bets/*:refs/bets/*"],
    ["origin", "main", ":refs/bets/search"],
  ])
  func `is stopped where it deletes, and a sync is the way on`(_ arguments: [String]) throws {
    let (_, clone, remote) = try scene()
    let before = try remote.refs()
    let run = try clone.tryGit(["push"] + arguments)
    #expect(run.stops("ledger-deleted"), "\(run.errorText)")
    #expect(run.errorText.contains("hint: git bet sync"))
    #expect(try remote.refs() == before)
    try clone.bet("sync")
    #expect(try clone.bet("list").text.contains("search"))
    #expect(try remote.refs() == before)
    // Afterwards there is nothing to delete.
    if arguments == ["--mirror", "origin"] {
      try clone.git("push", "-q", "--prune", "origin", "refs/bets/*:refs/bets/*")
      #expect(try remote.refs() == before)
    }
  }

  @Test func `is stopped where nothing but the ledger would go, which git does not tell its hook`() throws {
    let (_, clone, remote) = try scene()
    let before = try remote.refs()
    // A mirror has all but the ledger there already.
    try remote.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    try remote.git("update-ref", "refs/remotes/origin/main", "main")
    let mirrored = try remote.refs()
    let typed = try clone.tryGit("push", "--mirror", "origin")
    #expect(typed.stops("ledger-deleted"), "\(typed.errorText)")
    try clone.git("config", "remote.origin.mirror", "true")
    let configured = try clone.tryGit("push")
    #expect(configured.stops("ledger-deleted"), "\(configured.errorText)")
    #expect(try remote.refs() == mirrored && mirrored != before)
    try clone.bet("sync")
    try clone.git("update-ref", "-d", "refs/bets-remote/origin/search")
    try clone.git("push", "-q", "--mirror", "origin")
    #expect(try remote.refs().contains("refs/bets/search"))
    // With nothing to push there is nothing to say.
    try clone.git("config", "--unset", "remote.origin.mirror")
    #expect(try clone.tryGit("push", "-q", "origin", "main").isSilent)
  }

  @Test(arguments: [
    ["-f", "origin", "refs/bets/*"], ["origin", "+refs/bets/search"], ["--mirror", "origin"],
  ])
  func `is stopped where it rewinds`(_ arguments: [String]) throws {
    let (owner, clone, remote) = try scene()
    try clone.bet("sync")
    try owner.bet("note", "search", "-m", "so do I")
    try owner.bet("sync")
    try clone.bet("note", "search", "-m", "me too")
    let before = try remote.refs()
    for _ in 0..<2 {
      let run = try clone.tryGit(["push"] + arguments)
      #expect(run.stops("ledger-rewound"), "\(run.errorText)")
      #expect(run.errorText.contains("hint: git bet sync"))
      #expect(try remote.refs() == before)
      // The same once it is known here what the remote has.
      try clone.git("fetch", "-q", "origin")
    }
    try clone.bet("sync")
    #expect(try clone.tryGit("push", "-q", "-f", "origin", "refs/bets/*").status == 0)
  }

  @Test func `passes unjudged where the ledger only moves forward`() throws {
    let (owner, _, remote) = try scene()
    try owner.bet("note", "search", "-m", "more")
    try owner.declare("next")
    let run = try owner.tryGit("push", "-q", "-f", "origin", "refs/bets/*")
    #expect(run.isSilent, "\(run.errorText)")
    #expect(try remote.id("refs/bets/search") == owner.id("refs/bets/search"))
    #expect(try owner.tryGit("push", "--mirror", "origin").status == 0)
    // What was only fetched is nobody's ledger.
    #expect(try owner.tryGit("push", "-q", "origin", ":refs/bets-remote/origin/search").status == 0)
  }

  @Test func `leaves a ledger that is gone, and doctor knows it`() throws {
    let (owner, _, _) = try scene()
    #expect(try owner.tryBet("doctor").status == 0)
    for ref in ["refs/bets/search", "refs/bets-remote/origin/search"] {
      try owner.git("update-ref", "-d", ref)
    }
    let doctor = try owner.tryBet("doctor")
    #expect(doctor.status == 1 && doctor.text.contains("a ledger was here and is gone"), "\(doctor.text)")
    #expect(doctor.text.contains("type: git bet sync"))
    try owner.bet("sync")
    #expect(try owner.tryBet("doctor").status == 0)
  }
}
