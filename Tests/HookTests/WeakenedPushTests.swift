import TestSupport
import Testing

@Suite("a clone that asks less than the ledger") struct WeakenedPushTests {
  private func log(_ repository: TestRepository) throws -> [Substring] {
    try repository.read(".git/bet/decisions").split(separator: "\n").map { $0.split(separator: " ")[4] }
  }

  @Test(arguments: [
    ("bet.depth", "9"), ("bet.draft", "bet/*"), ("bet.branch", "nothing/{bet}"),
    ("bet.rule.follow-on", "warn"),
  ])
  func `is let through, named in one line and logged as such`(_ key: String, _ value: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    if key == "bet.branch" {
      try repository.git("config", "--unset", "branch.bet/ranking.bet")
      try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--amend", "-m", "no trailer")
      try repository.bet("unlink", "ranking")
    }
    try expectStopped(repository, repository, ["--dry-run", "origin", "HEAD"], by: "follow-on")
    for arguments in [["-c", "\(key)=\(value)"], []] {
      if arguments.isEmpty { try repository.git("config", key, value) }
      let run = try repository.tryGit(arguments + ["push", "--dry-run", "origin", "HEAD"])
      #expect(run.status == 0, "\(run.errorText)")
      let lines = run.errorText.split(separator: "\n").filter { $0.contains("[weakened]") }
      #expect(lines.count == 1 && lines[0].contains("\(key)=\(value)"), "\(run.errorText)")
      #expect(try log(repository).last?.hasSuffix("/\(key)") == true)
    }
    #expect(try repository.tryBet("check", "--ci").status == 1)
    #expect(try repository.bet("rules").text.contains("note: \(key)=\(value)"))
    #expect(try repository.tryBet("doctor").text.contains("\(key)=\(value)"))
  }

  @Test func `is not told of what changes nothing, nor of what the ledger says too`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.git("config", "bet.depth", "9")
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.commit("search\n")
    #expect(try repository.tryGit("push", "-q", "origin", "HEAD").isSilent)
    try repository.declare("ranking", on: "search")
    try repository.bet("start", "ranking")
    try repository.commit("rank\n")
    try repository.bet("policy", "bet.depth=9")
    #expect(try repository.tryGit("push", "-q", "origin", "HEAD").isSilent)
    #expect(try log(repository).allSatisfy { !$0.contains("/") })
    #expect(try !repository.bet("rules").text.contains("asks less"))
  }

  @Test func `a shared setting counts in every clone, in CI and on the server`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.refused("origin", "HEAD", "refs/bets/*", by: "follow-on")
    try scene.clone.bet("policy", "bet.depth=1")
    #expect(try scene.clone.tryBet("check", "--ci").status == 0)
    try scene.taken("origin", "HEAD", "refs/bets/*")
    #expect(try scene.clone.bet("rules").text.contains("ledger"))
    try scene.clone.commit("more\n")
    // The administrator's word counts on his server, where it is stricter as where it is not.
    try scene.server.git("config", "bet.depth", "0")
    try scene.refused("origin", "HEAD", by: "follow-on")
    try scene.server.git("config", "--unset", "bet.depth")
    try scene.clone.bet("policy", "bet.depth=")
    try scene.refused("origin", "HEAD", "refs/bets/*", by: "follow-on")
  }

  @Test(arguments: [
    ("bet.nothing=1", "unknown-setting"), ("bet.depth=deep", "bad-setting"), ("bet.depth=1 2", "bad-setting"),
    ("bet.sign=true", "unknown-setting"), ("bet.ship", "bad-setting"),
  ])
  func `what is no setting is refused, and nothing is written`(_ text: String, _ code: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    let before = try repository.fingerprint()
    #expect(try repository.tryBet("policy", text).stops(code, status: 128))
    #expect(try repository.fingerprint() == before)
  }
}
