import TestSupport
import Testing

/// Nothing that a clone can do takes work out of the audit's sight.
@Suite("an audit is not blinded") struct AuditBlindTests {
  /// `ranking` rests on the open bet `search`, and is checked out.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    return repository
  }

  private func audit(_ repository: TestRepository, _ arguments: String..., status: Int32) throws -> [String] {
    let run = try repository.tryBet(["audit"] + arguments)
    #expect(run.status == status, "\(run.text)\(run.errorText)")
    return run.text.split(separator: "\n").map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
      .filter { $0.hasSuffix(" follow-on") }
  }

  @Test func `by commits with an old date on top`() throws {
    let repository = try scene()
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    repository.environment["GIT_COMMITTER_DATE"] = "2001-01-01T00:00:00Z"
    repository.environment["GIT_AUTHOR_DATE"] = "2001-01-01T00:00:00Z"
    for _ in 0..<6 {
      try repository.git(
        "-c", "core.hooksPath=/dev/null", "commit", "-q", "--allow-empty", "-m", "old\n\nBet: none")
    }
    try repository.git("push", "-q", "--no-verify", "origin", "HEAD:main")
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
    #expect(try audit(repository, "--since", "2000-01-01", status: 1) == ["unseen follow-on"])
  }

  @Test(arguments: [
    ("bet.depth", "9"), ("bet.draft", "*"), ("bet.ship", "other"), ("bet.rule.follow-on", "off"),
  ])
  func `by what a clone's configuration says`(key: String, value: String) throws {
    let repository = try scene()
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    try repository.git("config", key, value)
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
  }

  @Test(arguments: [["bet.depth=9"], ["bet.draft=main"], ["bet.rule.follow-on=off"]])
  func `by a setting for one command: what that let through is weakened`(settings: [String]) throws {
    let repository = try scene()
    let push = try repository.tryGit(
      settings.flatMap { ["-c", $0] } + ["push", "-q", "origin", "bet/ranking:main"])
    #expect(push.status == 0 && push.errorText.contains("[weakened]"), "\(push.errorText)")
    #expect(try audit(repository, status: 1).map { $0.split(separator: " ")[0] } != ["passed"])
  }

  @Test func `by a dry run with such a setting`() throws {
    let repository = try scene()
    try repository.git("-c", "bet.depth=9", "push", "-q", "--dry-run", "origin", "bet/ranking:main")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 1) == ["weakened follow-on"])
  }

  @Test func `by a line that somebody adds to the log`() throws {
    let repository = try scene()
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    let tip = try repository.id("HEAD")
    let gone = try repository.id("refs/bets/ranking")
    for ledger in [
      "", "@origin - ", "@origin search@\(gone) ", "@origin ranking@\(gone) ", "@- ranking@\(tip) ",
    ] {
      try repository.write(
        ".git/bet/decisions",
        "4102444800 pre-push - abc satisfied - \(tip) - \(ledger)refs/heads/main\n")
      #expect(try audit(repository, status: 1) == ["unseen follow-on"], "\(ledger)")
    }
  }

  @Test func `by a push to a second remote`() throws {
    let repository = try scene()
    let other = try repository.addRemote(named: "other")
    try repository.git("push", "-q", "other", "origin/main:refs/heads/main")
    #expect(try audit(repository, status: 0) == [])
    try repository.git("push", "-q", "--no-verify", "other", "bet/ranking:main")
    #expect(try audit(repository, status: 0) == ["elsewhere follow-on"])
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
    #expect(other.path != repository.path)
  }

  @Test func `but what passed before a reopening has passed, by what the ledger said then`() throws {
    let repository = try scene()
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    try repository.git("push", "-q", "origin", "bet/ranking:main")
    try repository.bet("reopen", "search", "--because", "it was the holidays")
    #expect(try audit(repository, status: 0) == ["passed follow-on"])
    // The line proves nothing once it does not name that decision.
    let log = try repository.read(".git/bet/decisions")
    let search = try repository.id("refs/bets/search")
    let then = try repository.id("refs/bets/search~1")
    #expect(log.contains("search@\(then)"))
    try repository.write(".git/bet/decisions", log.replacing(then, with: search))
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
  }

  @Test func `by a bet that was declared when the gate had stopped the work`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.declare("search")
    let code = (1...30).map { "let value\($0) = search(term\($0))\n" }
    try repository.commit("search\n\nBet: search\n", file: "search.swift", content: code.joined())
    try repository.git("push", "-q", "origin", "main")
    try repository.declare("ranking", on: "search")
    let more = code.map { $0.replacing("search(", with: "rank(search(") }.joined()
    try repository.commit("rank\n\nBet: ranking\n", file: "search.swift", content: more)
    try expectStopped(repository, remote, ["origin", "main"])
    // The hook's clock is the real one.
    for clock in ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] {
      repository.environment[clock] = "4000000000 +0000"
    }
    try repository.declare("fresh")
    try repository.git("commit", "-q", "--amend", "-m", "rank\n\nBet: fresh")
    #expect(try repository.tryGit("push", "-q", "origin", "main").status == 0)
    let run = try repository.tryBet("audit")
    #expect(
      run.text.contains("says Bet: fresh, declared after the gate had stopped refs/heads/main on"),
      "\(run.text)")
    // Written after the stop, it is work like any other.
    repository.environment["GIT_AUTHOR_DATE"] = "4000000001 +0000"
    try repository.git("commit", "-q", "--amend", "--no-edit", "--reset-author")
    try repository.git("push", "-q", "-f", "origin", "main")
    let later = try repository.bet("audit").text
    #expect(later.contains("says Bet: fresh") && !later.contains("stopped"), "\(later)")
  }

  @Test(arguments: [("Bet: none", "says Bet: none"), ("", "names no bet"), ("Bet: other", "says Bet: other")])
  func `by a commit that does not say what it builds on`(trailer: String, label: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("other")
    let code = (1...30).map { "let value\($0) = search(term\($0))\n" }
    try repository.commit("search\n\nBet: search\n", file: "search.swift", content: code.joined())
    try repository.git("push", "-q", "origin", "main")
    #expect(try repository.bet("audit").text.contains("nothing that the gate would stop"))
    let more = code.map { $0.replacing("search(", with: "rank(search(") }.joined()
    try repository.commit("rank\n\n\(trailer)\n", file: "search.swift", content: more)
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    let run = try repository.tryBet("audit")
    #expect(run.status == 0 && run.text.contains("undeclared") && run.text.contains(label), "\(run.text)")
    for (level, status) in [("off", Int32(0)), ("block", 1)] {
      try repository.bet("policy", "overlap=\(level)")
      let again = try repository.tryBet("audit")
      #expect(again.status == status && again.text.contains("undeclared"), "\(again.text)")
    }
  }
}
