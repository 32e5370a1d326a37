import BetReports
import TestSupport
import Testing

@Suite("what a commit hears before its push") struct EarlyWordTests {
  let repository: TestRepository

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking", on: "search")
  }

  private func commit(_ message: String = "work") throws -> String {
    try repository.git("commit", "-q", "--allow-empty", "-m", message).errorText
  }

  @Test func `work that rests on an open bet hears it once, and again when that changes`() throws {
    try repository.bet("start", "ranking")
    #expect(
      try commit() == "git bet: ranking rests on search (open): a push will be stopped; wip/* may go\n")
    #expect(try commit() == "", "once a branch")
    try repository.git("switch", "-q", "-c", "feature/ranking")
    #expect(try commit().contains("rests on search (open)"), "another branch has not heard it")
    try repository.bet("close", "search", "inconclusive", "--evidence", "nobody can tell")
    #expect(try commit().contains("rests on search (inconclusive)"))
    try repository.bet("reopen", "search", "--because", "more came")
    try repository.bet("close", "search", "invalidated", "--evidence", "nobody looked")
    #expect(try commit().contains("rests on search (invalidated): a push will be stopped"))
    #expect(try commit() == "")
    try repository.bet("reopen", "search", "--because", "more came")
    try repository.bet("close", "search", "validated", "--evidence", "seen", "--yes")
    #expect(try commit() == "", "what it is measured by stands in the code")
  }

  @Test func `a bet's own branch hears what it is measured by, and a lost bet that it is lost`() throws {
    try repository.bet("start", "search")
    #expect(try commit() == "", "it is measured by what stands in the code")
    try repository.bet("amend", "search", "--instrument", "clicks")
    #expect(
      try commit() == "git bet: search ships once 'clicks' stands in the code: it is measured by that\n")
    try repository.write("code.c", "count(clicks)\n")
    try repository.git("add", "code.c")
    #expect(try commit() == "")
    try repository.bet("amend", "search", "--instrument", "")
    #expect(try commit().contains("search names nothing that measures it, and a push will say so"))
    try repository.bet("close", "search", "abandoned", "--learned", "no")
    #expect(try commit() == "git bet: search is abandoned: a push will be stopped\n")
    #expect(try repository.git("log", "-1", "--format=%(trailers:key=Bet,valueonly)").text == "search\n\n")
  }

  @Test func `what no push would be stopped for is not said`() throws {
    #expect(try commit() == "", "work of no bet")
    try repository.git("switch", "-q", "-c", "wip/ranking")
    #expect(try commit("draft\n\nBet: ranking") == "", "a draft")
    try repository.bet("start", "ranking")
    try repository.bet("policy", "follow-on=warn")
    #expect(try commit() == "", "a warning comes with the push")
    try repository.bet("policy", "follow-on=block")
    try repository.git("switch", "-q", "-c", "feature/ranking")
    try repository.bet("override", "--because", "the fair", "--until", "2099-01-01")
    #expect(try commit() == "", "a standing override lets it through")
  }

  @Test func `where its memory cannot be kept it is said again, and the commit goes on`() throws {
    try repository.bet("start", "ranking")
    try repository.run("mkdir", ["-p", ".git/bet/told"]).succeeded("mkdir")
    for _ in 0..<2 { #expect(try commit().contains("rests on search (open)")) }
    try repository.run("rmdir", [".git/bet/told"]).succeeded("rmdir")
    try repository.write(".git/bet/told", "garbage\n\u{1B}[2J\n\u{0}")
    #expect(try commit().contains("rests on search (open)"))
    #expect(try commit() == "")
  }

  // MARK: Where the gate is off

  private func saysOff(_ run: Run) -> Bool {
    run.errorText.contains("note: the gate is not on here: git bet install [gate-off]\n")
  }

  @Test func `a clone with a ledger and without the gate hears it in every command`() throws {
    try repository.bet("start", "ranking")
    let verbs = [
      [], ["list"], ["show", "search"], ["log"], ["graph"], ["note", "search", "-m", "x"], ["check"],
      ["rules"], ["policy"], ["sync"], ["why", "start"], ["footprint", "search"], ["audit"],
      ["list", "--json"],
    ]
    for verb in verbs { #expect(try !saysOff(repository.tryBet(verb)), "\(verb)") }
    try repository.bet("uninstall")
    for verb in verbs { #expect(try saysOff(repository.tryBet(verb)), "\(verb)") }
    #expect(
      try saysOff(
        repository.bet(
          "declare", "next", "--start", "--if", "a", "--expect", "b rises to 3", "--because", "c")))
    #expect(try !saysOff(repository.tryBet("doctor")), "it has a line of its own for that")
    #expect(try !saysOff(repository.tryBet("show", "nope")), "an error is told alone")
    repository.environment["CI"] = "true"
    #expect(try !saysOff(repository.bet("list")), "nobody pushes from a job")
    repository.environment["CI"] = nil
    try repository.bet("install")
    #expect(try !saysOff(repository.bet("list")))
  }

  @Test func `it is not said where nobody bets, nor where the gate is on in another way`() throws {
    let empty = try TestRepository()
    try empty.commit("x\n")
    #expect(try !saysOff(empty.bet("list")))
    try repository.bet("uninstall")
    try repository.write("hooks/pre-push", "#!/bin/sh\nexec git-bet hook pre-push \"$@\"\n")
    try repository.git("config", "core.hooksPath", "hooks")
    #expect(try !saysOff(repository.bet("list")), "a hook of somebody's own calls it")
    try repository.git("config", "core.hooksPath", "\(repository.path)/nowhere")
    #expect(try saysOff(repository.bet("list")))
    try repository.git("config", "--unset", "core.hooksPath")
    try repository.git("config", "hook.bet-pre-push.event", "pre-push")
    #expect(try !saysOff(repository.bet("list")), "git's configuration has it")
    let bare = try repository.addRemote(named: "bare")
    bare.environment = repository.environment
    #expect(try !saysOff(bare.tryBet("list")), "nobody pushes from there")
  }
}
