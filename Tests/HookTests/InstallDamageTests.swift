import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Whether a file system of our own can be mounted, out of everybody's sight.
private let canMount: Bool = {
  guard let repository = try? TestRepository() else { return false }
  let run = try? repository.run("unshare", ["-m", "mount", "-t", "tmpfs", "x", repository.path])
  return run?.status == 0
}()

@Suite struct `taking the hooks out` {
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

@Suite struct `a hook that was there and calls ours` {
  @Test func `runs once, and the gate is asked each time`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.write(
      ".git/hooks/pre-push",
      "#!/usr/bin/env bash\n: BASH_SOURCE\necho ran >>seen\n\"${0%.before-bet}.copy\" \"$@\"\n",
      executable: true)
    try repository.bet("install", "--hooks-only")
    try repository.shell("cp .git/hooks/pre-push .git/hooks/pre-push.copy")
    try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    #expect(try repository.read("seen") == "ran\n")
    // The marker is no way round the gate.
    try repository.placeChain()
    let marker = "\n\(repository.path)/.git/hooks/pre-push origin \(remote.path)"
    try expectStopped(repository, remote, ["origin", "bet/ranking"], environment: ["BET_KEPT_RUNS": marker])
  }
}

@Suite struct `where hooks cannot be written` {
  @Test(arguments: [
    ("rmdir .git/hooks 2>/dev/null || rm -r .git/hooks; echo x >.git/hooks", "hooks-not-a-directory"),
    ("rm -rf .git/hooks; ln -s ../../nowhere .git/hooks", "hooks-path-missing"),
    ("mkdir .git/hooks/commit-msg", "hook-is-a-directory"),
    ("mkdir .git/hooks/prepare-commit-msg.bet-new", "file-failed"),
  ])
  func `nothing is`(damage: String, code: String) throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.shell("printf '#!/bin/sh\\nexit 0\\n' >.git/hooks/pre-push; chmod +x .git/hooks/pre-push")
    try repository.shell(damage)
    let before = try repository.everything()
    let stop = try repository.tryBet("install")
    #expect(stop.status == 128 && stop.says(code), "\(stop.errorText)")
    #expect(try repository.everything() == before)
  }

  @Test(
    .enabled(if: canMount, "no file system can be mounted here"),
    arguments: ["size=16k", "size=20k", "size=24k", "size=1m,ro"])
  func `a full or read-only file system changes nothing`(options: String) throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    let hook = "printf '#!/bin/sh\\nexit 0\\n' >.git/hooks/pre-push"
    let size = options.hasSuffix("ro") ? "size=1m" : options
    let script = """
      mount -t tmpfs -o \(size) x .git/hooks; \(hook)
      case \(options) in *ro) mount -o remount,ro .git/hooks ;; *) cat /dev/zero >.git/hooks/fill 2>/dev/null || true; truncate -s -9000 .git/hooks/fill ;; esac
      ls -la --time-style=+ .git/hooks >before
      '\(binary("git-bet"))' install --hooks-only 2>said && echo passed >>said
      ls -la --time-style=+ .git/hooks >after; cat before after said
      """
    _ = try repository.run("unshare", ["-m", "sh", "-c", script])
    let said = try repository.read("said")
    #expect(said.contains("[file-failed]"), "\(said)")
    #expect(try repository.read("before") == repository.read("after"))
  }
}
