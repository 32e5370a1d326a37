import TestSupport
import Testing

/// Whether a file system of our own can be mounted, out of everybody's sight.
private let canMount: Bool = {
  guard let repository = try? TestRepository() else { return false }
  let run = try? repository.run("unshare", ["-m", "mount", "-t", "tmpfs", "x", repository.path])
  return run?.status == 0
}()

@Suite("where hooks cannot be written") struct InstallDamageTests {
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
