import TestSupport
import Testing

@Suite("a bet past its check-by date") struct OverdueTests {
  /// Everything in order but the date.
  private func overdue() throws -> (TestRepository, remote: TestRepository) {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.bet("amend", "search", "--check-by", "2024-12-31")
    try repository.commit("search\n", file: "search.swift", content: "search_performed\n")
    return (repository, remote)
  }

  @Test(arguments: ["git bet close", "git bet amend"])
  func `is warned of, with commands that end it`(_ start: String) throws {
    let (repository, _) = try overdue()
    let push = try expectPassed(repository, ["--dry-run", "origin", "HEAD:main"])
    #expect(push.says("overdue") && push.errorText.contains("warning: 'search' is past its check-by date"))
    let hint = try #require(commands(start, in: push).first, "\(push.errorText)")
    #expect(start != "git bet amend" || hint == "git bet amend search --check-by 14d")
    let words = start == "git bet close" ? " validated --yes --evidence 'starts rose'" : ""
    try repository.run("sh", ["-c", hint + words]).succeeded(hint)
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }

  @Test func `blocks where somebody said so`() throws {
    let (repository, remote) = try overdue()
    try repository.git("config", "bet.rule.overdue", "block")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "overdue")
    try expectStopped(repository, remote, ["origin", "HEAD:feature/search"], by: "overdue")
    #expect(try repository.tryBet("check", "--ci").status == 0, "the ledger does not say so")
    let note = try expectPassed(repository, ["-q", "origin", "HEAD:refs/heads/wip/search"])
    #expect(note.says("overdue") && note.errorText.contains("note: "))
    try repository.bet("override", "--because", "the demo is tomorrow")
    try expectPassed(repository, ["-q", "origin", "HEAD:feature/search"])
    try repository.git("config", "--unset", "bet.rule.overdue")
    try repository.bet("policy", "overdue=off")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }
}
