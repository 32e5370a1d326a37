import TestSupport
import Testing

/// Whether the git of these tests knows config hooks.
private let gitIsNew: Bool = {
  guard let run = try? TestRepository().tryGit("version") else { return false }
  let numbers = (run.text.split(separator: " ").dropFirst(2).first ?? "").split(separator: ".")
  guard numbers.count > 1, let major = Int(numbers[0]), let minor = Int(numbers[1]) else { return false }
  return (major, minor) >= (2, 54)
}()

@Suite("a git that runs config hooks", .enabled(if: gitIsNew, "this git does not know config hooks (2.54)"))
struct ConfigHookTests {
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
