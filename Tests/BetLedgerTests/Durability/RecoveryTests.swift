import TestSupport
import Testing

/// What somebody moves or deletes by hand comes back, with the commands that are printed and documented.
@Suite struct RecoveryTests {
  private func scene() throws -> (git: TestRepository, remote: TestRepository) {
    let (git, remote) = try TestRepository.withRemote()
    try git.declare("search")
    for text in ["one", "two", "they like it"] { try git.bet("note", "search", "-m", text) }
    return (git, remote)
  }

  private func subjects(_ git: TestRepository) throws -> [String] {
    try git.git("log", "--format=%s", "refs/bets/search").text.split(separator: "\n").map(String.init)
  }

  private func cures(_ run: Run) -> [String] {
    run.text.split(separator: "\n").compactMap { line in
      line.firstRange(of: "type: ").map { String(line[$0.upperBound...]) }
    }
  }

  // MARK: What the doctor prints

  @Test(arguments: [
    ("git update-ref refs/bets/search refs/bets/search~2", "moved back", "2 events"),
    ("rm .git/refs/bets/search", "deleted", "4 events"),
    (": >.git/refs/bets/search", "broken on disk", "put back"),
    ("git pack-refs --all && git update-ref refs/bets/search refs/bets/search~3", "moved back", "3 events"),
  ])
  func `the doctor counts what a ref has lost, and brings it back`(
    damage: String, what: String, count: String
  )
    throws
  {
    let git = try scene().git
    let before = try git.id("refs/bets/search")
    try git.run("sh", ["-ec", damage]).succeeded(damage)
    var visit = try git.tryBet("doctor")
    #expect(
      visit.status == 1 && visit.text.contains(what) && visit.text.contains(count), "\(visit.text)")
    // A broken file is removed first, and then it is a ref that is gone.
    for _ in 0..<2 where visit.status != 0 {
      for cure in cures(visit) { try git.run("sh", ["-ec", cure]).succeeded(cure) }
      visit = try git.tryBet("doctor")
    }
    #expect(visit.status == 0, "\(visit.text)")
    #expect(try git.id("refs/bets/search") == before)
    #expect(try git.git("reflog", "exists", "refs/bets/search").status == 0)
  }

  @Test func `what was moved away is joined with what came since`() throws {
    let git = try scene().git
    let lost = try subjects(git)
    try git.git("update-ref", "refs/bets/search", "refs/bets/search~2")
    try git.bet("note", "search", "-m", "since")
    let visit = try git.tryBet("doctor")
    #expect(visit.status == 1 && visit.text.contains("2 events"), "\(visit.text)")
    for cure in cures(visit) { try git.run("sh", ["-ec", cure]).succeeded(cure) }
    let after = try git.tryBet("doctor")
    #expect(after.status == 0 && !after.text.contains("damaged"), "\(after.text)")
    #expect(try Set(subjects(git)) == Set(lost + ["note: since", "join what was moved away"]))
    #expect(try git.git("fsck", "--strict", "--no-dangling").text == "")
    // A cure that is typed late changes nothing: the ref is no longer what it was.
    #expect(try git.run("sh", ["-c", cures(visit)[0]]).status != 0)
  }

  @Test func `an event that is in the reflog alone is a note, and can be brought in`() throws {
    let git = try scene().git
    // As a write leaves it that was cut short: the line is written before the ref is moved.
    let event = "late\n\nEvent: noted\nBet: search\nSeq: 5\n"
    let script = """
      old=$(git rev-parse refs/bets/search)
      new=$(git commit-tree -p "$old" 4b825dc642cb6eb9a060e54bf8d69288fbee4904)
      echo "$old $new A <a@b> 1735689600 +0000\tbet: noted" >>.git/logs/refs/bets/search
      """
    try git.run("sh", ["-ec", script], input: Array(event.utf8)).succeeded("commit-tree")
    let visit = try git.tryBet("doctor")
    #expect(
      visit.status == 0 && visit.text.contains("1 event of 'search' is in its reflog alone"), "\(visit.text)")
    for cure in cures(visit) { try git.run("sh", ["-ec", cure]).succeeded(cure) }
    #expect(try subjects(git).first == "late")
    #expect(try cures(git.tryBet("doctor")).isEmpty)
  }

  @Test func `what nobody lost is not missed`() throws {
    let git = try scene().git
    // Merged, packed, expired, or only in a remote's head.
    try git.git("update-ref", "refs/bets-remote/origin/search", "refs/bets/search")
    try git.git("update-ref", "refs/bets/search", "refs/bets/search~2")
    #expect(try git.tryBet("doctor").status == 0)
    try git.git("update-ref", "-d", "refs/bets-remote/origin/search")
    #expect(try git.tryBet("doctor").status == 1)
    try git.git("reflog", "expire", "--expire=now", "--all")
    #expect(try git.tryBet("doctor").status == 0)
  }

  @Test func `a lock that stays is named with its age and what removes it`() throws {
    let git = try scene().git
    let lock = ".git/refs/bets/search.lock"
    try git.run("touch", ["-d", "3 hours ago", lock]).succeeded("touch")
    let before = try git.refs()
    let run = try git.tryBet("note", "search", "-m", "late")
    #expect(run.status == 128 && run.says("ledger-busy") && run.errorText.contains("is 3 hours old"))
    #expect(try git.refs() == before && git.run("test", ["-e", lock]).status == 0)
    let hint = try #require(run.errorText.split(separator: "\n").first { $0.hasPrefix("hint: ") })
    #expect(try cures(git.tryBet("doctor")) == [String(hint.dropFirst(6))])
    try git.run("sh", ["-ec", String(hint.dropFirst(6))]).succeeded("\(hint)")
    try git.bet("note", "search", "-m", "late")
    #expect(try git.tryBet("doctor").status == 0)
  }

  // MARK: The manual page

  @Test func `the manual page brings back what was moved or deleted`() throws {
    let damages = [
      ["git update-ref refs/bets/search refs/bets/search~2"],
      ["git push -q origin 'refs/bets/*:refs/bets/*'", "git update-ref -d refs/bets/search"],
      ["git update-ref -d refs/bets/search"],
    ]
    let sessions = try sessions()
    #expect(sessions.count == damages.count)
    for (damage, session) in zip(damages, sessions) {
      let git = try scene().git
      let before = try git.id("refs/bets/search")
      for command in damage { try git.run("sh", ["-ec", command]).succeeded(command) }
      #expect(try git.tryGit("rev-parse", "-q", "--verify", "refs/bets/search").text.prefix(40) != before)
      var listed = ""
      for command in session {
        // The id on the page stands for the one that the command before has listed.
        let run = try git.run("sh", ["-c", command.replacing("5f2c7a1", with: listed)])
        #expect(run.status == 0 || command == "git bet doctor", "\(command): \(run.errorText)")
        listed =
          run.text.split(separator: "\n").first { $0.contains(" search ") }.map {
            String($0.prefix { $0 != " " })
          } ?? ""
      }
      #expect(try git.id("refs/bets/search") == before, "\(session)")
      #expect(try git.tryBet("doctor").status == 0)
      try git.bet("note", "search", "-m", "on")
      #expect(try git.git("log", "-g", "--format=%gs", "refs/bets/search").text.hasPrefix("bet: noted\n"))
    }
  }

  /// The commands of each literal block below RECOVERY.
  private func sessions() throws -> [[String]] {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    let page = try TestRepository().read(root.joined(separator: "/") + "/Sources/git-bet/git-bet.1.in")
    var sessions: [[String]] = []
    var isRecovery = false
    for line in page.split(separator: "\n") {
      if line.hasPrefix(".Sh ") { isRecovery = line == ".Sh RECOVERY" }
      if isRecovery, line.hasPrefix(".Bd ") { sessions.append([]) }
      if isRecovery, line.hasPrefix("$ "), !sessions.isEmpty {
        sessions[sessions.count - 1].append(String(line.dropFirst(2)))
      }
    }
    return sessions
  }
}
