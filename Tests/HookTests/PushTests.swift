import TestSupport
import Testing

/// Expects that the gate stops this push, with this rule, and that the remote stays as it is.
@discardableResult
func expectStopped(
  _ repository: TestRepository, _ remote: TestRepository, _ arguments: [String],
  by code: String = "follow-on",
  environment: [String: String] = [:], at location: SourceLocation = #_sourceLocation
) throws -> Run {
  let before = try remote.refs()
  let run = try repository.run("git", ["push"] + arguments, environment: environment)
  #expect(run.status == 1, "\(arguments): \(run.errorText)", sourceLocation: location)
  #expect(run.says(code), "\(arguments): \(run.errorText)", sourceLocation: location)
  #expect(try remote.refs() == before, "\(arguments)", sourceLocation: location)
  return run
}

/// Expects that this push passes, and returns what was said.
@discardableResult
func expectPassed(
  _ repository: TestRepository, _ arguments: [String], at location: SourceLocation = #_sourceLocation
) throws -> Run {
  let run = try repository.tryGit(["push"] + arguments)
  #expect(run.status == 0, "\(arguments): \(run.errorText)", sourceLocation: location)
  return run
}

@Suite("a push") struct PushTests {
  @Test func `of follow-on work waits for the verdict below`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.commit("add search\n", file: "search")
    try expectPassed(repository, ["-q", "origin", "bet/search:main"])
    try repository.declare("ranking", on: "search")
    try repository.bet("start", "ranking")
    try repository.commit("rank results\n", file: "ranking")

    let stop = try expectStopped(repository, remote, ["origin", "bet/ranking"])
    #expect(stop.errorText.contains("'search', which is open"))
    #expect(stop.out.isEmpty)

    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    #expect(try expectPassed(repository, ["-q", "origin", "bet/ranking"]).err.isEmpty)

    try repository.bet("reopen", "search", "--because", "it was the holidays")
    try repository.commit("rank better\n", file: "ranking", content: "2\n")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }

  @Test func `rests on an override until a commit is on top, or it is revoked`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])

    try repository.bet("override", "--because", "the demo is tomorrow")
    let pass = try expectPassed(repository, ["-q", "origin", "bet/ranking"])
    #expect(pass.errorText.contains("the demo is tomorrow"))
    try expectPassed(repository, ["-q", "origin", "bet/ranking:main"])

    try repository.commit("rank better\n", file: "ranking", content: "2\n")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])

    let recorded = try repository.bet("override", "--because", "once more").text
    let id = recorded.split(separator: " ").dropFirst().first.map { String($0.prefix(10)) } ?? ""
    try repository.bet("override", "--revoke", id)
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }

  @Test(arguments: ["invalidated", "abandoned"])
  func `of work that rests on a lost bet is stopped`(verdict: String) throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.bet("close", "search", verdict, "--evidence", "nobody searched")
    try expectStopped(repository, remote, ["origin", "bet/ranking"], by: "lost")
  }

  @Test func `is stopped when it names a bet that nobody declared`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("switch", "-q", "-c", "other", "main")
    try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "x\n\nBet: serach")
    let stop = try expectStopped(repository, remote, ["origin", "other"], by: "undeclared")
    #expect(stop.errorText.contains("search"))
    try repository.git("switch", "-q", "-c", "feature/free", "main")
    try repository.commit("x\n")
    try expectStopped(repository, remote, ["origin", "feature/free"], by: "unlinked")
  }

  @Test func `to a draft branch passes with a note, and the ship branch stays closed`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    let pass = try expectPassed(repository, ["-q", "origin", "bet/ranking:refs/heads/wip/ranking"])
    #expect(pass.says("follow-on") && pass.errorText.contains("note:"))
    try repository.git("fetch", "-q")
    try expectStopped(repository, remote, ["origin", "bet/ranking:main"])
  }

  @Test func `without bets is silent, and so is one with nothing to push`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.commit("more\n")
    try repository.git("branch", "feature/x")
    let pass = try expectPassed(repository, ["-q", "origin", "main", "feature/x"])
    #expect(pass.err.isEmpty && pass.out.isEmpty)
    try repository.declare("search")
    let nothing = try expectPassed(repository, ["-q", "origin", "main"])
    #expect(nothing.err.isEmpty && nothing.out.isEmpty)
  }

  @Test func `with --dry-run writes nothing, here or there`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    let here = try repository.snapshot()
    let there = try remote.snapshot()
    try expectStopped(repository, remote, ["--dry-run", "origin", "bet/ranking"])
    try expectPassed(repository, ["--dry-run", "origin", "bet/ranking:wip/x"])
    #expect(try repository.snapshot() == here)
    #expect(try remote.snapshot() == there)
  }

  @Test func `keeps its standard output for git`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    let arguments = ["--porcelain", "--dry-run", "origin", "bet/ranking:refs/heads/wip/x"]
    let judged = try expectPassed(repository, arguments)
    #expect(judged.says("follow-on"))
    #expect(try judged.out == repository.git(["push", "--no-verify"] + arguments).out)
  }

  @Test func `says when a level was set for it alone`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    let run = try repository.tryGit("-c", "bet.rule.follow-on=warn", "push", "-q", "origin", "bet/ranking")
    #expect(run.status == 0 && run.says("follow-on"))
    #expect(run.errorText.contains("this command only"))
    let bad = ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "bet.depth", "GIT_CONFIG_VALUE_0": "deep"]
    try expectStopped(
      repository, remote, ["origin", "bet/ranking:main"], by: "bad-setting", environment: bad)
  }
}
