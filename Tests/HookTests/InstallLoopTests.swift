import TestSupport
import Testing

@Suite("a hook that was there and calls ours") struct InstallLoopTests {
  @Test func `runs once, and the gate is asked each time`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.write(
      ".git/hooks/pre-push",
      "#!/bin/sh\necho ran >>seen\n.git/hooks/pre-push.copy \"$@\"\n",
      executable: true)
    try repository.bet("install", "--hooks-only")
    try repository.shell("cp .git/hooks/pre-push .git/hooks/pre-push.copy")
    try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    #expect(try repository.read("seen") == "ran\n")
    try repository.placeChain()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }
}
