import TestSupport
import Testing

@Suite("a hook that was there runs as if ours were not") struct KeptHookTests {
  /// A repository whose own `pre-push` is what `setting` makes of it, with the gate over it.
  private func kept(
    _ hook: String, setting: String = "true", version: String = "2.39.5"
  ) throws -> (TestRepository, TestRepository) {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit(version)
    try repository.write("tools/pre-push", hook, executable: true)
    try repository.shell("cp tools/pre-push .git/hooks/pre-push; \(setting)")
    try repository.bet("install", "--hooks-only")
    try repository.commit("more\n")
    return (repository, remote)
  }

  private static let refusal =
    "read a b c d; echo \"${0##*/} $1 $c $PWD\" >seen; echo not today >&2; exit 3\n"

  @Test(arguments: [
    "#!/bin/bash\nmain() { \(refusal) }\n(return 0 2>/dev/null) || main \"$@\"\n",
    "#!/bin/bash\n[ \"${BASH_SOURCE[0]}\" = \"$0\" ] || return 0\n\(refusal)",
    "#!/bin/sh\n[ \"$BASH_VERSION\" ] || exec bash \"$0\" \"$@\"\n\(refusal)",
    "#!/bin/sh\n[ \"$AGAIN\" ] || exec env -i AGAIN=1 PATH=\"$PATH\" \"$0\" \"$@\"\n\(refusal)",
    "#!/bin/sh\n[ \"$AGAIN\" ] || { AGAIN=1 sh -e \"$0\" \"$@\"; exit $?; }\n\(refusal)",
    "#!/bin/sh\nif [ -z \"$AGAIN\" ] && command -v flock >/dev/null; then AGAIN=1 exec flock .git/lock \"$0\" \"$@\"; fi\n"
      + refusal,
    "#!/bin/sh\n[ \"$AGAIN\" ] || AGAIN=1 exec \"$(git rev-parse --git-path hooks)/pre-push\" \"$@\"\n\(refusal)",
    refusal,
  ])
  func `and its refusal stops the push, however it gets to it`(hook: String) throws {
    let (repository, remote) = try kept(hook)
    let refs = try remote.refs()
    // What earlier versions took for a hook that is running.
    let marker = "\n\(repository.path)/.git/hooks/pre-push origin \(remote.path)"
    for environment in [[:], ["BET_KEPT_RUNS": marker]] {
      let push = try repository.run("git", ["push", "-q", "origin", "main"], environment: environment)
      #expect(push.status == 1 && push.errorText.contains("not today"), "\(hook): \(push.errorText)")
      #expect(try repository.read("seen") == "pre-push origin refs/heads/main \(repository.path)\n")
      try repository.shell("rm seen")
      #expect(try remote.refs() == refs)
    }
  }

  @Test(arguments: [
    "cmp -s \"$0\" tools/pre-push",
    "[ \"$(basename \"$0\")\" = pre-push ]",
    "[ \"$(sed -n '/^__DATA__$/{n;p;}' \"$0\")\" = data ]",
    ". \"$(dirname \"$0\")/library\" && [ \"$loaded\" = library ]",
    "ls \"$(dirname \"$0\")/pre-push.d\" | grep -qx part",
    "test -f \"$(dirname \"$0\")/../../tools/pre-push\"",
    "cd \"$(dirname \"$0\")/../..\" && test -f tools/pre-push",
    "[ \"$(dirname \"$(dirname \"$0\")\" | sed 's,.*/,,')\" = .git ]",
  ])
  func `and finds itself and its neighbours`(question: String) throws {
    let (repository, _) = try kept(
      "#!/bin/sh\n\(question) || exit 4\necho asked >>seen\nexit\n__DATA__\ndata\n",
      setting:
        "echo loaded=library >.git/hooks/library; mkdir .git/hooks/pre-push.d; : >.git/hooks/pre-push.d/part")
    try expectPassed(repository, ["-q", "origin", "main"])
    #expect(try repository.read(repository.path + "/seen") == "asked\n")
  }

  @Test(arguments: [
    "ln -sf ../../tools/pre-push .git/hooks/pre-push",
    "cp tools/pre-push .git/hooks/dispatcher; ln -sf dispatcher .git/hooks/pre-push",
    "mv .git/hooks tools/hooks; ln -s ../tools/hooks .git/hooks",
  ])
  func `and is found through links`(setting: String) throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.write("tools/pre-push", "#!/bin/sh\n\(KeptHookTests.refusal)", executable: true)
    try repository.shell("cp tools/pre-push .git/hooks/pre-push; \(setting)")
    let before = try repository.everything()
    try repository.bet("install", "--hooks-only", "--force")
    try repository.commit("more\n")
    let refs = try remote.refs()
    let push = try repository.tryGit("push", "-q", "origin", "main")
    #expect(push.status == 1 && push.errorText.contains("not today"), "\(push.errorText)")
    #expect(try remote.refs() == refs)
    #expect(try repository.read("seen").hasPrefix("pre-push origin"))
    try repository.shell("rm seen")
    try repository.git("reset", "-q", "--hard", "HEAD~1")
    try repository.bet("uninstall")
    let hooks = { (listing: String) in
      listing.split(separator: "\n").filter { $0.contains("hooks") && !$0.contains("logs") }
    }
    #expect(try hooks(repository.everything()) == hooks(before))
  }

  @Test func `and an interpreter that looks at a file's extension sees the one it had`() throws {
    let (repository, _) = try kept(
      "#!/usr/bin/env runner\necho ran >>seen\n",
      setting:
        "printf '%s\\n' '#!/bin/sh' 'case ${1##*/} in *.*) exit 9 ;; esac' 'exec sh \"$@\"' >../fake/runner; chmod +x ../fake/runner"
    )
    try expectPassed(repository, ["-q", "origin", "main"])
    #expect(try repository.read("seen") == "ran\n")
  }

  @Test(.enabled(if: installed("node") != nil, "node is not installed"))
  func `and node runs it in a package of modules`() throws {
    let (repository, _) = try kept(
      "#!/usr/bin/env node\nprocess.stderr.write('node ran\\n')\n",
      setting: "echo '{\"type\": \"module\"}' >package.json")
    let push = try repository.tryGit("push", "-q", "origin", "main")
    #expect(push.status == 0 && push.errorText.contains("node ran"), "\(push.errorText)")
  }

  @Test func `and what an earlier version kept is moved, and comes back`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    let hook = "#!/bin/sh\n\(KeptHookTests.refusal)"
    try repository.write(".git/hooks/pre-push", hook, executable: true)
    let before = try repository.everything()
    for verb in ["install", "uninstall"] {
      try repository.bet("install", "--hooks-only")
      try repository.shell(
        "cd .git/hooks; mv before-bet/pre-push pre-push.before-bet; rm -r ../hooks.before-bet before-bet")
      if verb == "install" {
        try repository.bet("install", "--hooks-only")
        #expect(!repository.has(".git/hooks/pre-push.before-bet"))
        #expect(try repository.read(".git/hooks/before-bet/pre-push") == hook)
        try repository.commit("more\n")
        let refs = try remote.refs()
        let push = try repository.tryGit("push", "-q", "origin", "main")
        #expect(push.status == 1 && push.errorText.contains("not today"), "\(push.errorText)")
        #expect(try remote.refs() == refs)
        try repository.git("reset", "-q", "--hard", "HEAD~1")
        try repository.shell("rm seen")
      }
      try repository.bet("uninstall")
      let hooks = { (listing: String) in listing.split(separator: "\n").filter { $0.contains("hooks") } }
      #expect(try hooks(repository.everything()) == hooks(before), "\(verb)")
    }
  }

  @Test func `and what it has left beside itself is not thrown away`() throws {
    let (repository, _) = try kept("#!/bin/sh\necho 1 >\"$(dirname \"$0\")/state\"\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    let said = try repository.bet("uninstall").text
    #expect(said.contains("hooks.before-bet' stays"))
    #expect(try repository.read(".git/hooks.before-bet/state") == "1\n")
    #expect(try repository.read(".git/hooks/pre-push").contains("state"))
  }
}
