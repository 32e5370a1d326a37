import TestSupport
import Testing

/// Names that a squash has put where git does not read them.
@Suite("a squash of two bets") struct BuriedNameTests {
  /// `bet/search` is open; `gone` is abandoned, and a branch of each is squashed.
  private func scene() throws -> TestRepository {
    let repository = try onBranchOfSearch()
    try repository.declare("gone")
    try repository.bet("close", "gone", "abandoned", "--evidence", "nobody wants it")
    try repository.git("switch", "-q", "-c", "topic", "main")
    try repository.commit("one\n\nBet: gone\n", file: "one", content: "1\n")
    try repository.commit("two\n\nBet: search\n", file: "two", content: "2\n")
    return repository
  }

  @Test(arguments: [
    "all\n\n* one\n\nBet: gone\n\n* two\n\nBet: search\n", "all\n\nBet: gone\n\nsquash! two\n\nBet: none\n",
    "all\n\n    Bet: gone\n\nCo-authored-by: B <b@c>\n",
    "all\n\nBet: gone\nCo-authored-by: B <b@c>\nSee merge request a/b!1\n",
  ])
  func `is stopped for the one whose line the last block does not hold, here and on a server`(message: String)
    throws
  {
    let scene = try ServerScene()
    let clone = scene.clone
    try clone.declare("search")
    try clone.declare("gone")
    try clone.bet("close", "gone", "abandoned", "--evidence", "nobody wants it")
    try scene.pushLedger()
    let commit = try clone.commit(message, file: "all", content: "1\n")
    let run = try clone.tryGit("push", "origin", "main")
    #expect(run.stops("lost") && run.says("buried-trailer"), "\(run.errorText)")
    try scene.refused("origin", "main", by: "lost")
    let explained = try clone.bet("trailers", "HEAD~1..HEAD", "--explain").errorText
    #expect(explained.contains("says 'Bet: gone' outside its trailers; it counts"), "\(explained)")
    // Prose: one command takes the word away, everywhere.
    #expect(run.errorText.contains("git bet unlink gone --commit \(commit.prefix(7))"))
    try clone.bet("unlink", "gone", "--commit", commit)
    try scene.pushLedger()
    #expect(try clone.bet("trailers", "HEAD~1..HEAD", "--explain").errorText.contains("gone") == false)
    #expect(try clone.tryGit("push", "--dry-run", "origin", "main").status == 0)
    try scene.taken("origin", "main")
    #expect(try !clone.bet("audit").text.contains("gone"))
  }

  @Test func `that landed is found by the audit`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "main")
    try repository.commit("all\n\nBet: gone\n\nBet: search\n", file: "all", content: "1\n")
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    let audit = try repository.tryBet("audit")
    #expect(audit.status == 1 && audit.text.contains("gone"), "\(audit.text)")
  }

  @Test(arguments: ["> Bet: gone", "`Bet: gone`", "see Bet: gone", "Bet: gone, or not"])
  func `is not made of prose`(line: String) throws {
    let repository = try scene()
    try repository.git("switch", "-q", "main")
    try repository.commit("all\n\n\(line)\n\nBet: search\n", file: "all", content: "1\n")
    let run = try repository.tryGit("push", "origin", "main")
    #expect(run.status == 0, "\(run.errorText)")
  }

  @Test func `is taken away for the same change too, wherever it goes, and for no other`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "main")
    try repository.commit("all\n\nBet: gone\n\nas it was\n", file: "all", content: "1\n")
    let first = try repository.id("HEAD")
    #expect(try repository.tryGit("push", "origin", "main").stops("lost"))
    try repository.bet("unlink", "gone", "--commit", first)
    try repository.git("reset", "-q", "--hard", "HEAD~")
    try repository.commit("aside\n", file: "aside", content: "1\n")
    try repository.git("cherry-pick", first)
    let same = try repository.tryGit("push", "origin", "main")
    #expect(same.status == 0, "\(same.errorText)")
    try repository.commit("all\n\nBet: gone\n\nas it was\n", file: "all", content: "2\n")
    #expect(try repository.tryGit("push", "origin", "main").stops("lost"))
  }

  @Test func `only a buried line's word is taken away`() throws {
    let repository = try scene()
    for (bet, commit) in [("gone", "topic~1"), ("search", "main")] {
      let run = try repository.tryBet("unlink", bet, "--commit", commit)
      #expect(run.stops("not-linked", status: 128), "\(run.errorText)")
    }
  }

  @Test(arguments: [
    ["-m", "all"], ["-F", "message"], ["-m", "all\n\nBet: search"], ["-t", "message", "--no-edit"],
  ])
  func `has both names in its trailers however the message is given`(how: [String]) throws {
    let repository = try scene()
    try repository.write("message", "all of it\n")
    try repository.git("switch", "-q", "main")
    try repository.commit("main goes on\n", file: "main", content: "1\n")
    try repository.git("merge", "-q", "--squash", "topic")
    try repository.git(["commit", "-q"] + how)
    let trailers = try repository.trailers().split(separator: "\n").sorted()
    #expect(trailers == ["Bet: gone", "Bet: search"], "\(how)")
    #expect(try repository.tryGit("push", "origin", "main").stops("lost"))
    // The next commit squashes nothing.
    try repository.commit("after\n", file: "after", content: "1\n")
    #expect(try repository.trailers() == "")
  }

  @Test func `says none where its author says so, and keeps what it builds on`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "main")
    try repository.git("merge", "-q", "--squash", "topic")
    try repository.git("commit", "-q", "-m", "all\n\nBet: none")
    #expect(try repository.trailers() == "Bet: none")
    try repository.git("switch", "-q", "topic")
    try repository.commit("three\n\nBet: search\nBuilds-On: ranking\n", file: "three", content: "3\n")
    try repository.git("switch", "-q", "main")
    try repository.git("merge", "-q", "--squash", "topic")
    try repository.git("commit", "-q", "-m", "all")
    #expect(
      try repository.trailers().split(separator: "\n").sorted() == [
        "Bet: gone", "Bet: search", "Builds-On: ranking",
      ])
  }

  @Test func `keeps the branch's name though another hook drops it, unless a bet or none is named`() throws {
    let repository = try onBranchOfSearch()
    try repository.write(
      ".git/hooks/before-bet/prepare-commit-msg", "#!/bin/sh\nsed -i '/^Bet: search/d' \"$1\"\n",
      executable: true)
    for (message, trailers) in [
      ("x", "Bet: search"), ("x\n\nBet: none", "Bet: none"), ("x\n\nBet: ranking", "Bet: ranking"),
      ("x\n\nBet: ranking\n\nprose", ""),
      ("x\n\nCo-authored-by: B <b@c>", "Co-authored-by: B <b@c>\nBet: search"),
    ] {
      try repository.git("commit", "-q", "--allow-empty", "-m", message)
      #expect(try repository.trailers() == trailers, "\(message)")
    }
    // What nobody added is not added again, and a message that says nothing stops the commit.
    try repository.git("commit", "-q", "--allow-empty", "--amend", "--no-edit", "-C", "main")
    #expect(try repository.trailers() == "")
    #expect(try repository.commit(editor: ": >\"$1\"").status == 1)
    #expect(try repository.git("status", "--porcelain").out.isEmpty)
  }
}
