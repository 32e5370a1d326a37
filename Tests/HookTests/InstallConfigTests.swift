import TestSupport
import Testing

/// Whether the git of these tests knows config hooks.
private let gitIsNew: Bool = {
  guard let run = try? TestRepository().tryGit("version") else { return false }
  let numbers = (run.text.split(separator: " ").dropFirst(2).first ?? "").split(separator: ".")
  guard numbers.count > 1, let major = Int(numbers[0]), let minor = Int(numbers[1]) else { return false }
  return (major, minor) >= (2, 54)
}()

extension TestRepository {
  /// The lines of our config hooks.
  fileprivate func configHooks() throws -> [String] {
    try tryGit("config", "--name-only", "--get-regexp", "^hook\\.").text.split(separator: "\n").map(
      String.init)
  }
}

@Suite struct `in git's configuration` {
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

@Suite(.enabled(if: gitIsNew, "this git does not know config hooks (2.54)"))
struct `a git that runs config hooks` {
  private func waiting(_ arguments: String...) throws -> (TestRepository, TestRepository) {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.tryBet(["install", "--hooks-only"] + arguments).succeeded("install")
    try repository.placeChain()
    return (repository, remote)
  }

  @Test func `asks the gate when no file does`() throws {
    let (repository, remote) = try waiting()
    try repository.shell("rm .git/hooks/pre-push")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    try expectPassed(repository, ["-q", "origin", "bet/ranking:wip/x"])
    let off = try repository.run("git", ["-c", "core.hooksPath=/dev/null", "push", "origin", "bet/ranking"])
    #expect(off.status == 1 && off.says("follow-on"))
  }

  @Test func `asks it for every repository of the user`() throws {
    let (repository, remote) = try waiting("--global")
    #expect(!repository.has(".git/hooks/pre-push"))
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    try repository.bet("uninstall", "--global")
    try expectPassed(repository, ["-q", "origin", "bet/ranking"])
  }

  @Test func `names itself to both, so that the second is known`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    let spy = repository.scratch.path + "/spy/git-bet"
    try repository.write(spy, "#!/bin/sh\necho \"$@\" >>../seen\n", executable: true)
    try repository.bet("install", "--hooks-only")
    try repository.shell(
      "sed -i \"s|'[^']*/git-bet'|'\(spy)'|\" .git/hooks/pre-push .git/config")
    try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    let lines = try repository.read("../seen").split(separator: "\n")
      .filter { $0.contains(" pre-push ") }
    #expect(lines.count == 2 && Set(lines).count == 1, "\(lines)")
  }

  @Test func `without the program lets commits through, and stops a push that can go on`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    let copy = repository.scratch.path + "/bin/git-bet"
    try repository.shell("mkdir ../bin; cp '\(binary("git-bet"))' ../bin/")
    try repository.run(copy, ["install", "--hooks-only"]).succeeded("install")
    try repository.shell("rm ../bin/git-bet")
    repository.environment["PATH"] = "\(installed("git")?.dropLast(4) ?? ""):/usr/bin:/bin"
    let commit = try repository.tryGit("commit", "-q", "--allow-empty", "-m", "x")
    #expect(commit.status == 0 && commit.says("binary-missing"))
    let stop = try expectStopped(repository, remote, ["origin", "main"], by: "binary-missing")
    for hint in stop.errorText.split(separator: "\n") where hint.contains("take the gate out") {
      try repository.shell(hint.split(separator: ": ", maxSplits: 2).last.map(String.init) ?? "false")
    }
    #expect(try expectPassed(repository, ["-q", "origin", "main"]).err.isEmpty)
  }
}
