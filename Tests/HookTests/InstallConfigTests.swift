import TestSupport
import Testing

extension TestRepository {
  /// The lines of our config hooks.
  func configHooks() throws -> [String] {
    try tryGit("config", "--name-only", "--get-regexp", "^hook\\.").text.split(separator: "\n").map(
      String.init)
  }
}

@Suite("in git's configuration") struct InstallConfigTests {
  @Test(arguments: ["2.54.0", "2.55.GIT", "3.0.0-rc1", "2.60.1 (Apple Git-170)"])
  func `hooks are written for a git that knows them, the command first`(version: String) throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit(version)
    let before = try repository.snapshot()
    let said = try repository.bet("install", "--hooks-only").text
    #expect(said.contains("config hooks") && said.contains(".git/config"), "\(said)")
    let expected = ["pre-push", "commit-msg", "prepare-commit-msg"].flatMap {
      ["hook.bet-\($0).command", "hook.bet-\($0).event"]
    }
    #expect(try repository.configHooks() == expected)
    #expect(repository.has(".git/hooks/pre-push"))
    let once = try repository.snapshot()
    try repository.bet("install", "--hooks-only")
    #expect(try repository.snapshot() == once)
    try repository.bet("uninstall")
    #expect(try repository.snapshot() == before)
  }

  @Test(arguments: ["2.39.5", "2.53.9", "1.9"])
  func `nothing is written for an older git`(version: String) throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit(version)
    try repository.bet("install", "--hooks-only")
    #expect(try repository.configHooks().isEmpty)
  }

  @Test func `is enough where the directory is another's`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.54.0")
    try repository.shell("mkdir ../shared; git config core.hooksPath \"$PWD/../shared\"")
    let said = try repository.bet("install", "--hooks-only").text
    #expect(said.contains("nothing was written to"), "\(said)")
    #expect(try repository.shell("ls ../shared").isEmpty)
    #expect(try repository.configHooks().count == 6)
  }

  @Test func `half of them is mended, and half of them is taken out`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.54.0")
    let before = try repository.snapshot()
    try repository.bet("install", "--hooks-only")
    try repository.shell("rm .git/hooks/pre-push; git config --remove-section hook.bet-commit-msg")
    try repository.bet("install", "--hooks-only")
    #expect(try repository.configHooks().count == 6)
    #expect(repository.has(".git/hooks/pre-push"))
    try repository.shell("rm .git/hooks/commit-msg; git config --unset hook.bet-pre-push.event")
    try repository.bet("uninstall")
    #expect(try repository.snapshot() == before)
  }

  @Test func `that cannot be written leaves no shim either`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.54.0")
    try repository.write(".git/hooks/pre-push", "#!/bin/sh\nexit 0\n", executable: true)
    try repository.write(".git/config.lock", "")
    let before = try repository.snapshot()
    let stop = try repository.tryBet("install", "--hooks-only")
    #expect(stop.status == 128 && stop.says("config-not-written"), "\(stop.errorText)")
    #expect(try repository.snapshot() == before)
  }
}
