import BetReports
import TestSupport
import Testing

@Suite("how much a push says") struct EconomyTests {
  let repository: TestRepository

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    repository.environment["COLUMNS"] = "80"
    try repository.placeChain()
  }

  private func push(_ refs: String...) throws -> Run { try repository.tryGit(["push", "origin"] + refs) }

  private func count(_ text: String, in run: Run) -> Int { run.errorText.components(of: text) }

  @Test func `one finding takes at most 25 lines of 80 columns`() throws {
    for number in 1...6 {
      try repository.commit(
        "part \(number) of the work with a title that goes on for quite some while and more\n\nBet: ranking\n"
      )
    }
    let run = try push("bet/ranking")
    #expect(run.status == 1)
    let lines = run.errorText.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.hasPrefix("error: failed to push") }
    #expect(lines.count <= 25, "\(run.errorText)")
    // A command stays whole, as do titles where nobody sees the end of the line.
    for line in lines where !line.contains("git ") && !line.hasPrefix("    ") {
      #expect(line.columns <= 80, "\(line)")
    }
  }

  @Test func `what nothing stops is named, with the line that pushes it`() throws {
    try repository.git("branch", "free", "main")
    try repository.git("branch", "other", "main")
    try repository.git("tag", "v1", "main")
    let run = try push("bet/ranking", "free", "other", "v1")
    #expect(run.status == 1)
    #expect(
      run.errorText.replacing("\n  may", with: " may").contains(
        "git bet: nothing was pushed: bet/ranking is stopped, and free, other, tags/v1 may go alone\n"),
      "\(run.errorText)")
    #expect(run.errorText.contains("    git push origin free other refs/tags/v1:refs/tags/v1\n"))
    try repository.git("push", "origin", "free", "other", "refs/tags/v1:refs/tags/v1")
    #expect(
      try push("bet/ranking").errorText.contains("git bet: not pushed: bet/ranking\n"), "alone it is alone")
  }

  @Test func `a claim is told once, three findings whole, and the others are counted`() throws {
    for name in ["a", "b", "c", "d", "e"] {
      try repository.declare(name, on: "search")
      try repository.git("switch", "-q", "-c", "bet/\(name)", "main")
      try repository.commit("work of \(name)\n\nBet: \(name)\n")
    }
    let run = try push("bet/a", "bet/b", "bet/c", "bet/d", "bet/e")
    #expect(run.status == 1)
    #expect(count("if we build search, expect", in: run) == 1, "\(run.errorText)")
    #expect(count("error: '", in: run) == 3)
    #expect(run.errorText.contains("… and 2 more findings of 'follow-on': git bet check\n"))
  }

  @Test func `work on a lost bet is not told as well that it waits`() throws {
    try repository.declare("other")
    try repository.bet("amend", "ranking", "--builds-on", "search", "--builds-on", "other")
    try repository.bet("close", "search", "invalidated", "--evidence", "nobody looked")
    let run = try push("bet/ranking")
    #expect(run.status == 1 && run.errorText.contains("[lost]") && !run.errorText.contains("[follow-on]"))
  }

  @Test func `a standing override takes one line, and one that covers less says what it covers`() throws {
    let tip = try repository.id("bet/ranking")
    try repository.bet("override", "bet/ranking", "--because", "the fair")
    let covered = try push("bet/ranking")
    #expect(covered.status == 0)
    #expect(count("[follow-on]", in: covered) == 1 && count("\nnote: ", in: covered) <= 1)
    #expect(!covered.errorText.contains("if we build"))
    try repository.git("switch", "-q", "bet/ranking")
    try repository.commit("one more\n\nBet: ranking\n")
    let more = try push("bet/ranking")
    #expect(more.status == 1)
    #expect(
      more.errorText.replacing("\n    ", with: " ").contains(
        "covers \(tip.prefix(10)) and nothing on top of it; with --until DATE one stands"),
      "\(more.errorText)")
    try repository.bet("override", "--because", "the fair", "--until", "2099-01-01")
    let standing = try push("bet/ranking")
    #expect(standing.status == 0)
    let line = standing.errorText.split(separator: "\n").first { $0.hasPrefix("note: ") } ?? ""
    #expect(
      line.contains("overridden until 2099-01-01 by Ada Author") && line.contains("the fair")
        && line.contains("git bet override --list"), "\(standing.errorText)")
    #expect(!standing.errorText.contains("if we build"))
  }

  @Test
  func `a warning is whole once a day, then one line, and whole again when something else is in the way`()
    throws
  {
    try repository.bet("policy", "follow-on=warn", "lost=warn")
    for ref in ["one", "two", "three"] {
      let run = try push("bet/ranking:\(ref)")
      #expect(
        run.status == 0 && run.errorText.contains("warning: 'ranking' rests on 'search', which is open"))
      #expect(run.errorText.contains("if we build search") == (ref == "one"), "\(ref): \(run.errorText)")
      #expect(run.errorText.contains("told in full earlier today") == (ref != "one"))
    }
    try repository.declare("other")
    try repository.bet("amend", "ranking", "--builds-on", "search", "--builds-on", "other")
    #expect(try push("bet/ranking:four").errorText.contains("if we build other"))
    try repository.bet("policy", "follow-on=block")
    for ref in ["five", "six"] {
      let run = try push("bet/ranking:\(ref)")
      #expect(run.status == 1 && run.errorText.contains("if we build search"), "what stops is always whole")
    }
  }

  @Test func `ten squashed commits of a bet say nothing`() throws {
    try repository.git("switch", "-q", "-c", "topic", "main")
    for number in 1...10 { try repository.commit("part \(number)\n\nBet: search\n", file: "s\(number)") }
    try repository.git("switch", "-q", "main")
    try repository.git("merge", "-q", "--squash", "topic")
    let commit = try repository.tryGit(["commit", "-q", "--no-edit"])
    #expect(commit.status == 0)
    #expect(!commit.errorText.contains("outside its trailers"), "\(commit.errorText)")
    let run = try push("main")
    #expect(
      run.status == 0 && !run.errorText.contains("git bet") && !run.errorText.contains("note:"),
      "\(run.errorText)")
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
