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

  @Test func `without an id the current branch's bet is meant, by every verb that takes one`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking")
    try repository.bet("start", "search")
    try repository.commit("x\n\nBet: search\n")
    #expect(try repository.bet("show", "--json").text == repository.bet("show", "search", "--json").text)
    #expect(try repository.bet("footprint").text == repository.bet("footprint", "search").text)
    #expect(try repository.bet("note", "-m", "they found it").text == "noted on search\n")
    #expect(try repository.bet("amend", "--check-by", "2w").text.hasPrefix("amended search: Check-By"))
    #expect(try repository.bet("link", "--commit", "HEAD").text.hasSuffix(" to search\n"))
    #expect(try repository.bet("unlink", "--commit", "HEAD").text.hasSuffix(" from search\n"))
    #expect(
      try repository.bet("close", "inconclusive", "--evidence", "no answer").text.hasPrefix(
        "search is inconclusive\n"))
    #expect(try repository.bet("reopen", "--because", "more came").text == "search is open again\n")
    #expect(try repository.bet("unlink").text == "unlinked bet/search from search\n")
    #expect(
      try repository.bet("show", "--json").json("d['bet']['id']", with: repository) == "search",
      "its name says it")
    try repository.git("switch", "-q", "main")
    for verb in [
      ["show"], ["note", "-m", "x"], ["amend", "--title", "x"], ["close", "abandoned"], ["footprint"],
    ] {
      let run = try repository.tryBet(verb)
      #expect(
        run.status == 129 && run.errorText.contains("'main' is no bet's branch [no-bet-here]"), "\(verb)")
    }
    try repository.git("switch", "-q", "--detach")
    #expect(try repository.tryBet("show").errorText.contains("HEAD is on no branch [no-bet-here]"))
    try repository.bet("start", "ranking", "--here")
    #expect(try repository.bet("note", "-m", "x").text == "noted on ranking\n", "trunk-based work")
    try repository.git("switch", "-q", "-c", "bet/nobody")
    let undeclared = try repository.tryBet("show")
    #expect(undeclared.status == 128 && undeclared.errorText.contains("there is no bet 'nobody'"))
  }

  @Test func `a verdict alone is one on the current branch's bet, unless a bet is called so`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("abandoned-carts")
    try repository.bet("start", "search")
    #expect(
      try repository.bet("close", "abandoned", "--learned", "x").text.hasPrefix("search is abandoned\n"))
    try repository.bet("reopen", "--because", "more came")
    try repository.declare("abandoned")
    let run = try repository.tryBet("close", "abandoned", "--learned", "x")
    #expect(
      run.status == 129 && run.errorText.contains("[verdict-needed]"), "it is a bet's name: \(run.errorText)")
    #expect(
      try repository.bet("show", "search", "--json").json("d['bet']['state']", with: repository) == "open")
  }
}

/// Expects a refusal with this code that leaves every file as it was.
func expectNothingWritten(_ repository: TestRepository, _ arguments: [String], code: String) throws {
  try expectRefused(repository, [Bad(code, arguments)])
}
