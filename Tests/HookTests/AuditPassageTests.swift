import TestSupport
import Testing

/// How an audit tells what was seen from what was not, where one push lies on top of another.
@Suite struct AuditPassageTests {
  /// The bet `search` is open and `ranking` rests on it; its work went to `release/1` past the gate.
  private func bypassed() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:refs/heads/release/1")
    try repository.git("switch", "-q", "-c", "more")
    return repository
  }

  private func audit(_ repository: TestRepository, status: Int32) throws -> [String] {
    let run = try repository.tryBet(["audit"])
    #expect(run.status == status, "\(run.text)\(run.errorText)")
    return run.text.split(separator: "\n").map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
      .filter { $0.hasSuffix(" follow-on") }
  }

  /// The commits that the log says the last push did not look at.
  private func without(_ repository: TestRepository) throws -> [String] {
    let line = try #require(try repository.read(".git/bet/decisions").split(separator: "\n").last)
    return line.split(separator: " ")[7].split(separator: ",").map(String.init)
  }

  @Test func `a push with a warning on top of a bypass does not bless it`() throws {
    let repository = try bypassed()
    let bypass = try repository.id("refs/remotes/origin/release/1")
    try repository.bet(
      "declare", "late", "--if", "x", "--expect", "it rises to 5", "--because", "z", "--check-by",
      "2020-01-01")
    try repository.commit("more\n\nBet: late\n")
    let push = try repository.tryGit("push", "-q", "origin", "more:main")
    #expect(push.status == 0 && push.errorText.contains("[overdue]"), "\(push.errorText)")
    #expect(try without(repository) == [bypass])
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
  }

  @Test func `a push without a word on top of a bypass does not bless it`() throws {
    let repository = try bypassed()
    let bypass = try repository.id("refs/remotes/origin/release/1")
    try repository.commit("more\n")
    let push = try repository.tryGit("push", "-q", "origin", "more:main")
    #expect(push.status == 0 && push.errorText.isEmpty, "\(push.errorText)")
    #expect(try without(repository) == [bypass])
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
  }

  @Test func `what the gate has looked at stays seen when a later push subtracts it`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    let first = try repository.tryGit("push", "-q", "origin", "bet/ranking:main")
    #expect(first.status == 0, "\(first.errorText)")
    try repository.commit("more\n")
    let second = try repository.tryGit("push", "-q", "origin", "HEAD:main")
    #expect(second.status == 0, "\(second.errorText)")
    try repository.bet("reopen", "search", "--because", "it was the holidays")
    #expect(Set(try audit(repository, status: 0)) == ["passed follow-on"])
  }

  @Test func `a standing override of another repository covers nothing here, in a push as in the audit`()
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("config", "bet.ledgerRemote", "origin")
    try repository.git("config", "bet.repository", "backend")
    try repository.bet("override", "--because", "the demo is tomorrow", "--until", "30d")
    try repository.git("config", "bet.repository", "frontend")
    let stopped = try repository.tryGit("push", "-q", "origin", "bet/ranking:main")
    #expect(stopped.status == 1, "\(stopped.errorText)")
    #expect(!stopped.errorText.contains("overridden"))
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    #expect(try audit(repository, status: 1) == ["unseen follow-on"])
    // Where it was given, both know it.
    try repository.git("config", "bet.repository", "backend")
    #expect(try audit(repository, status: 0) == ["overridden follow-on"])
    try repository.commit("rank better\n")
    let passed = try repository.tryGit("push", "-q", "origin", "bet/ranking:main")
    #expect(passed.status == 0 && passed.errorText.contains("overridden"), "\(passed.errorText)")
  }
}
