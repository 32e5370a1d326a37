import TestSupport
import Testing

/// A write that ends before each of its steps in turn: created files, writes, syncs, renames, the exit.
@Suite(.enabled(if: canTrace, "a program cannot be traced here, so it cannot be stopped at a step"))
struct KillTests {
  /// Everything that must hold whenever a process of ours is gone, however it went.
  private func checkWhole(_ git: TestRepository, _ step: String) throws {
    let fsck = try git.tryGit("fsck", "--strict", "--no-dangling", "--no-progress")
    // A branch without a commit is a notice.
    let words = (fsck.text + fsck.errorText).split(separator: "\n").filter { !$0.hasPrefix("notice: ") }
    #expect(fsck.status == 0 && words.isEmpty, "\(step): \(words)")
    let listing = try git.tryGit("for-each-ref", "--format=%(objecttype) %(refname)", "refs/bets")
    #expect(listing.status == 0 && listing.errorText == "", "\(step): \(listing.errorText)")
    #expect(listing.text.split(separator: "\n").allSatisfy { $0.hasPrefix("commit refs/bets/") }, "\(step)")
  }

  /// Locks, temporary files and an intent: everything that a dead process may leave.
  private func leftovers(_ git: TestRepository) throws -> String {
    let names = "-name *.lock -o -name *.bet-* -o -path */bet/writing -size +0"
    return try git.run("find", [git.isBare ? "." : ".git"] + names.split(separator: " ").map(String.init))
      .text
  }

  @Test func `a first event that is killed at any step leaves nothing to clean up`() throws {
    let git = try TestRepository()
    let killer = Killer(git)
    for step in 1...200 {
      let id = "bet-\(step)"
      let before = try git.refs()
      let run = try killer.run(at: step, ["declare", id] + Killer.claim)
      guard let call = run.call else {
        #expect(run.status == 0 && step > 25)
        break
      }
      #expect(run.status == 137)
      try checkWhole(git, "\(step) \(call)")
      let after = try git.refs()
      let isThere = try git.tryGit("rev-parse", "-q", "--verify", "refs/bets/\(id)").status == 0
      #expect(isThere ? after.contains("refs/bets/\(id)") : after == before, "\(step) \(call)")
      #expect(isThere || !run.text.contains("declared"), "\(step) \(call)")
      // A line of the reflog about a ref that never came must not turn into damage when git cleans up.
      if !isThere, try git.run("test", ["-s", ".git/logs/refs/bets/\(id)"]).status == 0,
        try leftovers(git) == ""
      {
        try git.git("gc", "-q", "--prune=now")
        try checkWhole(git, "gc after \(step) \(call)")
      }
      let next = isThere ? ["note", id, "-m", "on"] : ["declare", id] + Killer.claim
      try git.tryBet(next).succeeded("\(next) after \(step) \(call)")
      #expect(try leftovers(git) == "", "\(step) \(call)")
    }
    try checkWhole(git, "at the end")
  }

  /// In a bare repository, where a step more is taken: libgit2 leaves out the reflog.
  @Test func `an event that is killed at any step is in the chain or was never acknowledged`() throws {
    let git = try TestRepository(bare: true)
    try git.declare("search")
    let killer = Killer(git)
    var acknowledged: [String] = []
    for step in 1...200 {
      let run = try killer.run(at: step, ["note", "search", "-m", "step \(step)"])
      if run.text.contains("noted") { acknowledged.append("note: step \(step)") }
      guard let call = run.call else { break }
      try checkWhole(git, "\(step) \(call)")
      try git.bet("note", "search", "-m", "after \(step)")
      acknowledged.append("note: after \(step)")
      #expect(try leftovers(git) == "", "\(step) \(call)")
      let subjects = try git.git("log", "--format=%s", "refs/bets/search").text.split(separator: "\n")
      #expect(Set(acknowledged).isSubset(of: subjects.map(String.init)), "\(step) \(call)")
    }
    #expect(acknowledged.count > 25)
    // Every line of the reflog that took effect is there: git walks it without a word.
    #expect(try git.git("log", "-g", "--format=%H", "refs/bets/search").errorText == "")
  }

  @Test(arguments: [1, 2, 15])
  func `a signal at any step leaves no lock`(signal: Int32) throws {
    let git = try TestRepository()
    try git.declare("search")
    let killer = Killer(git, signal: signal)
    var before = try git.id("refs/bets/search")
    for step in 1...200 {
      let run = try killer.run(at: step, ["note", "search", "-m", "step \(step)"])
      guard let call = run.call else { break }
      #expect(run.status == 128 + signal || run.status == 0, "\(step) \(call)")
      #expect(try leftovers(git) == "", "\(step) \(call)")
      let now = try git.id("refs/bets/search")
      #expect(now != before || !run.text.contains("noted"), "\(step) \(call)")
      before = now
    }
    try checkWhole(git, "at the end")
  }

  /// A hook that was there before is kept, and runs, whatever step an installation gets to.
  @Test func `an installation that is killed at any step is completed by the next`() throws {
    let git = try TestRepository()
    try git.commit("start")
    let killer = Killer(git)
    for step in 1...200 {
      try git.run("sh", ["-c", "rm -rf .git/hooks/* .git/hooks.before-bet"]).succeeded("rm")
      try git.write(".git/hooks/pre-push", "#!/bin/sh\necho mine >&2\n", executable: true)
      guard let call = try killer.run(at: step, ["install"]).call else { break }
      let words = try git.run("sh", ["-c", "cat .git/hooks/pre-push* .git/hooks.before-bet/pre-push*"]).text
      #expect(words.contains("echo mine"), "\(step) \(call)")
      try git.bet("install")
      #expect(try git.read(".git/hooks/before-bet/pre-push").contains("echo mine"), "\(step) \(call)")
      #expect(try leftovers(git) == "", "\(step) \(call)")
    }
  }
}
