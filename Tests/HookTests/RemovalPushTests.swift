import TestSupport
import Testing

/// Taking a lost bet out of the code, as `git bet footprint` advises.
@Suite("a push that takes a bet out") struct RemovalPushTests {
  private static let before = (1...12).map { "line \($0)\n" }.joined()

  /// `main` has a commit of `search` that changed `code` and brought `new`; the bet is given up unless it `isOpen`.
  private func scene(isOpen: Bool = false) throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.git("config", "bet.rule.instrument", "off")
    try repository.declare("search")
    try repository.commit("code\n", file: "code", content: RemovalPushTests.before)
    try repository.write(
      "new",
      "func searchIndex() {\n  buildIndex()\n  keepIndex(warm)\n}\nfunc searchAgain() {\n  search(twice)\n}\n"
    )
    try repository.git("add", "new")
    try repository.commit(
      "build search\n\nBet: search\n", file: "code",
      content: RemovalPushTests.before.replacing("line 5\n", with: "search five\nsearch more\n"))
    try repository.git("push", "-q", "origin", "main")
    if !isOpen { try repository.bet("close", "search", "abandoned", "--evidence", "nobody wants it") }
    return repository
  }

  private func revert(
    _ repository: TestRepository, _ revision: String = "HEAD", saying message: String? = nil
  )
    throws
  {
    repository.advanceClock()
    try repository.git("revert", "--no-commit", revision)
    if let message {
      try repository.git("commit", "-q", "--no-verify", "-m", message)
    } else {
      try repository.git("commit", "-q", "--no-edit")
    }
  }

  private func push(_ repository: TestRepository) throws -> Run {
    try repository.tryGit("push", "--dry-run", "origin", "HEAD")
  }

  @Test(arguments: [
    nil, "Revert search\n\nBet: search", "Reverts owner/repo#12\n\nBet: search",
    "take it out\n\nBet: search\n\nprose",
  ])
  func `of a lost bet passes whatever it says`(message: String?) throws {
    let repository = try scene()
    try repository.git("switch", "-q", "-c", "bet/search")
    try revert(repository, saying: message)
    let run = try push(repository)
    #expect(run.status == 0 && !run.says("lost"), "\(run.errorText)")
    let check = try repository.bet("check", "--json").text
    #expect(check.contains("\"how\":\"removal\"") || check.contains("\"how\": \"removal\""), "\(check)")
  }

  @Test func `passes in parts, and by the command that footprint prints`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "-c", "bet/search")
    try repository.git("rm", "-q", "new")
    try repository.git("commit", "-q", "-m", "first the file")
    #expect(try push(repository).status == 0)
    try repository.commit("then the code\n\nBet: search\n", file: "code", content: RemovalPushTests.before)
    #expect(try push(repository).status == 0)
    #expect(try repository.git("diff", "--stat", "main~1").out.isEmpty)
    try repository.git("push", "-q", "origin", "HEAD:main")
    #expect(try repository.tryBet("audit").status == 0)
  }

  @Test func `together with the work itself passes, in one push`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "-c", "bet/search")
    try repository.commit("more\n\nBet: search\n", file: "more", content: "more search\nand more of it\n")
    #expect(try push(repository).stops("lost"))
    try revert(repository, saying: "out again\n\nBet: search")
    let run = try push(repository)
    #expect(run.status == 0, "\(run.errorText)")
    let json = try repository.bet("check", "--json").text
    #expect(json.contains("out") && json.contains("removal"), "\(json)")
    // One line of it that stands is work of the bet.
    try repository.commit("not quite\n\nBet: none\n", file: "kept", content: "more search\n")
    #expect(try push(repository).status == 0)
    try repository.commit("not quite\n\nBet: none\n", file: "more", content: "and more of it\n")
    #expect(try push(repository).stops("lost"))
  }

  @Test func `that gives back what the bet had only deleted passes`() throws {
    let repository = try scene()
    try repository.commit(
      "delete\n\nBet: search\n", file: "code",
      content: try repository.read("code").replacing("line 9\n", with: ""))
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    try repository.git("switch", "-q", "-c", "bet/search")
    try revert(repository, saying: "back\n\nBet: search")
    #expect(try push(repository).status == 0)
  }

  /// What looks like a removal and builds.
  enum Building: String, CaseIterable, Sendable {
    case oneLineMore, anotherFile, whitespace, rename, executable, binary, changedBack, reordered, copy, order
  }

  @Test(arguments: Building.allCases) func `and builds is stopped`(_ kind: Building) throws {
    let repository = try scene()
    try repository.git("switch", "-q", "-c", "bet/search")
    repository.advanceClock()
    if kind == .changedBack {
      try repository.git("rm", "-q", "code")
      try repository.git("commit", "-q", "--no-verify", "-m", "gone\n\nBet: search")
      try repository.git("push", "-q", "--no-verify", "origin", "HEAD:main")
      try repository.commit(
        "back\n\nBet: search\n", file: "code",
        content: RemovalPushTests.before.replacing("line 7", with: "line seven"))
    } else {
      try repository.git("revert", "--no-commit", "HEAD")
      switch kind {
      case .oneLineMore: try repository.write("code", RemovalPushTests.before + "one more\n")
      case .anotherFile: try repository.write("other", "something else\n")
      case .whitespace:
        try repository.write("code", RemovalPushTests.before.replacing("line 5\n", with: "  line 5\n"))
      case .rename:
        try repository.git("checkout", "HEAD", "--", "new")
        try repository.git("mv", "new", "renamed")
      case .executable: try repository.write("start", "start\n", executable: true)
      case .binary: try repository.write("picture", "a\0b")
      case .reordered:
        try repository.write("code", RemovalPushTests.before.replacing("line 5\n", with: "line 5\nline 5\n"))
      case .copy: try repository.write("code", RemovalPushTests.before + "search five\n")
      case .order: try repository.write("code", "line 5\n" + RemovalPushTests.before)
      case .changedBack: break
      }
      if kind == .executable { try repository.run("chmod", ["+x", "start"]).succeeded("chmod") }
      try repository.git("add", "-A")
      try repository.git(
        "commit", "-q", "--no-verify", "-m",
        "Revert \"build search\"\n\nThis reverts commit 1234567.\n\nBet: search")
    }
    let run = try push(repository)
    #expect(run.stops("lost"), "\(kind): \(run.errorText)")
    #expect(run.errorText.contains("git bet footprint search") && run.errorText.contains("Bet: none"))
  }

  @Test(arguments: [[], ["--reference"]]) func `and is reverted itself is the bet's work again`(how: [String])
    throws
  {
    let repository = try scene()
    try revert(repository)
    try repository.git("push", "-q", "origin", "main")
    repository.advanceClock()
    try repository.git(["revert", "--no-edit"] + how + ["HEAD"])
    try repository.git("commit", "-q", "--amend", "-m", try repository.message() + "\nBet: none\n")
    let run = try push(repository)
    #expect(run.stops("lost"), "\(run.errorText)")
    // A revert of something else is nobody's.
    try repository.git("reset", "-q", "--hard", "origin/main")
    try repository.commit("plain\n", file: "plain", content: "1\n")
    try repository.git("revert", "--no-edit", "HEAD")
    #expect(try push(repository).status == 0)
  }

  @Test func `of an open bet is no overlap, and one line more is`() throws {
    let repository = try scene(isOpen: true)
    try revert(repository)
    let run = try push(repository)
    #expect(run.isSilent || !run.says("overlap"), "\(run.errorText)")
    #expect(run.status == 0)
    try repository.commit(
      "Revert search\n", file: "new", content: "func another() {\n  buildsOther()\n}\n")
    try repository.git("reset", "-q", "--soft", "HEAD~2")
    try repository.git("commit", "-q", "-m", "Revert \"build search\"")
    let overlapping = try push(repository)
    #expect(overlapping.status == 0 && overlapping.says("overlap"), "\(overlapping.errorText)")
  }

  @Test func `is not held to what the bet rests on`() throws {
    let repository = try scene(isOpen: true)
    try repository.declare("ranking", on: "search")
    try repository.commit("rank\n\nBet: ranking\n", file: "ranking", content: "rank results\nby clicks\n")
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    try repository.bet("start", "ranking")
    try repository.commit("rank more\n\nBet: ranking\n", file: "ranking2", content: "rank more\n")
    #expect(try push(repository).stops("follow-on"))
    try repository.git("reset", "-q", "--hard", "HEAD~1")
    try revert(repository, saying: "out\n\nBet: ranking")
    #expect(try push(repository).status == 0)
  }

  @Test func `leaves nothing for the audit, and what is left it finds`() throws {
    let repository = try scene()
    #expect(try repository.tryBet("audit").text.contains("search"))
    try revert(repository)
    try repository.git("push", "-q", "origin", "main")
    let audit = try repository.tryBet("audit")
    #expect(audit.status == 0 && !audit.text.contains("lost"), "\(audit.text)")
    // Moved to another name a line of it stands all the same.
    try repository.git("revert", "--no-edit", "HEAD")
    try repository.git("mv", "new", "moved")
    try repository.git("commit", "-q", "--amend", "--no-edit")
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    #expect(try repository.tryBet("audit").text.contains("search"))
  }

  @Test func `of a file without lines passes when the old one is back`() throws {
    let repository = try scene()
    try repository.commit("picture\n", file: "picture", content: "old\0")
    try repository.commit("new picture\n\nBet: search\n", file: "picture", content: "new\0")
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    try repository.git("switch", "-q", "-c", "bet/search")
    try repository.commit("third\n\nBet: search\n", file: "picture", content: "third\0")
    #expect(try push(repository).stops("lost"))
    try repository.git("reset", "-q", "--hard", "HEAD~1")
    try revert(repository, saying: "old picture\n\nBet: search")
    let run = try push(repository)
    #expect(run.status == 0, "\(run.errorText)")
  }

  @Test func `is judged by a server in the same way`() throws {
    let scene = try ServerScene()
    let clone = scene.clone
    try clone.declare("search")
    try scene.pushLedger()
    try clone.commit("build\n\nBet: search\n", file: "new", content: "func searchIndex() {\n  build(it)\n}\n")
    try scene.taken("origin", "main")
    try clone.bet("close", "search", "abandoned", "--evidence", "nobody wants it")
    try scene.pushLedger()
    try clone.git("rm", "-q", "new")
    try clone.write("other", "something of its own\n")
    try clone.git("add", "other")
    try clone.commit("out\n\nBet: search\n")
    try scene.refused("origin", "main", by: "lost")
    try clone.git("rm", "-q", "-f", "other")
    try clone.git("commit", "-q", "--amend", "--no-edit")
    try scene.taken("origin", "main")
    try clone.git("revert", "--no-edit", "HEAD")
    try scene.refused("origin", "main", by: "lost")
  }

  @Test func `is not made of work that has no lines`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "-c", "bet/search")
    let works: [(String, () throws -> Void)] = [
      ("an empty file", { try repository.write("empty", "") }),
      ("a move", { try repository.git("mv", "code", "moved") }),
      ("a link", { try repository.run("ln", ["-s", "code", "link"]).succeeded("ln") }),
      ("a mode", { try repository.run("chmod", ["+x", "code"]).succeeded("chmod") }),
      ("a deletion", { try repository.git("rm", "-q", "start") }),
      ("nothing", {}),
    ]
    for (name, work) in works {
      try work()
      try repository.git("add", "-A")
      try repository.commit("\(name)\n\nBet: search\n")
      #expect(try push(repository).stops("lost"), "\(name)")
      // Whatever others do to the same file, it stands.
      if name == "an empty file" { try repository.commit("x\n\nBet: none\n", file: "empty", content: "x\n") }
      if name == "a move" {
        try repository.commit("x\n\nBet: none\n", file: "moved", content: "x\n" + RemovalPushTests.before)
      }
      #expect(try push(repository).stops("lost"), "\(name)")
      try repository.git("reset", "-q", "--hard", "main")
    }
  }

  @Test func `leaves all that the bet had made of its own work`() throws {
    let repository = try scene()
    try repository.git("switch", "-q", "-c", "bet/search")
    try repository.commit("first\n\nBet: search\n", file: "more", content: "first of search\n")
    try repository.commit("second\n\nBet: search\n", file: "more", content: "second of search\n")
    let stop = try push(repository)
    #expect(stop.stops("lost") && stop.errorText.contains("2 commits"), "\(stop.errorText)")
    try repository.git("rm", "-q", "more")
    try repository.git("commit", "-q", "-m", "out")
    #expect(try push(repository).status == 0)
  }
}
