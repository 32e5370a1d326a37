import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a program is on the `PATH` of the tests; nil where it is not installed.
func installed(_ program: String) -> String? {
  let path = getenv("PATH").map { String(cString: $0) } ?? ""
  return path.split(separator: ":").map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
}

extension TestRepository {
  /// Lets git report this version; everything else is the real one's work.
  func claimGit(_ version: String) throws {
    let real = installed("git") ?? "/usr/bin/git"
    try write(
      scratch.path + "/fake/git",
      "#!/bin/sh\ncase $1 in version) echo 'git version \(version)' ;; *) exec \(real) \"$@\" ;; esac\n",
      executable: true)
    environment["PATH"] = scratch.path + "/fake:" + (environment["PATH"] ?? "")
  }

  func has(_ file: String) -> Bool { access(file.hasPrefix("/") ? file : path + "/" + file, F_OK) == 0 }

  /// Runs lines of shell here and returns what they print.
  @discardableResult
  func shell(_ script: String) throws -> String {
    try run("sh", ["-ec", script]).succeeded(script).text
  }

  /// All files below the work tree with their content, modes and links.
  func everything() throws -> String {
    try shell(
      "find . -path ./.git/objects -prune -o \\( -type f -exec sha256sum {} + \\) | sort -k2; "
        + "find . -path ./.git/objects -prune -o -printf '%M %p %l\\n' | sort")
  }
}

@Suite("the place of the hooks") struct InstallPlaceTests {
  /// A repository with the chain of bets whose push waits, before `install`.
  private func waiting(_ version: String = "2.39.5") throws -> (TestRepository, TestRepository) {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit(version)
    try repository.placeChain()
    return (repository, remote)
  }

  @Test(arguments: [
    "git config core.hooksPath tools/hooks", "git config core.hooksPath \"$PWD/../outside\"",
    "git config core.hooksPath '~/hooks'", "git config --global core.hooksPath '~/hooks'",
    "rm -r .git/hooks; ln -s ../../outside .git/hooks",
  ])
  func `is git's word, and another's directory is written to only when told`(setting: String) throws {
    let (repository, remote) = try waiting()
    try repository.shell("\(setting); mkdir -p tools/hooks ../outside ~/hooks")
    let before = try repository.everything()
    let stop = try repository.tryBet("install", "--hooks-only")
    #expect(stop.status == 128 && stop.says("hooks-elsewhere"), "\(stop.errorText)")
    let scope =
      setting.contains("--global") ? "(global, file:" : setting.contains("ln") ? "is a link" : "(local, file:"
    #expect(stop.errorText.contains(scope), "\(stop.errorText)")
    #expect(try repository.everything() == before)
    try repository.bet("install", "--hooks-only", "--force")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    #expect(setting.contains("ln") || !repository.has(".git/hooks/pre-push"))
  }

  @Test(arguments: ["", ".", "./"])
  func `from which git itself runs no hook is named, and never written to`(path: String) throws {
    let (repository, _) = try waiting()
    try repository.git("config", "core.hooksPath", path)
    let before = try repository.everything()
    let stop = try repository.tryBet("install", "--hooks-only", "--force")
    #expect(stop.status == 128 && stop.says("hooks-path-unreadable"), "\(stop.errorText)")
    #expect(stop.errorText.contains("git config --local --unset core.hooksPath"))
    #expect(try repository.everything() == before)
  }

  @Test(arguments: ["--local", "--global"])
  func `that is no directory is said, and the printed line leads out`(scope: String) throws {
    let (repository, remote) = try waiting()
    try repository.git("config", scope, "core.hooksPath", "/dev/null")
    // It keeps what it has read of the ledger.
    _ = try repository.tryBet("doctor")
    let before = try repository.everything()
    var cures: Set<String> = []
    for arguments in [["doctor"], ["install", "--hooks-only"], ["install", "--hooks-only", "--force"]] {
      let run = try repository.tryBet(arguments)
      #expect(run.status == (arguments == ["doctor"] ? 1 : 128), "\(arguments): \(run.text)\(run.errorText)")
      let lines = (run.text + run.errorText).split(separator: "\n")
      let line = try #require(lines.first { $0.contains("hint: ") || $0.contains("type: git config") })
      cures.insert(String(line[(line.firstRange(of: "git config")?.lowerBound ?? line.startIndex)...]))
    }
    #expect(try repository.everything() == before)
    #expect(cures.count == 1, "\(cures)")
    try repository.shell(cures.first ?? "false")
    try repository.bet("install", "--hooks-only")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    #expect(try repository.tryBet("doctor").text.contains("ok     pre-push"))
  }

  @Test func `that is missing is made only when told`() throws {
    let (repository, remote) = try waiting()
    try repository.git("config", "core.hooksPath", "tools/hooks")
    let before = try repository.everything()
    let stop = try repository.tryBet("install", "--hooks-only")
    #expect(stop.status == 128 && stop.says("hooks-path-missing"), "\(stop.errorText)")
    #expect(try repository.everything() == before)
    let said = try repository.bet("install", "--hooks-only", "--force").text
    #expect(said.contains("was missing, and was made"))
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }

  @Test func `that husky keeps is not ours, and the printed line works there`() throws {
    let (repository, remote) = try waiting()
    try repository.shell(
      """
      mkdir -p .husky/_; git config core.hooksPath .husky/_
      printf '#!/usr/bin/env sh\\n. "$(dirname "$0")/h"\\n' >.husky/_/pre-push
      printf '%s\\n' '#!/usr/bin/env sh' 'n=$(basename "$0")' 's=$(dirname "$(dirname "$0")")/$n' \
        '[ ! -f "$s" ] && exit 0' 'sh -e "$s" "$@"' 'c=$?' 'exit $c' >.husky/_/h
      cp .husky/_/pre-push .husky/_/commit-msg; cp .husky/_/pre-push .husky/_/prepare-commit-msg; chmod +x .husky/_/*; echo 'cat >seen' >.husky/pre-push
      """)
    let stop = try repository.tryBet("install", "--hooks-only")
    #expect(stop.says("hooks-elsewhere") && stop.errorText.contains("husky"), "\(stop.errorText)")
    // With --force husky's own hook still runs, under the name that it asks for.
    try repository.bet("install", "--hooks-only", "--force")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    #expect(!repository.has("seen"))
    try expectPassed(repository, ["-q", "origin", "bet/ranking:wip/x"])
    #expect(try repository.read("seen").contains("refs/heads/wip/x"))
    try repository.bet("uninstall")
    // What it prints, and what the doctor prints, are the same lines, one for each hook.
    let hints = stop.errorText.split(separator: "\n").filter { $0.contains("echo 'git bet hook") }
      .map { $0.replacing("hint: ", with: "") }
    #expect(hints.count == 3)
    let visit = try repository.tryBet("doctor").text
    for hint in hints { #expect(visit.contains("type: \(hint)"), "\(visit)") }
    try repository.shell((["rm .husky/pre-push"] + hints).joined(separator: "\n"))
    #expect(try !repository.tryBet("doctor").text.contains("type: echo"))
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }

  @Test func `is shared by linked work trees, made before and after`() throws {
    let (repository, remote) = try waiting()
    try repository.git("switch", "-q", "main")
    try repository.git("worktree", "add", "-q", "../before", "-b", "feature/ranking/a", "bet/ranking")
    try repository.run(
      binary("git-bet"), ["install", "--hooks-only"], directory: repository.path + "/../before"
    )
    .succeeded("install")
    try repository.git("worktree", "add", "-q", "../after", "-b", "feature/ranking/b", "bet/ranking")
    for (tree, branch) in [("before", "a"), ("after", "b"), ("repository", "a")] {
      let push = try repository.run(
        "git", ["push", "origin", "feature/ranking/\(branch)"], directory: repository.path + "/../" + tree)
      #expect(push.status == 1 && push.says("follow-on"), "\(tree): \(push.errorText)")
    }
    #expect(try !remote.refs().contains("ranking"))
  }

  @Test func `is a submodule's own, and follows GIT_DIR`() throws {
    let (repository, _) = try waiting()
    try repository.git(
      "-c", "protocol.file.allow=always", "submodule", "add", "-q", repository.path + "/../origin.git", "sub")
    try repository.run(binary("git-bet"), ["install", "--hooks-only"], directory: repository.path + "/sub")
      .succeeded("install")
    #expect(repository.has(".git/modules/sub/hooks/pre-push") && !repository.has(".git/hooks/pre-push"))
    try repository.run(
      binary("git-bet"), ["install", "--hooks-only"], directory: "/",
      environment: ["GIT_DIR": repository.path + "/.git", "GIT_WORK_TREE": repository.path]
    ).succeeded("install")
    #expect(repository.has(".git/hooks/pre-push"))
  }

  @Test func `of a bare repository is for pushes that arrive`() throws {
    let bare = try TestRepository(bare: true)
    bare.knowBet()
    let before = try bare.snapshot()
    let stop = try bare.tryBet("install")
    #expect(stop.status == 128 && stop.says("bare-repository") && stop.errorText.contains("--bare"))
    #expect(try bare.snapshot() == before)
  }

  @Test func `for all repositories is one that the user has configured`() throws {
    let (repository, remote) = try waiting()
    let stop = try repository.tryBet("install", "--global")
    #expect(stop.status == 128 && stop.says("no-global-hooks"), "\(stop.errorText)")
    #expect(!repository.has(repository.scratch.home + "/.gitconfig"))
    try repository.git("config", "--global", "core.hooksPath", "~/hooks")
    #expect(try repository.tryBet("install", "--global").says("hooks-path-missing"))
    try repository.shell("mkdir ~/hooks")
    try repository.bet("install", "--global")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    // What serves all is taken out for all, or not at all.
    try repository.bet("uninstall")
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    try repository.bet("uninstall", "--global")
    try expectPassed(repository, ["-q", "origin", "bet/ranking"])
    #expect(try repository.shell("ls ~/hooks").isEmpty)
  }

  @Test func `names the program as the PATH does`() throws {
    let (repository, _) = try waiting()
    try repository.shell(
      "mkdir ../cellar ../bin; cp '\(binary("git-bet"))' ../cellar/; ln -s ../cellar/git-bet ../bin/")
    let link = repository.scratch.path + "/bin"
    repository.environment["PATH"] = "\(link):\(repository.environment["PATH"] ?? "")"
    try repository.git("bet", "install", "--hooks-only")
    #expect(try repository.read(".git/hooks/pre-push").contains("bet='\(link)/git-bet'"))
  }
}
