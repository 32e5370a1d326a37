import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("taking the hooks out") struct UninstallTests {
  private func fresh() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    return repository
  }
  private func install(_ repository: TestRepository) throws { try repository.bet("install", "--hooks-only") }

  @Test(arguments: [
    "ln -s ../../tools/hook pre-push", "ln -s nowhere pre-push", "printf 'exit 0' >pre-push",
    "printf '#!/bin/sh\\r\\nexit 0\\r\\n' >pre-push; chmod +x pre-push", ": >pre-push; chmod 711 pre-push",
    "printf '#!/usr/bin/env node\\n' >commit-msg; chmod 755 commit-msg", "cp /bin/true pre-push",
  ])
  func `puts back what was there, byte for byte`(hook: String) throws {
    let repository = try fresh()
    try repository.shell(
      "mkdir -p tools; printf '#!/bin/sh\\nexit 3\\n' >tools/hook; chmod +x tools/hook; cd .git/hooks; \(hook)"
    )
    let before = try repository.everything()
    try install(repository)
    let once = try repository.everything()
    #expect(once != before)
    try install(repository)
    #expect(try repository.everything() == once)
    try repository.bet("uninstall")
    #expect(try repository.everything() == before)
    try repository.bet("uninstall")
    #expect(try repository.everything() == before)
  }

  @Test func `leaves the lines of others, which run after ours with all that git gives`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try install(repository)
    let ours = try repository.read(".git/hooks/pre-push")
    let theirs = "echo \"$1\" >>seen\ncat >>seen\n"
    try repository.write(".git/hooks/pre-push", "#!/bin/bash\n# mine\n" + ours.dropFirst(10) + theirs)
    try install(repository)
    let id = try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    #expect(try repository.read("seen").hasPrefix("origin\nrefs/heads/main \(id) refs/heads/main "))
    try repository.shell("rm seen")
    try repository.placeChain()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    #expect(!repository.has("seen"))
    try repository.bet("uninstall")
    #expect(try repository.read(".git/hooks/pre-push") == "#!/bin/bash\n# mine\n" + theirs)
    #expect(access(repository.path + "/.git/hooks/pre-push", X_OK) == 0)
  }

  @Test func `with many refs gives each of them to all`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.write(".git/hooks/pre-push", "#!/bin/sh\ncat >kept\n", executable: true)
    try install(repository)
    try repository.shell(
      "echo 'cat >below' >>.git/hooks/pre-push; for i in $(seq 130); do git branch b$i; done")
    try expectPassed(repository, ["-q", "origin", "--all"])
    #expect(try repository.read("kept").split(separator: "\n").count == 130)
    #expect(try repository.read("kept") == repository.read("below"))
  }

  @Test func `half installed takes out the half`() throws {
    let repository = try fresh()
    try repository.write(".git/hooks/pre-push", "#!/bin/sh\nexit 0\n", executable: true)
    let before = try repository.everything()
    for loss in ["rm pre-push", "rm commit-msg prepare-commit-msg", "rm pre-push commit-msg"] {
      try install(repository)
      try repository.shell("cd .git/hooks; \(loss)")
      try repository.bet("uninstall")
      #expect(try repository.everything() == before, "\(loss)")
    }
  }

  @Test func `of edited lines waits for a word`() throws {
    let repository = try fresh()
    let before = try repository.everything()
    try install(repository)
    try repository.shell("sed -i 's/^bet_input=$/exit 0/' .git/hooks/pre-push")
    let edited = try repository.everything()
    for verb in ["install", "uninstall"] {
      let stop = try repository.tryBet(verb)
      #expect(stop.status == 128 && stop.says("hook-edited"), "\(verb): \(stop.errorText)")
      #expect(try repository.everything() == edited)
    }
    try repository.bet("uninstall", "--force")
    #expect(try repository.everything() == before)
  }

  @Test func `does not lose one of two`() throws {
    let repository = try fresh()
    try repository.write(".git/hooks/pre-push", "#!/bin/sh\nexit 0\n", executable: true)
    try install(repository)
    try repository.shell("echo 'echo below' >>.git/hooks/pre-push")
    let before = try repository.everything()
    #expect(try repository.tryBet("uninstall").says("hook-joined"))
    #expect(try repository.everything() == before)
    try repository.write(".git/hooks/pre-push", "#!/bin/sh\necho other\n", executable: true)
    let other = try repository.everything()
    #expect(try repository.tryBet("install").says("hook-kept-already"))
    #expect(try repository.everything() == other)
  }
}
