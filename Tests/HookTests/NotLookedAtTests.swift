import TestSupport
import Testing

/// What only a rule that warns would have asked stops nobody, and one that blocks lets nothing pass unseen.
@Suite("what was not looked at") struct NotLookedAtTests {
  /// `search` is open and has shipped `code`; `ranking` is declared, and its branch changes two of those lines.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    let lines = (1...20).map { "line \($0) of the code" }
    try repository.commit("search\n", file: "code", content: lines.joined(separator: "\n") + "\n")
    try repository.git("push", "-q", "origin", "bet/search:main")
    try repository.declare("ranking")
    try repository.bet("start", "ranking")
    let changed = lines.enumerated().map { (4...8).contains($0) ? "ranked \($1)" : $1 }
    try repository.commit("rank\n", file: "code", content: changed.joined(separator: "\n") + "\n")
    return repository
  }

  /// Pushes where `overlap` blocks, and where it warns.
  private func expectLine(_ words: String, in repository: TestRepository) throws {
    try repository.git("config", "bet.rule.overlap", "block")
    let stop = try repository.tryBet("check", "bet/ranking")
    #expect(stop.stops("not-looked-at", status: 128), "\(stop.errorText)")
    #expect(stop.errorText.contains(words), "\(stop.errorText)")
    #expect(try repository.tryGit("push", "-q", "origin", "bet/ranking").stops("not-looked-at"))
    #expect(
      try repository.tryGit("rev-parse", "-q", "--verify", "refs/remotes/origin/bet/ranking").status == 1)
    try repository.git("config", "--unset", "bet.rule.overlap")
    let run = try repository.tryGit("push", "-q", "origin", "bet/ranking")
    #expect(run.status == 0 && run.says("overlap"), "\(run.errorText)")
    #expect(run.errorText.contains("not looked at: \(words)"), "\(run.errorText)")
  }

  /// Commits past the hooks, which would name what is wrong at once.
  private func commit(_ message: String, in repository: TestRepository) throws {
    try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-F", "-", input: message)
  }

  /// A commit on top of HEAD with one more path, of endless folders.
  private func deepCommit(_ message: String, in repository: TestRepository) throws -> String {
    var tree = String(try repository.git("rev-parse", "HEAD^{tree}").text.prefix(40))
    let files = try repository.git("ls-tree", "HEAD").text
    for _ in 0..<300 {
      tree = String(try repository.git("mktree", input: "040000 tree \(tree)\tdeep\n").text.prefix(40))
    }
    tree = String(try repository.git("mktree", input: "\(files)040000 tree \(tree)\tdeep\n").text.prefix(40))
    return String(try repository.git("commit-tree", tree, "-p", "HEAD", input: message).text.prefix(40))
  }

  @Test func `a shipped path of endless folders hides nothing beside it and stops nobody`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "bet/search")
    let deep = try deepCommit("deep\n\nBet: search\n", in: repository)
    try repository.git("push", "-q", "--no-verify", "origin", "\(deep):main")
    try repository.git("switch", "-q", "bet/ranking")
    // What came another way is nobody's ground.
    try repository.git("rebase", "-q", "origin/main")
    let run = try repository.git("push", "-q", "origin", "bet/ranking")
    #expect(run.says("overlap") && run.errorText.contains("code: 5 lines of 'search'"), "\(run.errorText)")
  }

  @Test func `a pushed path of endless folders is one line`() throws {
    let repository = try scene()
    let deep = try deepCommit("deep\n\nBet: ranking\n", in: repository)
    try repository.git("update-ref", "refs/heads/bet/ranking", deep)
    try expectLine("some trees: too much to look at", in: repository)
    let json = try repository.bet("check", "origin/main..bet/ranking", "--json").text
    for line in [#""rule": "overlap""#, #""what": "some trees""#, #""why": "too much to look at""#] {
      #expect(json.contains(line), "\(json)")
    }
  }

  @Test func `a newer diary that the work has nothing to do with is one line`() throws {
    let repository = try scene()
    let event = "x\n\nEvent: declared\nBet: future\nSeq: 1\nLedger-Version: 2\nIf: a\nExpect: b\nBecause: c\n"
    let tree = try repository.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    let root = try repository.git("commit-tree", String(tree), input: event).text.prefix(40)
    try repository.git("update-ref", "refs/bets/future", String(root))
    try expectLine("the ledger is of version 2", in: repository)
    // Its own work is judged by nobody but the newer version.
    try commit("future\n\nBet: future\n", in: repository)
    #expect(try repository.tryGit("push", "-q", "origin", "bet/ranking").stops("newer-ledger"))
  }

  @Test func `a diary that is no commit is one line for work of another bet`() throws {
    let repository = try scene()
    try repository.git("update-ref", "refs/bets/broken", repository.id("HEAD:code"))
    try expectLine("'refs/bets/broken' is not a diary", in: repository)
  }

  @Test(arguments: ["Bet", "Builds-On"]) func `thousands of names make a message that can be read`(
    key: String
  ) throws {
    let repository = try scene()
    let trailers = (0..<5_000).map { "\(key): name-\($0)\n" }.joined()
    try commit("many names\n\n\(trailers)", in: repository)
    let run = try repository.tryGit("push", "-q", "origin", "HEAD:refs/heads/many")
    #expect(run.stops("undeclared"))
    #expect(run.errorText.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
    #expect(run.errorText.utf8.count < 20_000)
    #expect(
      run.errorText.contains("name-0") && run.errorText.contains(key == "Bet" ? "4997 more" : "4990 more"))
  }
}
