import TestSupport
import Testing

/// What is linked is the work, not the object's name.
@Suite("a linked commit") struct LinkCopyTests {
  private let repository: TestRepository
  private let remote: TestRepository

  /// A commit on `topic`, which is nobody's branch, linked to `ranking`, which rests on the open `search`.
  init() throws {
    (repository, remote) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking", on: "search")
    try repository.git("switch", "-q", "-c", "topic")
    try repository.commit("rank\n", file: "rank", content: "1\n")
    try repository.bet("link", "ranking", "--commit", "HEAD")
    try repository.git("tag", "original")
    try repository.commit("other\n", file: "other", content: "1\n")
  }

  /// What is done to the commit, and whether it is the same work then.
  private static let rewrites: [(how: [[String]], isSame: Bool)] = [
    ([["rebase", "-q", "main"]], true),
    ([["switch", "-q", "-C", "topic", "main"], ["cherry-pick", "original"]], true),
    ([["reset", "-q", "--hard", "HEAD~"], ["commit", "-q", "--amend", "-m", "rank better"]], true),
    (
      [
        ["reset", "-q", "--hard", "HEAD~"], ["mv", "rank", "place"],
        ["commit", "-q", "--amend", "--no-edit"],
      ], false
    ),
    (
      [["reset", "-q", "--hard", "HEAD~"], ["commit", "-q", "--amend", "--reset-author", "-m", "rank"]], false
    ),
  ]

  @Test(arguments: rewrites) func `keeps its bet when it is rewritten with the same change`(
    rewrite: (how: [[String]], isSame: Bool)
  ) throws {
    try repository.git("switch", "-q", "main")
    try repository.commit("main goes on\n", file: "main", content: "1\n")
    try repository.git("push", "-q", "origin", "main")
    try repository.git("switch", "-q", "topic")
    repository.advanceClock(minutes: 10)
    for step in rewrite.how { try repository.git(["-c", "core.hooksPath=/dev/null"] + step) }
    if rewrite.isSame {
      let run = try expectStopped(repository, remote, ["origin", "topic"])
      #expect(!run.errorText.contains("other\n"), "\(run.errorText)")
    } else {
      #expect(try repository.tryGit("push", "-q", "origin", "topic").status == 0)
    }
  }

  @Test func `is known where it has never been, and to the audit when it has landed`() throws {
    let original = try repository.id("HEAD~")
    repository.advanceClock(minutes: 10)
    try repository.git("rebase", "-q", "--force-rebase", "main")
    try repository.bet("sync")
    try repository.git("push", "-q", "--no-verify", "origin", "topic:main")
    #expect(try repository.bet("list").text.contains("ranking"))
    let fresh = try remote.clone(named: "fresh")
    fresh.knowBet()
    try fresh.bet("install")
    #expect(try fresh.tryGit("cat-file", "-e", original).status != 0)
    for clone in [repository, fresh] {
      try clone.git("fetch", "-q", "origin")
      let audit = try clone.tryBet("audit")
      #expect(audit.status == 1 && audit.text.contains("follow-on"), "\(audit.text)")
      #expect(try clone.bet("footprint", "ranking").text.contains("1 of 1 "))
    }
    let check = try fresh.tryBet("check", "origin/main~2..origin/main", "--ci", "--into", "main")
    #expect(check.stops("follow-on"), "\(check.errorText)\(check.text)")
  }

  @Test func `is unlinked by the name of its copy`() throws {
    repository.advanceClock(minutes: 10)
    try repository.git("rebase", "-q", "--force-rebase", "main")
    try repository.bet("unlink", "ranking", "--commit", "HEAD~")
    #expect(try repository.tryGit("push", "-q", "origin", "topic").status == 0)
    let again = try repository.tryBet("unlink", "ranking", "--commit", "HEAD~")
    #expect(again.stops("not-linked", status: 128), "\(again.errorText)")
  }

  @Test func `stays the former bet's when its branch is linked to another`() throws {
    try repository.git("switch", "-q", "-c", "mine", "main")
    try repository.bet("link", "ranking")
    try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--allow-empty", "-m", "mine")
    let run = try repository.bet("link", "search")
    #expect(run.errorText.contains("1 commit on it stays work of 'ranking' [kept]"), "\(run.errorText)")
    try expectStopped(repository, remote, ["origin", "mine"])
    // What comes later is the new bet's, and a person may say that all is.
    try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--allow-empty", "-m", "more")
    let hint = try #require(run.errorText.split(separator: "\n").first { $0.hasPrefix("hint: ") })
    try repository.run("sh", ["-c", String(hint.dropFirst(6))]).succeeded("\(hint)")
    #expect(try repository.tryGit("push", "-q", "origin", "mine").status == 0)
  }
}
