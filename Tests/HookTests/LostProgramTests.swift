import TestSupport
import Testing

@Suite("without its program") struct LostProgramTests {
  /// A repository whose hooks name a copy of the program, which is then removed.
  private func orphaned() throws -> (TestRepository, TestRepository) {
    let (repository, remote) = try TestRepository.withRemote()
    let copy = repository.scratch.path + "/bin/git-bet"
    try makeDirectory(repository.scratch.path + "/bin")
    try repository.run("cp", [binary("git-bet"), copy]).succeeded("cp")
    try repository.run(copy, ["install"]).succeeded("install")
    try repository.placeChain()
    try repository.run("rm", [copy]).succeeded("rm")
    repository.environment["PATH"] = "/usr/bin:/bin"
    return (repository, remote)
  }

  @Test func `the gate stops a push and says how to go on`() throws {
    let (repository, remote) = try orphaned()
    let stop = try expectStopped(repository, remote, ["origin", "bet/ranking"], by: "binary-missing")
    #expect(stop.errorText.contains("git bet install") && stop.errorText.contains("--no-verify"))
    // The printed way out works as it stands.
    let hints = stop.errorText.split(separator: "\n").filter { $0.contains("take the gate out") }
    let command =
      hints.first.flatMap { $0.split(separator: ": ", maxSplits: 2).last.map(String.init) } ?? "false"
    #expect(try repository.run("sh", ["-c", command]).status == 0, "\(command)")
    try expectPassed(repository, ["-q", "origin", "bet/ranking"])
  }

  @Test func `a commit passes with one line from each hook`() throws {
    let (repository, _) = try orphaned()
    let run = try repository.tryGit("commit", "-q", "--allow-empty", "-m", "x")
    #expect(run.status == 0)
    let lines = run.errorText.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains("[binary-missing]") }, "\(run.errorText)")
  }

  @Test func `one on the PATH takes over`() throws {
    let (repository, remote) = try orphaned()
    repository.knowBet()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }
}
