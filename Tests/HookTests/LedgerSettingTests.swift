import TestSupport
import Testing

@Suite("the ledger's own push") struct LedgerSettingTests {
  @Test(arguments: [
    ["push.pushOption", "ci.skip"], ["push.gpgSign", "true"], ["push.followTags", "true"],
    ["push.recurseSubmodules", "check"],
  ])
  func `takes nothing of what is set for pushes of work`(setting: [String]) throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.git(["config"] + setting)
    try repository.git("tag", "-a", "-m", "x", "v1")
    try repository.declare("search")
    let run = try repository.tryBet("sync")
    #expect(run.status == 0, "\(setting): \(run.errorText)")
    #expect(try remote.refs().contains("refs/bets/search") && !remote.refs().contains("v1"))
  }
}
