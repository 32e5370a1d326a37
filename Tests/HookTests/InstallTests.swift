import TestSupport
import Testing

@Suite("install") struct InstallTests {
  @Test func `twice writes the same bytes, and uninstall takes them back`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    let before = try repository.snapshot()
    try repository.bet("install")
    let once = try repository.snapshot()
    #expect(once != before)
    try repository.bet("install")
    #expect(try repository.snapshot() == once)
    try repository.bet("uninstall")
    #expect(try repository.snapshot() == before)
    try repository.bet("uninstall")
    #expect(try repository.snapshot() == before)
  }

  @Test func `keeps the hooks that are there, byte for byte`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.write(".git/hooks/pre-push", "#!/bin/sh\r\n# not\u{FF}UTF-8?\n", executable: false)
    try repository.write(".git/hooks/commit-msg", "#!/bin/sh\nexit 0", executable: true)
    let before = try repository.snapshot()
    let said = try repository.bet("install").text
    #expect(said.contains("pre-push") && said.contains("commit-msg"))
    let once = try repository.snapshot()
    try repository.bet("install")
    #expect(try repository.snapshot() == once)
    try repository.bet("uninstall")
    #expect(try repository.snapshot() == before)
  }

  @Test func `stops where the hooks directory is not this repository's own`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.git("config", "core.hooksPath", "tools/hooks")
    try makeDirectory(repository.path + "/tools/hooks")
    let before = try repository.snapshot()
    let run = try repository.tryBet("install")
    #expect(run.status == 128 && run.says("hooks-elsewhere"), "\(run.errorText)")
    #expect(try repository.snapshot() == before)
    try repository.bet("install", "--force")
    try repository.placeChain()
    let push = try repository.tryGit("push", "origin", "bet/ranking")
    #expect(push.status == 1 && push.says("follow-on"))
  }

  @Test func `adds the refspec that does not overwrite, and fetches the ledger`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.git("push", "-q", "origin", "refs/bets/*:refs/bets/*")
    let clone = try remote.clone(named: "fresh")
    clone.knowBet()
    try clone.bet("install")
    #expect(try clone.refs().contains("refs/bets-remote/origin/search"))
    #expect(try !clone.refs().contains(" refs/bets/"))
    #expect(try clone.bet("list").text.contains("search"))
    let fetch = try clone.git("config", "--get-all", "remote.origin.fetch").text
    #expect(fetch.contains("+refs/bets/*:refs/bets-remote/origin/*"))
  }
}
