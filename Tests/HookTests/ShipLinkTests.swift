import TestSupport
import Testing

@Suite("a ship branch") struct ShipLinkTests {
  @Test func `is never linked, and nothing is written`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.git("branch", "release/1")
    let before = try repository.fingerprint()
    for arguments in [
      ["link", "search"], ["link", "search", "main"], ["link", "search", "release/1"],
      ["start", "search", "--branch", "main"],
    ] {
      let run = try repository.tryBet(arguments)
      #expect(run.stops("ship-branch", status: 128), "\(arguments): \(run.errorText)")
      #expect(try repository.fingerprint() == before, "\(arguments)")
    }
    try repository.bet("link", "search", "--commit", "HEAD")
    try repository.git("switch", "-q", "-c", "topic")
    try repository.bet("link", "search")
  }

  @Test func `that is linked already is passed over by the gate and named by doctor`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("close", "search", "abandoned")
    try repository.git("switch", "-q", "-c", "topic")
    try repository.bet("link", "search")
    #expect(try repository.tryBet("doctor").status == 0)
    // As an older version did.
    let event = "link main\n\nEvent: linked\nBet: search\nSeq: 4\nBranch: main\n"
    let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    let id = try repository.git("commit-tree", "-p", "refs/bets/search", "-m", event, tree).text.prefix(40)
    try repository.git("update-ref", "refs/bets/search", String(id))
    try repository.git("config", "branch.main.bet", "search")
    try repository.git("switch", "-q", "main")
    try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--allow-empty", "-m", "hotfix")
    #expect(try repository.tryGit("push", "-q", "origin", "main").isSilent)
    let doctor = try repository.tryBet("doctor")
    #expect(doctor.status == 1 && doctor.text.components("'main' ships and is linked") == 2, "\(doctor.text)")
    for line in doctor.text.split(separator: "\n") {
      guard let start = line.firstRange(of: "type: ")?.upperBound else { continue }
      try repository.run("sh", ["-c", String(line[start...])]).succeeded("\(line)")
    }
    #expect(try repository.tryBet("doctor").status == 0)
    #expect(try repository.bet("show", "search").text.contains("topic"))
  }

  @Test func `is no way out of the gate for an agent, nor is a branch beside the one that was stopped`()
    throws
  {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.bet("declare", "free", "--if", "a", "--expect", "b", "--because", "c")
    try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--amend", "-m", "no trailer")
    repository.environment["CLAUDECODE"] = "1"
    try expectStopped(repository, remote, ["origin", "HEAD"])
    let before = try repository.fingerprint()
    for arguments in [
      ["link", "free"], ["link", "free", "--commit", "HEAD"], ["unlink", "ranking"], ["uninstall"],
      ["start", "free", "--branch", "bet/ranking"],
    ] {
      #expect(try repository.tryBet(arguments).stops("person-needed", status: 128), "\(arguments)")
      #expect(try repository.fingerprint() == before, "\(arguments)")
    }
    try repository.git("switch", "-q", "-c", "aside")
    #expect(try repository.tryBet("link", "free").stops("person-needed", status: 128))
    // What nobody has had is anybody's.
    try repository.git("switch", "-q", "-c", "new", "main")
    try repository.bet("start", "free")
    try repository.git("branch", "other", "main")
    try repository.bet("link", "free", "other")
    // A person takes the branch from the other bet, and both diaries say so.
    repository.environment["CLAUDECODE"] = nil
    try repository.bet("link", "free", "bet/ranking")
    #expect(try repository.trailers("refs/bets/ranking").contains("Event: unlinked"))
    #expect(try repository.trailers("refs/bets/free").contains("Branch: bet/ranking"))
  }
}

extension String {
  fileprivate func components(_ word: String) -> Int { ranges(of: word).count }
}
