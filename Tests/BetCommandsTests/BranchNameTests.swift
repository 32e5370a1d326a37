import TestSupport
import Testing

@Suite("names of branches") struct BranchNameTests {
  let repository: TestRepository

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
  }

  @Test func `a branch that git cannot have beside another is told before anything is made`() throws {
    try repository.git("branch", "bet/search/api", "main")
    try expectNothingWritten(repository, ["start", "search"], code: "branch-blocked")
    try repository.git("branch", "-m", "bet/search/api", "bet/search-api")
    try repository.bet("start", "search")
    try expectNothingWritten(
      repository, ["start", "search", "--branch", "bet/search/x/y"], code: "branch-blocked")
    let run = try repository.tryBet("start", "search", "--branch", "bet/search/x")
    #expect(run.errorText.contains("'bet/search/x' cannot be beside the branch 'bet/search'"))
    try repository.bet("start", "search", "--branch", "bet/search")
    let ids = try repository.refs()
    let declared = try repository.tryBet(
      "declare", "bet", "--start", "--if", "a", "--expect", "b rises to 3", "--because", "c")
    #expect(declared.status == 0, "bet/bet has nothing in its way")
    #expect(try repository.refs() != ids)
  }

  @Test func `a branch that is renamed is shown by its new name`() throws {
    try repository.bet("start", "search")
    try repository.git("branch", "-m", "bet/search", "find-things")
    let text = try repository.bet("show", "search").text
    #expect(
      text.contains("find-things, in this clone alone; for all: git bet link search find-things"), "\(text)")
    #expect(text.contains("  bet/search, which is gone here\n"))
    try repository.bet("link", "search", "find-things")
    #expect(try repository.bet("show", "search").text.contains("\n  find-things\n"))
    try repository.git("switch", "-q", "main")
    #expect(try !repository.bet("show", "search").text.contains("in this clone alone"))
  }

  @Test
  func `a name that says no bet is told to stay linked, when it is linked and once its work has landed`()
    throws
  {
    let named = try repository.bet("start", "search")
    #expect(!named.says("stays-linked"), "its own name says it")
    try repository.git("switch", "-q", "-c", "patch-1", "main")
    try repository.commit("x\n", file: "x")
    let linked = try repository.bet("link", "search")
    #expect(linked.says("stays-linked") && linked.errorText.contains("hint: git bet unlink search patch-1\n"))
    #expect(try repository.bet("start", "search", "--branch", "dev").says("stays-linked"))
    func isTold() throws -> Bool {
      try repository.tryBet("doctor").text.contains("'patch-1' has landed and is linked to 'search' still")
    }
    #expect(try !isTold(), "nothing of it has landed")
    try repository.git("push", "-q", "--no-verify", "origin", "patch-1:main")
    #expect(try isTold())
    try repository.bet("unlink", "search", "patch-1")
    #expect(try !isTold())
  }
}
