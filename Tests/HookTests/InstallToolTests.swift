import TestSupport
import Testing

/// One of the tools that write hooks, and how its hook is told to have run.
struct HookTool: Sendable, CustomTestStringConvertible {
  let name: String
  let install: String
  let reinstall: String
  var testDescription: String { name }

  static let all = [
    HookTool(
      name: "pre-commit", install: "pre-commit install -t pre-push -t commit-msg",
      reinstall: "pre-commit install -t pre-push -t commit-msg"),
    HookTool(
      name: "prek", install: "prek install -t pre-push -t commit-msg",
      reinstall: "prek install -t pre-push -t commit-msg"),
    HookTool(name: "lefthook", install: "lefthook install", reinstall: "lefthook install -f"),
    HookTool(name: "git-lfs", install: "git lfs install --local", reinstall: "git lfs update --force"),
  ]
  static let present = all.filter { installed($0.name) != nil }
}

@Suite(
  "beside another tool",
  .enabled(if: !HookTool.present.isEmpty, "none of pre-commit, prek, lefthook and git-lfs is installed"))
struct InstallToolTests {
  /// A repository in which every tool has something to do before a push, and a branch that has to wait.
  private func prepared(_ tool: HookTool) throws -> (TestRepository, TestRepository) {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.claimGit("2.39.5")
    try repository.placeChain()
    try repository.git("switch", "-q", "main")
    let mark = "sh -c 'echo ran >>../seen; ! test -e ../fail'"
    try repository.write(
      ".pre-commit-config.yaml",
      """
      repos:
      - repo: local
        hooks:
        - {id: mark, name: mark, language: system, entry: "\(mark)", stages: [pre-push], always_run: true, pass_filenames: false}
      """)
    try repository.write(
      "lefthook.yml",
      "pre-push:\n  jobs:\n    - run: cat >>../seen; ! test -e ../fail\n      use_stdin: true\n")
    // git-lfs has nothing that can be configured: what stands before it on PATH notes what it is given.
    if tool.name == "git-lfs", let lfs = installed("git-lfs") {
      try repository.write(
        repository.scratch.path + "/fake/git-lfs",
        "#!/bin/sh\ncase $1 in pre-push) cat >>../seen; ! test -e ../fail ;; *) exec \(lfs) \"$@\" ;; esac\n",
        executable: true)
    }
    try repository.git("add", ".")
    return (repository, remote)
  }

  /// The tool runs when the gate passes, stops the push when it fails, and `isOn` says whether ours stops one.
  private func expect(
    _ repository: TestRepository, _ remote: TestRepository, isOn: Bool, _ step: String
  ) throws {
    try repository.shell("rm -f ../seen ../fail")
    try repository.commit("more\n", file: "more", content: NewText.next())
    try repository.git("push", "-q", "origin", "main")
    let seen = try repository.read("../seen")
    #expect(seen.split(separator: "\n").count == 1, "\(step) ran once: \(seen)")
    try repository.commit("again\n", file: "more", content: NewText.next())
    let refs = try remote.refs()
    try repository.shell("touch ../fail")
    #expect(try repository.tryGit("push", "-q", "origin", "main").status == 1, "\(step): its failure counts")
    try repository.shell("rm -f ../fail")
    let push = try repository.tryGit("push", "--dry-run", "origin", "bet/ranking")
    #expect(push.status == (isOn ? 1 : 0) && push.says("follow-on") == isOn, "\(step): \(push.errorText)")
    #expect(try remote.refs() == refs)
  }

  @Test(arguments: HookTool.present)
  func `that came first, and is installed again`(tool: HookTool) throws {
    let (repository, remote) = try prepared(tool)
    try repository.shell(tool.install)
    let before = try repository.everything()
    try repository.bet("install", "--hooks-only")
    try expect(repository, remote, isOn: true, "ours after it")
    try repository.shell(tool.reinstall)
    // pre-commit and prek run what they find; the others put it away, which `doctor` tells.
    try expect(repository, remote, isOn: ["pre-commit", "prek"].contains(tool.name), "installed again")
    try repository.bet("install", "--hooks-only")
    try expect(repository, remote, isOn: true, "ours again")
    try repository.bet("uninstall")
    let hooks = { (listing: String) in
      listing.split(separator: "\n").filter { $0.contains("/.git/hooks/") || $0.contains(" ./.git/hooks") }
    }
    #expect(try hooks(repository.everything()) == hooks(before))
  }

  @Test(arguments: HookTool.present)
  func `that comes second`(tool: HookTool) throws {
    let (repository, remote) = try prepared(tool)
    try repository.bet("install", "--hooks-only")
    _ = try repository.run("sh", ["-c", tool.install])
    if tool.name == "git-lfs" {
      // It refuses, and its manual way is to add its lines below ours.
      let lines = "command -v git-lfs >/dev/null 2>&1 || exit 2\ngit lfs pre-push \"$@\"\n"
      try repository.write(".git/hooks/pre-push", repository.read(".git/hooks/pre-push") + lines)
    } else if tool.name == "lefthook" {
      try repository.bet("install", "--hooks-only")
    }
    try expect(repository, remote, isOn: true, "it after ours")
    try repository.bet("install", "--hooks-only")
    try expect(repository, remote, isOn: true, "ours once more")
    try repository.bet("uninstall")
    try expect(repository, remote, isOn: false, "ours out")
    #expect(try repository.shell("grep -rl 'git-bet' .git/hooks || true").isEmpty)
    #expect(try repository.shell("ls .git/hooks | grep -e before-bet -e legacy -e old || true").isEmpty)
  }
}

/// A text that no earlier call gave.
enum NewText {
  static func next() -> String { "\(UInt64.random(in: 0 ... .max))\n" }
}
