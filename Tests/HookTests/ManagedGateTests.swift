import TestSupport
import Testing

@Suite("a gate that is an entry of a hook manager") struct ManagedGateTests {
  private static let preCommit =
    "repos:\n- repo: local\n  hooks:\n  - {id: bet, name: bet, language: system, entry: git-bet hook pre-push, "
    + "stages: [pre-push], always_run: true, pass_filenames: false}\n"
  private static let lefthook =
    "pre-push:\n  jobs:\n    - run: git-bet hook pre-push {1} {2}\n      use_stdin: true\n"

  @Test(arguments: [
    ("exec pre-commit hook-impl", ".pre-commit-config.yaml", preCommit, "wrong"),
    ("exec prek hook-impl", "prek.toml", "entry = 'git bet hook pre-push'\n", "wrong"),
    ("call_lefthook run pre-push", "lefthook.yml", lefthook.replacing("use_stdin", with: "# use"), "wrong"),
    ("call_lefthook run pre-push", "lefthook.yml", lefthook, "note"),
    (
      "call_lefthook run pre-push", ".config/lefthook-local.toml",
      "run = 'git-bet hook pre-push'\nuse_stdin = true\n", "note"
    ),
  ])
  func `is told of, and install is what is told to type`(
    hook: String, file: String, entry: String, health: String
  ) throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.write(".git/hooks/pre-push", "#!/bin/sh\n: \(hook)\n", executable: true)
    let line = {
      try #require(
        repository.tryBet("doctor").text.split(separator: "\n").first { $0.contains(" pre-push ") })
    }
    #expect(try line().contains("does not run the gate"))
    try repository.write(file, entry)
    let told = try line()
    #expect(told.hasPrefix(health) && told.contains(file), "\(told)")
    #expect(try repository.tryBet("doctor").text.contains("type: git bet install\n"))
    try repository.bet("install")
    #expect(try line().hasPrefix("ok"))
    try repository.placeChain()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }

  @Test(.enabled(if: installed("lefthook") != nil, "lefthook is not installed"))
  func `of lefthook's stops what rests on an open bet, and lets the rest go`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.write("lefthook.yml", ManagedGateTests.lefthook)
    try repository.shell("lefthook install")
    try repository.placeChain()
    try repository.commit("more\n", file: "more", content: "more\n")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    try repository.git("switch", "-q", "-c", "free", "main")
    try repository.commit("free\n", file: "free", content: "free\n")
    try expectPassed(repository, ["-q", "origin", "free"])
  }
}
