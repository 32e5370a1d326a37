import TestSupport
import Testing

/// Remotes that are fetched by name alone: a bare clone with work trees, one made by hand, one that is only mirrored to.
@Suite("a remote without a fetch refspec") struct BareRemoteTests {
  private let ours = "+refs/bets/*:refs/bets-remote/origin/*"

  private func scene(_ setting: String = "true") throws -> (TestRepository, TestRepository) {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.shell(
      "git config --unset-all remote.origin.fetch; git branch -q --unset-upstream 2>/dev/null || true; \(setting)"
    )
    return (repository, remote)
  }

  private func refspecs(_ repository: TestRepository) throws -> String {
    try repository.tryGit("config", "--get-all", "remote.origin.fetch").text
  }

  @Test(arguments: [
    "true", "git config remote.origin.mirror true",
    "git config --add remote.origin.fetch '+refs/bets/*:refs/bets-remote/origin/*'",
  ])
  func `is pulled from as before, and brings its ledger with a sync`(setting: String) throws {
    let (repository, remote) = try scene(setting)
    let said = try repository.bet("install").text
    #expect(said.contains("again with every git bet sync"), "\(said)")
    #expect(try refspecs(repository) == "")
    if !setting.contains("mirror") { try repository.git("pull", "-q", "origin", "HEAD") }
    try repository.git("pull", "-q", "origin")
    let visit = try repository.tryBet("doctor").text
    #expect(visit.contains("comes with git bet sync alone"), "\(visit)")

    let colleague = try remote.clone(named: "colleague")
    colleague.knowBet()
    try colleague.bet("install")
    try colleague.declare("search")
    try colleague.bet("sync")
    try repository.bet("sync")
    #expect(try repository.bet("list").text.contains("search"))
    try repository.declare("ranking")
    try repository.bet("sync")
    try colleague.git("fetch", "-q")
    #expect(try colleague.bet("list").text.contains("ranking"))
    #expect(try refspecs(repository) == "")
    // What a sync has brought is not called stale.
    try repository.bet("start", "search")
    try repository.commit("more\n", file: "more", content: "more\n")
    if !setting.contains("mirror") { try expectPassed(repository, ["-q", "origin", "bet/search"]) }
    try repository.bet("uninstall")
    #expect(try refspecs(repository) == "")
  }

  @Test func `stops what names a bet before any sync, and the hint mends it`() throws {
    let (repository, remote) = try scene()
    let colleague = try remote.clone(named: "colleague")
    colleague.knowBet()
    try colleague.bet("install")
    try colleague.declare("search")
    try colleague.bet("sync")
    try repository.bet("install", "--hooks-only")
    try repository.git("switch", "-q", "-c", "bet/search")
    try repository.commit("more\n", file: "more", content: "more\n")
    let stop = try expectStopped(
      repository, remote, ["-q", "origin", "bet/search"], by: "ledger-not-fetched")
    #expect(stop.errorText.contains("hint: git bet sync"), "\(stop.errorText)")
    try repository.bet("sync")
    try expectPassed(repository, ["-q", "origin", "bet/search"])
  }

  @Test func `beside one that brings its ledger is exchanged with as well`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    let other = try repository.addRemote(named: "backup")
    try repository.git("config", "--unset-all", "remote.backup.fetch")
    try repository.bet("install")
    try repository.declare("search")
    try repository.bet("sync")
    #expect(try refspecs(repository).contains(ours))
    #expect(try other.refs().contains("refs/bets/search"))
    #expect(try repository.tryGit("config", "remote.backup.fetch").status == 1)
  }

  @Test func `is told as wrong where ours is its only one, and the cure mends it`() throws {
    let (repository, _) = try scene("git config remote.origin.fetch '\(ours)'")
    try repository.bet("install", "--hooks-only")
    let visit = try repository.tryBet("doctor")
    #expect(visit.status == 1 && visit.text.contains("git pull from it fails"), "\(visit.text)")
    try repository.shell("git config --unset-all remote.origin.fetch")
    #expect(try !repository.tryBet("doctor").text.contains("git pull from it fails"))
  }
}
