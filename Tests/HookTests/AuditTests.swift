import TestSupport
import Testing

@Suite("an audit of what has shipped") struct AuditTests {
  /// The bet `search` is open and `ranking` rests on it; the branch of `ranking` is checked out.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    return repository
  }

  /// The words at the beginning of the table's rows, by rule: `unseen follow-on`.
  private func audit(_ repository: TestRepository, _ arguments: String..., status: Int32) throws -> [String] {
    let run = try repository.tryBet(["audit"] + arguments)
    #expect(run.status == status, "\(run.text)\(run.errorText)")
    return run.text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 1, ["unseen", "passed", "overridden", "weakened"].contains(words[0]) else {
        return nil
      }
      return "\(words[0]) \(words[1])"
    }
  }

  @Test func `finds what went round the gate`() throws {
    let repository = try scene()
    #expect(try audit(repository, status: 0).isEmpty)
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
    let run = try repository.tryBet("audit")
    #expect(run.status == 1)
    #expect(run.text.contains("[unseen-work]") && run.text.contains("origin/main"))
    // A push on top of it, which passes, does not bless it.
    try repository.git("switch", "-q", "-c", "more", "origin/main")
    try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "more:main"])
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    #expect(try audit(repository, status: 0).isEmpty)
  }

  @Test func `names who overrode the gate and why`() throws {
    let repository = try scene()
    try repository.bet("override", "--because", "the demo is tomorrow")
    try expectPassed(repository, ["-q", "origin", "bet/ranking:main"])
    try repository.commit("rank better\n", file: "ranking", content: "2\n")
    #expect(try audit(repository, status: 0) == ["overridden follow-on"])
    let run = try repository.bet("audit")
    #expect(run.text.contains("by Ada Author on 20") && run.text.contains("the demo is tomorrow"))
    // What came on top went round the gate.
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 1) == ["unseen follow-on", "overridden follow-on"])
    // Taken back, it was still seen when it passed.
    let id = try repository.git("rev-parse", "refs/bets/gate").text.prefix(40)
    try repository.bet("override", "--revoke", String(id))
    #expect(try audit(repository, status: 1) == ["unseen follow-on", "passed follow-on"])
  }

  @Test func `counts a standing override up to its last day`() throws {
    let repository = try scene()
    try repository.bet("override", "--because", "the fair", "--until", "2099-01-01")
    repository.environment["GIT_COMMITTER_DATE"] = "2099-01-01T23:59:59Z"
    try repository.git("commit", "-q", "--allow-empty", "-m", "on the day")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 0) == ["overridden follow-on"])
    repository.environment["GIT_COMMITTER_DATE"] = "2099-01-02T00:00:00Z"
    try repository.git("commit", "-q", "--allow-empty", "-m", "the day after")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 1) == ["unseen follow-on", "overridden follow-on"])
  }

  @Test func `knows what the gate let through before the bet was opened again`() throws {
    let repository = try scene()
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    try expectPassed(repository, ["-q", "origin", "bet/ranking:main"])
    #expect(try audit(repository, status: 0).isEmpty)
    try repository.bet("reopen", "search", "--because", "it was the holidays")
    #expect(try audit(repository, status: 0) == ["passed follow-on"])
    // In another clone nobody saw it.
    try repository.run("rm", [".git/bet/decisions"]).succeeded("rm")
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
    #expect(try audit(repository, "--since", "origin/main", status: 0).isEmpty)
    #expect(try audit(repository, "--since", "origin/main~", status: 1).count == 1)
    #expect(try audit(repository, "--since", "2024-12-31", status: 1).count == 1)
    #expect(try audit(repository, "--since", "2025-01-02", status: 0).isEmpty)
  }

  @Test func `takes no draft for a ship branch`() throws {
    let repository = try scene()
    try expectPassed(repository, ["-q", "origin", "bet/ranking:wip/ranking"])
    #expect(try audit(repository, status: 0).isEmpty)
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
  }

  @Test func `follows the ledger's levels and not this clone's`() throws {
    let repository = try scene()
    try repository.git("config", "bet.rule.follow-on", "off")
    try expectPassed(repository, ["-q", "origin", "bet/ranking:main"])
    #expect(try audit(repository, status: 1) == ["weakened follow-on"])
    try repository.git("config", "--unset", "bet.rule.follow-on")
    try repository.bet("policy", "follow-on=off")
    #expect(try audit(repository, status: 0).isEmpty)
  }

  @Test func `answers in JSON`() throws {
    let repository = try scene()
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    let run = try repository.tryBet("audit", "--json")
    #expect(run.status == 1)
    let id = try repository.id("bet/ranking")
    #expect(
      run.text == """
        {
          "version": 1,
          "entries": [
            {
              "status": "unseen",
              "passage": "unseen",
              "remote": "origin",
              "branch": "main",
              "rule": "follow-on",
              "bet": "ranking",
              "blockedBy": [
                "search"
              ],
              "commits": [
                {
                  "id": "\(id)",
                  "title": "rank results"
                }
              ],
              "override": null,
              "passed": null
            }
          ]
        }

        """)
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    let nothing = try repository.bet("audit", "--json").text
    #expect(nothing == "{\n  \"version\": 1,\n  \"entries\": []\n}\n")
  }

  @Test func `looks at a bare repository's own branches`() throws {
    let scene = try ServerScene()
    try scene.clone.placeChain()
    try scene.clone.bet("override", "--because", "the demo is tomorrow")
    try scene.taken("origin", "bet/ranking:main", "refs/bets/*")
    #expect(try audit(scene.server, status: 0) == ["overridden follow-on"])
    try scene.clone.commit("rank better\n", file: "ranking", content: "2\n")
    try scene.server.bet("uninstall")
    try scene.taken("origin", "bet/ranking:main")
    #expect(try audit(scene.server, status: 1) == ["unseen follow-on", "overridden follow-on"])
  }

  @Test func `without a ledger says so when commits name bets`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    #expect(try audit(repository, status: 0).isEmpty)
    try repository.commit("x\n\nBet: search\n")
    try repository.git("push", "-q", "origin", "main")
    #expect(try repository.tryBet("audit").stops("ledger-not-fetched", status: 128))
  }
}
