import TestSupport
import Testing

/// A repository with the hooks installed, the open bets `search` and `ranking`, on the branch `bet/search`.
func onBranchOfSearch() throws -> TestRepository {
  let (repository, _) = try TestRepository.withRemote()
  try repository.declare("search")
  try repository.declare("ranking")
  try repository.bet("start", "search")
  return repository
}

extension TestRepository {
  /// Commits in an editor that is this shell text; the message file is `$1`.
  func commit(editor: String, _ arguments: String..., config: [String] = []) throws -> Run {
    try commit(editor: editor, arguments, config: config)
  }

  func commit(editor: String, _ arguments: [String], config: [String] = []) throws -> Run {
    advanceClock()
    try write(scratch.path + "/editor", "#!/bin/sh\n" + editor + "\n", executable: true)
    let options = config.flatMap { ["-c", $0] }
    return try run(
      "git", options + ["commit", "-q", "--allow-empty"] + arguments,
      environment: ["GIT_EDITOR": scratch.path + "/editor"])
  }
}

@Suite("a commit on a bet's branch") struct CommitTests {
  @Test(arguments: [
    ("x", "Bet: search"),
    ("x\n\nbody", "Bet: search"),
    ("x\n\nBet: search", "Bet: search"),
    ("x\n\nbet : ranking", "bet: ranking"),
    ("x\n\nBet: none", "Bet: none"),
    ("x\n\nCo-authored-by: B <b@c>", "Co-authored-by: B <b@c>\nBet: search"),
    ("x\n\nbody\n\nBet: ranking\nSigned-off-by: A <a@b>", "Bet: ranking\nSigned-off-by: A <a@b>"),
    ("x\n\nhttps in prose: no trailer\nreally", "Bet: search"),
    ("x\n\na\n---\nb", "Bet: search"),
    ("fixup! x", ""), ("squash! x", ""), ("amend! x\n\nx", ""),
  ])
  func `names the bet once, in git's own block`(message: String, trailers: String) throws {
    let repository = try onBranchOfSearch()
    try repository.git("commit", "-q", "--allow-empty", "-m", message)
    #expect(try repository.trailers() == trailers, "\(message)")
    #expect(try repository.message().hasPrefix(message.prefix { $0 != "\n" }))
    try repository.git("commit", "-q", "--amend", "--allow-empty", "--no-edit")
    #expect(try repository.trailers() == trailers, "never twice: \(message)")
  }

  @Test func `names no bet where the branch has none, or one that is not declared`() throws {
    let repository = try onBranchOfSearch()
    for branch in ["plain", "bet/unknown", "feature/search-ranking"] {
      try repository.git("switch", "-q", "-c", branch, "main")
      try repository.git("commit", "-q", "--allow-empty", "-m", "x")
      #expect(try repository.trailers() == "", "\(branch)")
    }
    try repository.git("switch", "-q", "--detach", "bet/search")
    try repository.git("commit", "-q", "--allow-empty", "-m", "x")
    #expect(try repository.trailers() == "")
  }

  @Test func `typed in an editor has its subject on the first line`() throws {
    let repository = try onBranchOfSearch()
    #expect(try repository.commit(editor: "sed -i '1s/^/subject/' \"$1\"").status == 0)
    #expect(try repository.message() == "subject\n\nBet: search\n\n")
    #expect(try repository.commit(editor: "sed -i '1s/^/signed/' \"$1\"", "-s").status == 0)
    #expect(
      try repository.trailers().split(separator: "\n").sorted() == [
        "Bet: search", "Signed-off-by: Carl Committer <carl@example.org>",
      ])
    #expect(try repository.commit(editor: "true", "-s").status != 0)
    // An amended message keeps what it has; the comments of the template do not end up in it.
    #expect(try repository.commit(editor: "sed -i '1s/.*/other/' \"$1\"", "--amend").status == 0)
    #expect(try repository.message().hasPrefix("other\n\nBet: search\n"))
  }

  @Test(arguments: [[], ["core.commentChar=;"], ["commit.cleanup=scissors"], ["commit.verbose=true"]])
  func `left untouched in the editor is not made`(config: [String]) throws {
    let repository = try onBranchOfSearch()
    let before = try repository.refs()
    let run = try repository.commit(editor: "true", config: config)
    #expect(run.status != 0, "\(config): \(run.errorText)")
    #expect(try repository.refs() == before, "\(config)")
  }

  @Test(arguments: [
    ["core.commentChar=;"], ["commit.cleanup=scissors", "commit.verbose=true"], ["commit.cleanup=whitespace"],
    ["commit.verbose=true"], ["core.commentChar=;", "commit.cleanup=scissors", "commit.verbose=true"],
  ])
  func `has its trailer above comments and scissors`(config: [String]) throws {
    let repository = try onBranchOfSearch()
    try repository.write("file", "1\n")
    try repository.git("add", "file")
    let run = try repository.commit(editor: "sed -i '1s/^/subject/' \"$1\"", config: config)
    #expect(run.status == 0, "\(run.errorText)")
    if config != ["commit.cleanup=whitespace"] {
      #expect(try repository.message() == "subject\n\nBet: search\n\n", "\(config)")
    }
    // -e opens the editor on a message that has words already: git puts the trailer above its own comments.
    let edited = try repository.commit(editor: "true", "-e", "-m", "words", config: config)
    #expect(edited.status == 0, "\(edited.errorText)")
    if config != ["commit.cleanup=whitespace"] {
      #expect(try repository.message() == "words\n\nBet: search\n\n", "\(config)")
    }
  }

  @Test func `from a template asks for what the template asks for`() throws {
    let repository = try onBranchOfSearch()
    try repository.write(".git/template", "why:\n\n# say more\n")
    let config = ["commit.template=.git/template"]
    let run = try repository.commit(editor: "sed -i '1s/$/ because/' \"$1\"", config: config)
    #expect(run.status == 0, "\(run.errorText)")
    #expect(try repository.message() == "why: because\n\nBet: search\n\n")
    // Without our trailer git would stop at a template that nobody edited; with it commit-msg does.
    let before = try repository.id("HEAD")
    let untouched = try repository.commit(editor: "true", config: config)
    #expect(untouched.status == 1 && untouched.says("empty-message"), "\(untouched.errorText)")
    #expect(try repository.id("HEAD") == before)
  }

  @Test func `of another commit keeps that one's message`() throws {
    let repository = try onBranchOfSearch()
    try repository.git("switch", "-q", "-c", "plain", "main")
    try repository.commit("plain\n", file: "plain")
    try repository.git("switch", "-q", "bet/search")
    try repository.git("cherry-pick", "plain")
    #expect(try repository.message() == "plain\n\n")
    try repository.git("revert", "--no-edit", "HEAD")
    #expect(try repository.trailers() == "")
    try repository.git("commit", "-q", "--allow-empty", "-C", "plain")
    #expect(try repository.message() == "plain\n\n")
    try repository.git("switch", "-q", "plain")
    try repository.commit("more\n", file: "more")
    try repository.bet("link", "ranking", "plain")
    for method in ["--merge", "--apply"] {
      try repository.git("rebase", "-q", method, "--force-rebase", "bet/search")
      #expect(try repository.message() == "more\n\n", "\(method)")
    }
    try repository.git("switch", "-q", "main")
    try repository.commit("main\n", file: "main")
    try repository.git("merge", "-q", "--no-ff", "--no-edit", "plain")
    #expect(try repository.trailers() == "")
  }

  @Test func `that squashes others lifts their bets into trailers`() throws {
    let repository = try onBranchOfSearch()
    try repository.commit("one\n", file: "one")
    try repository.commit("two\n\nBet: ranking\n", file: "two")
    try repository.commit("three\n", file: "three")
    try repository.git("switch", "-q", "main")
    try repository.git("merge", "-q", "--squash", "bet/search")
    let run = try repository.commit(editor: "true")
    #expect(run.status == 0, "\(run.errorText)")
    let trailers = try repository.trailers().split(separator: "\n").sorted()
    #expect(trailers == ["Bet: ranking", "Bet: search"])
  }

  @Test func `is made even when nothing can be read`() throws {
    let repository = try onBranchOfSearch()
    try repository.git("config", "bet.depth", "deep")
    let run = try repository.tryGit("commit", "--allow-empty", "-m", "x")
    #expect(run.status == 0 && run.errorText.contains("warning:"), "\(run.errorText)")
    try repository.git("config", "--unset", "bet.depth")
    try repository.git("update-ref", "refs/bets/search", "HEAD:start")
    #expect(try repository.tryGit("commit", "--allow-empty", "-m", "x").status == 0)
  }
}
