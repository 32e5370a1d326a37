import TestSupport
import Testing

@Suite("work") struct WorkVerbTests {
  @Test func `is started on a branch that knows its bet`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    #expect(try repository.git("symbolic-ref", "HEAD").text == "refs/heads/bet/search\n")
    #expect(try repository.git("config", "branch.bet/search.bet").text == "search\n")
    let once = try (repository.refs(), repository.read(".git/config"))
    try repository.bet("start", "search")
    #expect(try (repository.refs(), repository.read(".git/config")) == once, "twice changes nothing")
    try repository.git("branch", "mine", "main")
    try repository.bet("start", "search", "--branch", "mine")
    #expect(try repository.git("symbolic-ref", "HEAD").text == "refs/heads/mine\n")
    #expect(
      try repository.bet("show", "search", "--json").json("d['bet']['branches']", with: repository)
        == "['bet/search', 'mine']")
    try repository.bet(
      "declare", "next", "--start", "--if", "a", "--expect", "b rises to 3", "--because", "c")
    #expect(try repository.git("symbolic-ref", "HEAD").text == "refs/heads/bet/next\n")
  }

  @Test func `is linked and unlinked, by branch and by commit`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking")
    try repository.git("switch", "-q", "-c", "topic/é")
    let id = try repository.commit("x\n")
    try repository.bet("link", "search")
    #expect(try repository.git("config", "branch.topic/é.bet").text == "search\n")
    try repository.bet("link", "ranking", "--commit", "HEAD", "--commit", "HEAD~1")
    #expect(
      try repository.bet("show", "ranking", "--json").json("'\(id)' in d['bet']['commits']", with: repository)
        == "True")
    try repository.bet("unlink", "ranking", "--commit", "HEAD")
    #expect(
      try repository.bet("show", "ranking", "--json").json("len(d['bet']['commits'])", with: repository)
        == "1")
    try repository.bet("unlink", "search", "topic/é")
    #expect(try repository.tryGit("config", "branch.topic/é.bet").status == 1)
    #expect(
      try repository.bet("show", "search", "--json").json("d['bet']['branches']", with: repository) == "[]")
  }
}

/// Expects a refusal with this code that leaves every file as it was.
func expectNothingWritten(_ repository: TestRepository, _ arguments: [String], code: String) throws {
  try expectRefused(repository, [Bad(code, arguments)])
}
