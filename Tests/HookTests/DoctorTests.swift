import TestSupport
import Testing

/// One way in which a repository is quietly without its gate.
private struct Trouble: CustomTestStringConvertible, Sendable {
  let what: String
  /// A shell script that brings it about, in a healthy repository with the gate on.
  let cause: String
  /// A word of the line that tells of it.
  let says: String
  /// Whether it makes `doctor` end with 1; a note does not.
  let isWrong: Bool
  /// Whether it concerns the files in the hooks directory and nothing else.
  var isAboutFile: Bool { cause.contains(".git/hooks") || cause.contains("hooksPath") }
  var testDescription: String { what }

  init(_ what: String, _ cause: String, says: String, isWrong: Bool = true) {
    self.what = what
    self.cause = cause
    self.says = says
    self.isWrong = isWrong
  }
}

private let troubles = [
  Trouble("a hook is gone", "rm .git/hooks/pre-push", says: "not installed"),
  Trouble("no hooks directory", "rm -r .git/hooks", says: "not there"),
  Trouble("hooksPath names nothing", "git config core.hooksPath .nothing", says: "no hook runs"),
  Trouble("a hook may not be executed", "chmod -x .git/hooks/pre-push", says: "may not be executed"),
  Trouble("a link to nothing", "ln -sf /nowhere/at/all .git/hooks/commit-msg", says: "link to nothing"),
  Trouble(
    "what was kept is gone", "ln -s ../hooks.before-bet .git/hooks/before-bet", says: "leads nowhere"),
  Trouble("a directory", "rm .git/hooks/commit-msg; mkdir .git/hooks/commit-msg", says: "is a directory"),
  Trouble(
    "another tool has overwritten ours", "printf '#!/bin/sh\\n# git lfs pre-push\\n' >.git/hooks/pre-push",
    says: "git-lfs"),
  Trouble("the binary is gone", "rm ../moving/git-bet", says: "moving/git-bet"),
  Trouble(
    "the binary is of another version", "printf '#!/bin/sh\\necho git-bet 0.0.1\\n' >../moving/git-bet",
    says: "0.0.1"),
  Trouble(
    "the last lines are cut off", "sed -i '/^# END/d' .git/hooks/pre-push", says: "lost its last lines"),
  Trouble("the path was edited out", "sed -i '/^bet=/d' .git/hooks/pre-push", says: "edited"),
  Trouble(
    "no refspec",
    "git config --fixed-value --unset-all remote.origin.fetch '+refs/bets/*:refs/bets-remote/origin/*'",
    says: "does not bring its ledger"),
  Trouble(
    "a refspec that destroys", "git config --add remote.origin.fetch '+refs/bets/*:refs/bets/*'",
    says: "overwrite or delete"),
  Trouble("a broken ref", ": >.git/refs/bets/broken", says: "broken on disk"),
  Trouble("a name that is no id", "git update-ref refs/bets/Bad refs/bets/search", says: "no bet can have"),
  Trouble(
    "a ref to something else", "git update-ref refs/bets/blob $(git hash-object -w /dev/null)",
    says: "not a diary"),
  Trouble(
    "what a removed remote left", "git update-ref refs/bets-remote/gone/search refs/bets/search",
    says: "gone",
    isWrong: false),
  Trouble(
    "a configured comment character", "git config core.commentChar ';'", says: "trailers", isWrong: false),
]

@Suite("the doctor") struct DoctorTests {
  @Test func `finds nothing where all is well`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    let visit = try repository.tryBet("doctor")
    #expect(visit.status == 0, "\(visit.text)\(visit.errorText)")
    #expect(!visit.text.contains("wrong") && visit.text.contains("1 bet"))
  }

  @Test(arguments: troubles)
  fileprivate func `sees it, and what it prints mends it`(_ trouble: Trouble) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    // Installed from a place that can go away, by the path at which it was found.
    try repository.run("sh", ["-ec", "mkdir ../moving; cp \(binary("git-bet")) ../moving"]).succeeded("cp")
    let moving = try repository.run("pwd").text.prefix { $0 != "\n" } + "/../moving"
    try repository.run(
      "sh", ["-ec", "cd ../moving; p=$(pwd -P); cd - >/dev/null; PATH=$p:$PATH \(moving)/git-bet install"]
    ).succeeded("install")
    try repository.run("sh", ["-ec", trouble.cause]).succeeded(trouble.cause)

    let visit = try repository.tryBet("doctor")
    // Where git has hooks in its configuration, a file that is missing leaves a gate: that is a note.
    let hasOther =
      try trouble.isAboutFile && repository.tryGit("config", "hook.bet-pre-push.event").status == 0
    #expect(visit.status == (trouble.isWrong && !hasOther ? 1 : 0), "\(visit.text)\(visit.errorText)")
    #expect(visit.text.contains(hasOther ? "from git's configuration" : trouble.says), "\(visit.text)")
    let cures = visit.text.split(separator: "\n").compactMap { line in
      line.firstRange(of: "type: ").map { String(line[$0.upperBound...]) }
    }
    #expect(!cures.isEmpty)
    for (position, cure) in cures.enumerated() where !cures[..<position].contains(cure) {
      let run = try repository.run("sh", ["-c", cure])
      #expect(run.status == 0, "\(cure): \(run.errorText)")
    }
    let after = try repository.tryBet("doctor")
    #expect(after.status == 0, "after \(cures): \(after.text)")
    #expect(try repository.tryGit("rev-parse", "--verify", "-q", "refs/bets/search").status == 0)
  }

  @Test func `says what is damaged or contested, and how to look at it`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    let root = try repository.id("refs/bets/search")
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "seen")
    let closed = try repository.id("refs/bets/search")
    // The same bet, closed otherwise in another clone, as a fetch brings it.
    try repository.git("update-ref", "refs/bets/search", root)
    try repository.bet("close", "search", "invalidated", "--evidence", "not seen")
    try repository.git("update-ref", "refs/bets-remote/origin/search", closed)
    let contested = try repository.tryBet("doctor")
    #expect(contested.status == 1)
    #expect(contested.text.contains("contested (verdict)") && contested.text.contains("git bet show search"))
    #expect(!contested.text.contains("every event readable"))

    let tree = try repository.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    let damaged = try repository.git(
      ["commit-tree", String(tree), "-p", "refs/bets/search"],
      input: Array("x\n\nEvent: closed\nBet: other\nSeq: 3\n".utf8))
    try repository.git("update-ref", "refs/bets/search", String(damaged.text.prefix(40)))
    let visit = try repository.tryBet("doctor")
    #expect(visit.status == 1)
    #expect(visit.text.contains("damaged event") && visit.text.contains("git show"))
    #expect(!visit.text.contains("every event readable"))
  }

  @Test func `calls a bet with one damaged event wrong, and says that not every event is readable`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.bet("install")
    try repository.declare("search")
    #expect(try repository.tryBet("doctor").status == 0)
    let tree = try repository.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    let damaged = try repository.git(
      ["commit-tree", String(tree), "-p", "refs/bets/search"],
      input: Array("x\n\nEvent: noted\nBet: search\nSeq: 1\n".utf8))
    try repository.git("update-ref", "refs/bets/search", String(damaged.text.prefix(40)))
    let visit = try repository.tryBet("doctor")
    #expect(visit.status == 1)
    #expect(visit.text.contains("damaged event") && !visit.text.contains("every event readable"))
    #expect(try repository.tryBet("doctor", "--json").text.contains("\"well\": false"))
  }

  @Test func `calls a policy on which two clones disagree wrong, until it is settled as it says`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.bet("install")
    try repository.declare("search")
    try repository.bet("policy", "overdue=warn")
    let root = try repository.id("refs/bets/gate")
    try repository.bet("policy", "overdue=off")
    let other = try repository.id("refs/bets/gate")
    try repository.git("update-ref", "refs/bets/gate", root)
    try repository.bet("policy", "overdue=block")
    try repository.git("update-ref", "refs/bets-remote/origin/gate", other)
    let visit = try repository.tryBet("doctor")
    #expect(visit.status == 1)
    #expect(visit.text.contains("the level of 'overdue' is contested: 'block' counts"), "\(visit.text)")
    try repository.bet("policy", "overdue=block")
    #expect(try repository.tryBet("doctor").status == 0)
  }

  @Test func `names a repository that libgit2 cannot open, and what works there`() throws {
    let repository = try TestRepository(arguments: ["--object-format=sha256"])
    repository.knowBet()
    let visit = try repository.tryBet("doctor")
    #expect(visit.status == 1)
    #expect(visit.text.contains("SHA-256") && visit.text.contains("git for-each-ref refs/bets"))
  }
}
