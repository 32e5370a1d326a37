import TestSupport
import Testing

@Suite("a commit message") struct MessageTests {
  /// Commits on a branch of no bet, and gives back what happened and whether a commit was made.
  private func commit(
    _ repository: TestRepository, _ message: String, _ options: [String] = []
  ) throws -> (run: Run, wasMade: Bool) {
    let before = try repository.id("HEAD")
    let run = try repository.tryGit(options + ["commit", "-q", "--allow-empty", "-m", message])
    return (run, try repository.id("HEAD") != before)
  }

  @Test func `that names no declared bet is refused, with the near miss`() throws {
    let repository = try onBranchOfSearch()
    try repository.git("switch", "-q", "main")
    for message in ["x\n\nBet: serach", "x\n\nBuilds-On: rankin", "x\n\nBet: search\nBet: serach"] {
      let (run, wasMade) = try commit(repository, message)
      #expect(run.status == 1 && !wasMade && run.says("undeclared"), "\(message): \(run.errorText)")
      #expect(run.errorText.contains("did you mean"), "\(message)")
    }
    for message in ["x\n\nBet: two words", "x\n\nBet: Search", "x\n\nBet: ../x", "x\n\nBet:"] {
      let (run, wasMade) = try commit(repository, message)
      #expect(run.status == 1 && !wasMade && run.says("undeclared"), "\(message): \(run.errorText)")
    }
    for (value, hint) in [
      ("BET: Search", "did you mean: 'Bet: search'"), ("bet: SEARCH", "did you mean: 'Bet: search'"),
      ("Bet: search, ranking", "one bet a line: 'Bet: search' and 'Bet: ranking'"),
      ("Bet: search ranking", "one bet a line: 'Bet: search' and 'Bet: ranking'"),
      ("Builds-On: Ranking; search", "one bet a line: 'Builds-On: ranking' and 'Builds-On: search'"),
    ] {
      let (run, wasMade) = try commit(repository, "x\n\n\(value)")
      #expect(run.status == 1 && !wasMade && run.errorText.contains(hint), "\(value): \(run.errorText)")
    }
    let escape = try commit(repository, "x\n\nBet: \u{1B}[31mred\u{202E}")
    #expect(escape.run.status == 1 && !escape.wasMade)
    #expect(!escape.run.errorText.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func `is let through as the level of the rule says`() throws {
    let repository = try onBranchOfSearch()
    try repository.git("switch", "-q", "main")
    let warned = try commit(repository, "x\n\nBet: serach", ["-c", "bet.rule.undeclared=warn"])
    #expect(warned.run.status == 0 && warned.wasMade && warned.run.says("undeclared"))
    let silent = try commit(repository, "x\n\nBet: serach", ["-c", "bet.rule.undeclared=off"])
    #expect(silent.run.status == 0 && silent.wasMade && silent.run.err.isEmpty)
  }

  @Test(arguments: [
    "x\nBet: search", "x\n\nBet: search\n\nmore prose", "x\n\nprose\nBet: search",
    "x\n\n  Bet: search\n\nBet: ranking",
  ])
  func `with a line outside the block is warned of, and made`(message: String) throws {
    let repository = try onBranchOfSearch()
    try repository.git("switch", "-q", "main")
    let (run, wasMade) = try commit(repository, message)
    #expect(run.status == 0 && wasMade && run.says("buried-trailer"), "\(run.errorText)")
    #expect(run.errorText.contains("line ") && run.errorText.contains("it counts"))
    let (stray, _) = try commit(repository, message.replacing("search", with: "nobody"))
    #expect(stray.says("stray-trailer") && stray.errorText.contains("does not count"), "\(stray.errorText)")
  }

  @Test func `of trailers alone is refused`() throws {
    let repository = try onBranchOfSearch()
    for branch in ["main", "bet/search"] {
      try repository.git("switch", "-q", branch)
      for message in ["Bet: search", "Bet: search\nBet: ranking", "\n\nBet: search", "bet : none"] {
        let (run, wasMade) = try commit(repository, message)
        #expect(run.status == 1 && !wasMade && run.says("empty-message"), "\(branch): \(run.errorText)")
      }
    }
  }

  @Test func `without a bet costs nothing and says nothing`() throws {
    let repository = try onBranchOfSearch()
    try repository.git("switch", "-q", "main")
    for message in [
      "x", "x\n\nalphabet: y", "# x\n\nSigned-off-by: A <a@b>", "Better: x\n\nBetter: y", "fix: a",
    ] {
      let (run, wasMade) = try commit(repository, message)
      #expect(
        run.status == 0 && wasMade && run.err.isEmpty && run.out.isEmpty, "\(message): \(run.errorText)")
    }
    let comment = try repository.commit(editor: "printf 'x\\n\\n# Bet: serach\\n' >\"$1\"")
    #expect(comment.status == 0 && comment.err.isEmpty, "\(comment.errorText)")
    let scissors = "# ------------------------ >8 ------------------------"
    let cut = try repository.commit(
      editor: "printf 'x\\n\\n\(scissors)\\nBet: serach\\n' >\"$1\"", config: ["commit.cleanup=scissors"])
    #expect(cut.status == 0, "\(cut.errorText)")
  }

  @Test func `goes past the check with --no-verify, and the push is stopped`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "x\n\nBet: serach")
    try expectStopped(repository, remote, ["origin", "main"], by: "undeclared")
    try repository.git("commit", "-q", "--amend", "--allow-empty", "-m", "x\n\nBet: none")
    try expectPassed(repository, ["-q", "origin", "main"])
  }

  @Test func `in a repository without bets may say what it likes, save that nobody can judge it`() throws {
    let (repository, _) = try TestRepository.withRemote()
    let (run, wasMade) = try commit(repository, "x\n\nBet: search")
    #expect(run.status == 1 && !wasMade && run.says("undeclared"))
    #expect(run.errorText.contains("git bet install"), "the ledger may be elsewhere")
  }
}
