import TestSupport
import Testing

@Suite("who writes an event") struct IdentityTests {
  private func repository() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    return repository
  }

  /// The author and committer lines of a commit.
  private func people(_ repository: TestRepository, _ revision: String) throws -> [Substring] {
    try repository.git("cat-file", "-p", revision).text.split(separator: "\n").filter {
      $0.hasPrefix("author ") || $0.hasPrefix("committer ")
    }
  }

  @Test(arguments: [
    ("MAIL", ""), ("DATE", "@123 +0100"), ("DATE", "Tue, 1 Dec 2026 10:12:00 -0230"),
    ("DATE", "2026-12-01T10:12"),
    ("NAME", "  Ann  <the> writer "), ("DATE", ""),
  ])
  func `is written as git's own commit writes it`(_ part: String, _ value: String) throws {
    let repository = try repository()
    for role in ["AUTHOR", "COMMITTER"] {
      repository.environment["GIT_\(role)_DATE"] = "1735689600 +0000"
      repository.environment["GIT_\(role)_\(part == "MAIL" ? "EMAIL" : part)"] = value
    }
    if part == "DATE", value.isEmpty {
      for role in ["AUTHOR", "COMMITTER"] { repository.environment["GIT_\(role)_DATE"] = "1735689600" }
    }
    try repository.git("commit", "-q", "--allow-empty", "-m", "x")
    try repository.bet("note", "search", "-m", "they like it")
    #expect(try people(repository, "refs/bets/search") == people(repository, "HEAD"))
    #expect(try repository.bet("log", "search").text.contains("they like it"))
  }

  @Test func `without a mail address is a person like any other`() throws {
    let repository = try repository()
    repository.environment["GIT_AUTHOR_EMAIL"] = nil
    repository.environment["GIT_COMMITTER_EMAIL"] = nil
    try repository.run(
      "git", ["-c", "user.email=", "bet", "close", "search", "validated", "--yes", "--evidence", "it rose"]
    ).succeeded("close")
    #expect(try people(repository, "refs/bets/search")[0].hasPrefix("author Ada Author <> "))
    #expect(try repository.bet("show", "search").text.contains("validated by Ada Author"))
    #expect(
      try repository.git("log", "-g", "--format=%gn", "refs/bets/search").text.contains("Carl Committer"))
    #expect(try repository.tryBet("doctor").text.contains("every event readable"))
  }

  @Test(arguments: ["yesterday", "nonsense", "2 days ago"])
  func `is refused in git's words where git refuses, and nothing is written`(_ date: String) throws {
    let repository = try repository()
    repository.environment["GIT_AUTHOR_DATE"] = date
    #expect(try repository.tryGit("commit", "-q", "--allow-empty", "-m", "x").status == 128)
    let before = try repository.refs()
    let run = try repository.tryBet("note", "search", "-m", "x")
    #expect(run.stops("bad-identity", status: 128), "\(run.errorText)")
    #expect(
      run.errorText.contains("GIT_AUTHOR_DATE") && run.errorText.contains("invalid date format: \(date)"))
    #expect(run.errorText.contains("hint: unset GIT_AUTHOR_DATE"))
    #expect(!run.errorText.contains("who you are"))
    #expect(try repository.refs() == before)
  }

  @Test func `is not called unknown because git does not like the name`() throws {
    let repository = try repository()
    repository.environment["GIT_AUTHOR_NAME"] = "..."
    let before = try repository.refs()
    let run = try repository.tryBet("note", "search", "-m", "x")
    #expect(
      run.stops("bad-identity", status: 128) && !run.errorText.contains("who you are"), "\(run.errorText)")
    #expect(try repository.refs() == before)
  }
}
