import TestSupport
import Testing

@Suite("what a child writes on standard error") struct NoiseTests {
  @Test(arguments: ["GIT_TRACE", "GIT_TRACE2", "LD_PRELOAD"])
  func `decides nothing`(variable: String) throws {
    let (repository, remote) = try TestRepository.withRemote()
    // Configuration that git alone can read.
    try repository.git("config", "includeIf.hasconfig:remote.*.url:x.path", "nothing")
    try repository.placeChain()
    try repository.declare("other")
    try repository.git("branch", "plain", "main")
    repository.environment[variable] = variable == "LD_PRELOAD" ? "/nowhere/at/all.so" : "1"
    for command in [
      "note search -m x", "declare more --if a --expect b --because c", "amend search --metric m", "list",
      "link other plain", "policy overdue=block", "close other abandoned --evidence seen",
      "reopen other --because x", "show search", "sync", "install", "check",
    ] {
      let run = try repository.tryBet(command.split(separator: " ").map(String.init))
      #expect(run.status == (command == "check" ? 1 : 0), "\(variable) \(command): \(run.errorText)")
    }
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    try repository.git("switch", "-q", "-c", "free", "main")
    try repository.commit("free\n", file: "free", content: "free\n")
    try expectPassed(repository, ["-q", "origin", "free"])
  }
}
