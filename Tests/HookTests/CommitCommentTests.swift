import TestSupport
import Testing

@Suite("a commit whose words look like comments") struct CommitCommentTests {
  @Test(arguments: [
    [], ["core.commentChar=auto"], ["core.commentChar=;"], ["commit.cleanup=whitespace"],
    ["commit.cleanup=scissors"], ["commit.cleanup=verbatim"],
  ])
  func `given without an editor is made as it is, and names its bet`(config: [String]) throws {
    let repository = try onBranchOfSearch()
    let options = config.flatMap { ["-c", $0] }
    for title in ["#42 Fix", ";42 Fix"] {
      for more in [[], ["--cleanup=whitespace"]] {
        try repository.git(options + ["commit", "-q", "--allow-empty", "-m", title] + more)
        #expect(try repository.message() == "\(title)\n\nBet: search\n\n", "\(config)")
        try repository.git(options + ["commit", "-q", "--allow-empty", "--amend", "--no-edit"] + more)
        #expect(try repository.message() == "\(title)\n\nBet: search\n\n", "\(config)")
      }
    }
    // What git drops is no message.
    let before = try repository.id("HEAD")
    let dropped = try repository.tryGit(
      "-c", "core.commentChar=#", "commit", "-q", "--allow-empty", "--cleanup=strip", "-m", "#42 Fix")
    #expect(dropped.status == 1)
    #expect(try repository.id("HEAD") == before)
  }

  @Test func `and that is empty is made where git was told to, and only there`() throws {
    let repository = try onBranchOfSearch()
    for editor in ["true", nil] {
      let before = try repository.id("HEAD")
      let words = editor == nil ? ["-m", ""] : []
      let commit = { (more: [String]) in
        try repository.run(
          "git", ["commit", "-q", "--allow-empty"] + words + more,
          environment: ["GIT_EDITOR": editor ?? "false"])
      }
      #expect(try commit([]).status == 1)
      #expect(try repository.id("HEAD") == before)
      let run = try commit(["--allow-empty-message"])
      #expect(run.status == 0, "\(run.errorText)")
      #expect(try repository.message().split(separator: "\n").isEmpty)
    }
  }

  @Test(arguments: [[], ["-v"], ["-s"]])
  func `with a mark that git chooses has one block, above the comments`(more: [String]) throws {
    let repository = try onBranchOfSearch()
    let config = ["core.commentChar=auto"]
    for title in ["#42 Fix", "#42 Fix\n\nBet: search", "# Fix\n\n# more\n; and more"] {
      try repository.write("file", NewText.next())
      try repository.git("add", "file")
      let run = try repository.commit(
        editor: "grep -q '^# Fix' \"$1\" || true", ["-e", "-m", title] + more, config: config)
      #expect(run.status == 0, "\(title): \(run.errorText)")
      let lines = try repository.message().split(separator: "\n")
      #expect(lines.count { $0 == "Bet: search" } == 1, "\(title): \(lines)")
      #expect(lines.first == title.split(separator: "\n").first, "\(lines)")
      #expect(!lines.contains { $0.contains("diff --git") || $0.contains("Please enter") })
      #expect(try repository.trailers().contains("Bet: search"))
    }
  }

  @Test(arguments: [[], ["-v"]])
  func `with a mark that git chooses lets no undeclared name through`(more: [String]) throws {
    let repository = try onBranchOfSearch()
    let before = try repository.id("HEAD")
    try repository.write("file", "1\n")
    try repository.git("add", "file")
    let run = try repository.commit(
      editor: "true", ["-e", "-m", "#42 Fix\n\nBet: serch"] + more, config: ["core.commentChar=auto"])
    #expect(run.status == 1 && run.says("undeclared"), "\(run.errorText)")
    #expect(try repository.id("HEAD") == before)
  }

  @Test func `typed where git keeps its own comments has its subject on a line of its own`() throws {
    let repository = try onBranchOfSearch()
    let run = try repository.commit(editor: "sed -i '1s/^/#42 typed/' \"$1\"", ["--cleanup=whitespace"])
    #expect(run.status == 0, "\(run.errorText)")
    #expect(try repository.message().hasPrefix("#42 typed\n\nBet: search\n"))
  }

  @Test(arguments: [
    ["trailer.separators=%="], ["trailer.ifmissing=doNothing"], ["trailer.bet.key=Wager"],
    ["trailer.better.key=Wager"], ["trailer.where=start", "trailer.bet.ifexists=replace"],
    ["trailer.bet.cmd=echo other"],
  ])
  func `names its bet in git's plain grammar, whatever trailers are set to be`(config: [String]) throws {
    let repository = try onBranchOfSearch()
    for (message, trailers) in [
      ("x", "Bet: search"), ("x\n\nCo-authored-by: B <b@c>", "Co-authored-by: B <b@c>\nBet: search"),
    ] {
      try repository.git(
        config.flatMap { ["-c", $0] } + ["commit", "-q", "--allow-empty", "-m", message])
      #expect(try repository.trailers() == trailers, "\(config)")
    }
  }
}
