import TestSupport
import Testing

/// Ways to work that the gate meets, each from its beginning to a push, with what the person sees.
@Suite("a way to work") struct WorkflowTests {
  @Test func `on trunk: commits here name the bet, and the push is judged by that`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking", on: "search")
    let start = try repository.bet("start", "search", "--here")
    #expect(start.text.contains("git bet start --none"))
    try repository.commit("find\n", file: "find")
    #expect(try repository.trailers() == "Bet: search")
    #expect(try repository.git("push", "-q", "origin", "main").isSilent)
    #expect(try repository.bet("list").text.contains("search"))
    // A branch that has a bet of its own keeps it; another start is another bet.
    try repository.git("switch", "-q", "-c", "bet/ranking")
    try repository.commit("rank\n", file: "rank")
    #expect(try repository.trailers() == "Bet: ranking")
    try repository.git("switch", "-q", "main")
    let warned = try repository.bet("start", "ranking", "--here")
    #expect(warned.says("rests-on-open"))
    try repository.commit("rank here\n", file: "rank")
    #expect(try repository.trailers() == "Bet: ranking")
    let push = try repository.tryGit("push", "-q", "origin", "main")
    #expect(push.stops("follow-on"), "\(push.errorText)")
    try repository.git("reset", "-q", "--hard", "origin/main")
    try repository.bet("start", "--none")
    try repository.commit("other\n", file: "other")
    #expect(try repository.trailers() == "")
    // What was decided is worked on no more.
    try repository.bet("start", "search", "--here")
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    try repository.commit("more\n", file: "more")
    #expect(try repository.trailers() == "")
    #expect(try repository.tryBet("start", "search", "--here").stops("bet-closed", status: 128))
    for wrong in [["start"], ["start", "--none", "search"], ["start", "search", "--here", "--branch", "x"]] {
      #expect(try repository.tryBet(wrong).status == 129, "\(wrong)")
    }
  }

  @Test func `in a linked work tree: one work tree's bet is no other's`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.git("worktree", "add", "-q", "-b", "side", "tree")
    try repository.run(binary("git-bet"), ["start", "search", "--here", "-C", "tree"]).succeeded("start")
    try repository.commit("other\n", file: "other")
    #expect(try repository.trailers() == "")
    try repository.git("-C", "tree", "commit", "-q", "--allow-empty", "-m", "side")
    #expect(try repository.trailers("side") == "Bet: search")
  }

  @Test func `without a remote: what main has has shipped, and check is the gate`() throws {
    let repository = try TestRepository()
    repository.knowBet()
    try repository.commit("start\n", file: "start", content: "start\n")
    #expect(try repository.bet("install").text.contains("git bet check"))
    try repository.declare("search")
    try repository.commit("find\n\nBet: search\n", file: "find")
    let list = try repository.bet("list", "--json").text
    #expect(list.contains("\"commits\": 1") || list.contains("\"shipped\""), "\(list)")
    #expect(try repository.bet("check", "main").status == 0)
    try repository.declare("ranking", on: "search")
    try repository.commit("rank\n\nBet: ranking\n", file: "rank")
    let check = try repository.tryBet("check", "main")
    #expect(check.stops("follow-on"), "\(check.errorText)")
    #expect(try repository.tryBet("audit").status == 1)
  }

  @Test func `with git-flow on develop: both branches ship`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.git("push", "-q", "origin", "main:develop")
    try repository.bet("policy", "bet.ship=main develop")
    try repository.placeChain()
    try repository.git("switch", "-q", "-c", "develop", "origin/develop")
    try repository.commit("find\n\nBet: search\n", file: "find")
    #expect(try repository.git("push", "-q", "origin", "develop").status == 0)
    // What develop has is not judged again on its way to main, and follow-on work is stopped on its way to develop.
    #expect(try repository.git("push", "-q", "origin", "develop:main").status == 0)
    try repository.git("merge", "-q", "--no-edit", "bet/ranking")
    let push = try repository.tryGit("push", "-q", "origin", "develop")
    #expect(push.stops("follow-on"), "\(push.errorText)")
    #expect(try repository.tryBet("audit").status == 0)
    #expect(try repository.bet("doctor").status == 0)
  }

  @Test func `with documentation and tests alone on a feature branch nobody is asked for a bet`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.git("switch", "-q", "-c", "feature/words")
    try repository.commit("words\n", file: "docs/guide.md", content: "words\n")
    try repository.commit("tests\n", file: "Tests/FindTests.swift", content: "words\n")
    #expect(try repository.tryGit("push", "-q", "origin", "feature/words").isSilent)
    try repository.commit("code\n", file: "docs.swift", content: "words\n")
    let push = try repository.tryGit("push", "-q", "origin", "feature/words")
    #expect(push.stops("unlinked") && push.errorText.contains("1 commit "), "\(push.errorText)")
    #expect(push.errorText.contains("code") && !push.errorText.contains("    words"), "\(push.errorText)")
  }

  @Test func `with a hotfix in an open bet's lines the first hint is that it is its own work`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    let code = (1...20).map { "let value\($0) = search(term\($0))\n" }.joined()
    try repository.commit("find\n\nBet: search\n", file: "find.swift", content: code)
    try repository.git("push", "-q", "origin", "main")
    try repository.commit(
      "fix\n", file: "find.swift", content: code.replacing("search(", with: "find("))
    let push = try repository.tryGit("push", "-q", "origin", "main")
    #expect(push.status == 0 && push.says("overlap"), "\(push.errorText)")
    let hints = push.errorText.split(separator: "\n").filter { $0.contains("hint:") }
    #expect(hints.first?.contains("Bet: search") == true, "\(hints)")
    #expect(!hints.contains { $0.contains("git bet link search main") })
  }

  @Test func `in a fork: what upstream has, has shipped, until the gate is taken out`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    let upstream = try repository.addRemote(named: "upstream")
    try repository.git("push", "-q", "upstream", "main")
    let before = try repository.read(".git/config")
    #expect(try repository.bet("install").text.contains("home: what 'upstream' has, has shipped (bet.home)"))
    #expect(try repository.git("config", "bet.home").text == "upstream\n")
    try repository.declare("search")
    try repository.declare("ranking", on: "search")
    try repository.commit("rank\n\nBet: ranking\n", file: "rank")
    #expect(try repository.tryGit("push", "-q", "upstream", "main").stops("follow-on"))
    // Somebody else brought it there; the fork is behind.
    try repository.git("push", "-q", "--no-verify", "upstream", "main")
    try repository.commit("other\n", file: "other")
    let push = try repository.tryGit("push", "-q", "origin", "main")
    #expect(push.status == 0 && !push.errorText.contains("[follow-on]"), "\(push.errorText)")
    #expect(push.errorText.contains("upstream/main has, has shipped"), "\(push.errorText)")
    try repository.bet("uninstall")
    #expect(try repository.read(".git/config") == before)
    #expect(upstream.path != remote.path)
  }
}
