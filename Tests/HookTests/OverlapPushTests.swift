import TestSupport
import Testing

/// What the gate finds out by itself about work and other people's open bets.
@Suite("undeclared follow-ons") struct OverlapPushTests {
  private let text = (1...40).map { "line \($0) of the code" }

  /// `search` is open and has shipped: it wrote lines 10 to 20 of `code`. `ranking` is declared, its branch checked out.
  private func scene() throws -> (TestRepository, remote: TestRepository) {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.commit("code\n", file: "code", content: lines { _ in "" })
    try repository.declare("search")
    try repository.bet("amend", "search", "--instrument", "search_performed")
    try repository.bet("start", "search")
    try repository.commit(
      "search\n", file: "code", content: lines { (10...20).contains($0) ? " for search_performed" : "" })
    try repository.git("push", "-q", "origin", "bet/search:main")
    try repository.declare("ranking")
    try repository.bet("start", "ranking")
    return (repository, remote)
  }

  private func lines(_ more: (Int) -> String) -> String {
    text.enumerated().map { "\($1)\(more($0 + 1))\n" }.joined()
  }

  /// Work that rewrites three of search's lines.
  private func rank(_ repository: TestRepository, _ message: String = "rank\n") throws {
    let content = lines { number in
      (12...14).contains(number)
        ? " ranked, for search_performed" : (10...20).contains(number) ? " for search_performed" : ""
    }
    try repository.commit(message, file: "code", content: content)
  }

  @Test func `are named with bet, file and number of lines, and the commands that answer`() throws {
    let (repository, _) = try scene()
    try rank(repository)
    let run = try repository.git("push", "-q", "origin", "bet/ranking")
    #expect(run.says("overlap"))
    #expect(run.errorText.contains("code: 3 lines of 'search'"))
    #expect(run.errorText.contains("hint: git bet amend ranking --builds-on search\n"))
    try repository.bet("amend", "ranking", "--independent-of", "search")
    #expect(try !repository.git("push", "-q", "origin", "bet/ranking:again").says("overlap"))
    try repository.bet("amend", "ranking", "--independent-of", "", "--builds-on", "search")
    let stopped = try repository.tryGit("push", "-q", "origin", "bet/ranking:third")
    #expect(stopped.status == 1 && stopped.says("follow-on") && !stopped.says("overlap"))
  }

  @Test func `the check, a server and the hook say the same`() throws {
    let (repository, remote) = try scene()
    try repository.bet("policy", "overlap=block")
    remote.knowBet()
    try remote.bet("install", "--bare")
    try repository.git("push", "-q", "--no-verify", "origin", "refs/bets/*")
    try rank(repository)
    #expect(try repository.tryBet("check").stops("overlap"))
    #expect(try repository.tryGit("push", "-q", "origin", "bet/ranking").stops("overlap"))
    let there = try repository.tryGit("push", "--no-verify", "-q", "origin", "bet/ranking")
    #expect(there.status == 1 && there.errorText.contains("code: 3 lines of 'search'"))
    try repository.bet("push", "--override", "agreed with Ann", "-q", "origin", "bet/ranking", "refs/bets/*")
    #expect(try remote.id("bet/ranking") == repository.id("HEAD"))
  }

  @Test func `a bet's own work, what builds on it and what it builds on are none`() throws {
    let (repository, _) = try scene()
    try rank(repository, "rank\n\nBet: search\n")
    #expect(try !repository.git("push", "-q", "origin", "bet/ranking").says("overlap"))
    try repository.declare("below")
    try repository.bet("amend", "search", "--builds-on", "below")
    try repository.git("switch", "-q", "-c", "bet/below", "bet/search")
    try rank(repository, "below\n\nBet: below\n")
    #expect(try !repository.git("push", "-q", "origin", "bet/below").says("overlap"))
  }

  @Test func `lines of a bet that is decided are nobody's`() throws {
    let (repository, _) = try scene()
    try repository.bet("close", "search", "invalidated", "--evidence", "no")
    try rank(repository)
    #expect(try !repository.git("push", "-q", "origin", "bet/ranking").says("overlap"))
    try repository.bet("reopen", "search", "--because", "wait")
    #expect(try repository.git("push", "-q", "origin", "bet/ranking:again").says("overlap"))
  }

  @Test func `work of no bet is told which bet it may be work on`() throws {
    let (repository, _) = try scene()
    try repository.git("switch", "-q", "-c", "fix", "bet/search")
    try rank(repository, "fix\n")
    let run = try repository.git("push", "-q", "origin", "fix")
    #expect(run.says("overlap") && run.errorText.contains("hint: git bet link search fix"))
    try repository.bet("link", "search", "fix")
    #expect(try !repository.git("push", "-q", "origin", "fix:again").says("overlap"))
  }

  @Test func `lines that came another way than the work stands on are no matter`() throws {
    let (repository, _) = try scene()
    try repository.git("switch", "-q", "-c", "old", "bet/search~1")
    try repository.commit(
      "old\n\nBet: ranking\n", file: "code", content: lines { (12...14).contains($0) ? " otherwise" : "" })
    #expect(try !repository.git("push", "-q", "origin", "old").says("overlap"))
  }

  @Test(arguments: ["bet.overlapIgnore", "linguist-generated", "linguist-vendored"])
  func `generated and ignored files are left out`(_ how: String) throws {
    let (repository, _) = try scene()
    if how == "bet.overlapIgnore" {
      try repository.git("config", how, "co*")
    } else {
      try repository.commit("attributes\n", file: ".gitattributes", content: "code \(how)\n")
    }
    try rank(repository)
    #expect(try !repository.git("push", "-q", "origin", "bet/ranking").says("overlap"))
  }

  @Test func `a renamed file keeps its lines`() throws {
    let (repository, _) = try scene()
    try repository.git("mv", "code", "moved")
    try repository.git("commit", "-q", "-m", "move")
    let content = lines { number in
      (12...14).contains(number)
        ? " ranked, for search_performed" : (10...20).contains(number) ? " for search_performed" : ""
    }
    try repository.commit("rank\n", file: "moved", content: content)
    #expect(
      try repository.git("push", "-q", "origin", "bet/ranking").errorText.contains("3 lines of 'search'"))
  }

  @Test(arguments: ["index", "digests", "territory"])
  func `garbage among what is kept changes no answer`(_ file: String) throws {
    let (repository, _) = try scene()
    try rank(repository)
    #expect(try repository.bet("check").says("overlap"))
    for garbage in ["", "garbage", String(repeating: "\u{0}", count: 5000)] {
      try repository.write(".git/bet/\(file)", garbage)
      #expect(try repository.bet("check").errorText.contains("code: 3 lines of 'search'"))
    }
  }

  @Test func `where nobody bets no history is read, and nothing is kept`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.commit("more\n", file: "more", content: "1\n")
    #expect(try repository.tryGit("push", "-q", "origin", "main").isSilent)
    for file in ["index", "digests", "links", "territory", "grounds"] {
      #expect(throws: (any Error).self, "\(file)") { try repository.read(".git/bet/\(file)") }
    }
  }

  @Test func `a pattern in which no branch can be stops nobody, and hides nobody's lines`() throws {
    let (repository, _) = try scene()
    try repository.git("config", "bet.branch", "a..b/{bet}")
    try rank(repository)
    let push = try repository.tryGit("push", "-q", "origin", "HEAD:topic")
    #expect(push.status == 0 && push.says("overlap"), "\(push.errorText)")
  }

  @Test func `without the blobs it says what was not looked at, and fetches nothing`() throws {
    let (repository, remote) = try scene()
    try rank(repository)
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking", "refs/bets/*")
    try remote.git("config", "uploadpack.allowFilter", "true")
    let partial = try remote.clone(named: "partial", arguments: ["--no-checkout", "--filter=blob:none"])
    partial.environment = repository.environment
    try partial.git("fetch", "-q", "origin", "+refs/bets/*:refs/bets-remote/origin/*")
    let count = "git cat-file --batch-all-objects --batch-check='%(objecttype)' | grep -c blob"
    let before = try partial.run("sh", ["-c", count]).text
    let run = try partial.tryBet(
      "check", "origin/main..origin/bet/ranking", "--branch", "bet/ranking", "--ci")
    #expect(run.status == 0 && run.says("overlap") && run.errorText.contains("not here, and not fetched"))
    #expect(try partial.run("sh", ["-c", count]).text == before)
  }

  @Test func `an appetite counts what has shipped and what is pushed, each commit once`() throws {
    let (repository, _) = try scene()
    try repository.bet("amend", "search", "--appetite", "2 commits")
    try repository.git("switch", "-q", "bet/search")
    try repository.commit("second\n", file: "second", content: "search_performed\n")
    #expect(try !repository.git("push", "-q", "origin", "HEAD:main").says("appetite"))
    try repository.commit("third\n", file: "third", content: "3\n")
    let run = try repository.git("push", "-q", "origin", "HEAD:main")
    #expect(run.says("appetite") && run.errorText.contains("3 commits, and is worth 2 commits"))
    try repository.bet("amend", "search", "--appetite", "13 lines")
    try repository.commit("fourth\n", file: "fourth", content: "a\nb\n")
    #expect(
      try repository.git("push", "-q", "origin", "HEAD:main").errorText.contains(
        "15 lines, and is worth 13 lines"))
  }

  @Test func `a limit stops the start of another bet, and no work on those that have begun`() throws {
    let (repository, _) = try scene()
    try repository.git("config", "bet.limit", "1")
    try repository.git("config", "bet.rule.limit", "block")
    try repository.commit("rank\n", file: "ranking", content: "1\n")
    let run = try repository.tryGit("push", "-q", "origin", "bet/ranking")
    #expect(run.status == 1 && run.says("limit"))
    try repository.git("switch", "-q", "bet/search")
    try repository.commit("more\n", file: "more", content: "1\n")
    #expect(try !repository.git("push", "-q", "origin", "bet/search:main").says("limit"))
    try repository.bet("close", "search", "inconclusive", "--evidence", "cannot tell")
    try repository.git("push", "-q", "origin", "bet/ranking")
  }

  @Test func `a damaged bet that the work has nothing to do with is in nobody's way`() throws {
    let (repository, _) = try scene()
    let tree = try repository.git("hash-object", "-t", "tree", "/dev/null").text.prefix(40)
    let broken = try repository.git("commit-tree", String(tree), "-m", "no event").text.prefix(40)
    try repository.git("update-ref", "refs/bets/search", String(broken))
    try rank(repository)
    try repository.git("push", "-q", "origin", "bet/ranking")
  }
}
