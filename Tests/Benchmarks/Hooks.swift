#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a push waits for, beside other hooks: each the way its own tool installs it.
struct HookTable {
  private let site: Site
  private static let sizes = [1, 100]
  private static let topics: [Landscape.Topic] = sizes.map { .init($0, .bet) }
  /// What a project without `git bet` would write by hand: one rule, no ledger.
  private static let shell = """
    #!/bin/sh
    while read -r ref tip to old; do
      if git log --format='%H%x00%(trailers)' "$tip" --not --remotes="$1" | grep -qax 'Bet: lost'; then exit 1; fi
    done
    """
  private static let gitlint = """
    #!/bin/sh
    while read -r ref tip to old; do gitlint --commits "origin/main..$tip" || exit 1; done
    """

  /// A hook, by what people call it, and what writes it into `.git/hooks`.
  private struct Hook {
    let name: String
    /// The program that it needs.
    var needs: String?
    let install: () throws -> Void
  }

  static func print(_ binary: String, isQuick: Bool) throws {
    let site = try Site(Landscape(history: 1000, shipped: 10, topics: topics), binary: binary)
    try site.git(["push", "-q", "--no-verify", "origin", "main"])
    try HookTable(site: site).print(rounds: isQuick ? 11 : 31)
  }

  private func print(rounds: Int) throws {
    let hooks = self.hooks.filter { $0.needs.map(Child.isOnPath) ?? true }
    let missing = self.hooks.compactMap(\.needs).filter { !Child.isOnPath($0) }
    for hook in hooks { try put(hook) }
    let table = Table(
      ["pre-push hook, in `git push --dry-run`"]
        + HookTable.sizes.flatMap { ["\($0.of("commit")): added ms", "CPU ms"] })
    let results = try HookTable.topics.map { topic in
      try Rounds(hooks.map { try push(topic, $0) }, count: rounds)
    }
    for (index, hook) in hooks.enumerated() {
      table.row(
        [hook.name]
          + results.flatMap { result in
            index == 0
              ? ["(\(result.wall(of: 0).median.formatted(1)) in all)", ""]
              : [
                result.difference(\.wall, of: index, to: 0).formatted(1),
                result.difference(\.cpu, of: index, to: 0).median.formatted(1),
              ]
          })
    }
    if !missing.isEmpty { Swift.print("\nNot installed here: \(missing.joined(separator: ", ")).") }
  }

  private var hooks: [Hook] {
    [
      Hook(name: "none") {},
      Hook(name: "`sh`, `exit 0`") { try write("#!/bin/sh\nexit 0\n") },
      Hook(name: "`sh` with `git log` and `grep`") { try write(HookTable.shell) },
      Hook(name: "git bet, deciding") { try run(site.binary, ["install", "--hooks-only"]) },
      Hook(name: "git-lfs, nothing to upload", needs: "git-lfs") {
        try run("git", ["lfs", "install", "--local"])
      },
      Hook(name: "lefthook, no command", needs: "lefthook") {
        try site.write("pre-push:\n  commands: {}\n", to: site.work + "/lefthook.yml")
        try run("lefthook", ["install"])
      },
      Hook(name: "pre-commit, no hook", needs: "pre-commit") {
        try site.write("repos: []\n", to: site.work + "/.pre-commit-config.yaml")
        try run("pre-commit", ["install", "--hook-type", "pre-push"])
      },
      Hook(name: "gitlint, its own rules", needs: "gitlint") { try write(HookTable.gitlint) },
    ]
  }

  private func run(_ program: String, _ arguments: [String]) throws {
    try site.succeed(site.child(program, arguments, in: site.work))
  }

  private var folder: String { site.work + "/.git/hooks" }

  private func write(_ script: String) throws {
    try site.write(script, to: folder + "/pre-push")
    guard chmod(folder + "/pre-push", 0o755) == 0 else { throw Failure("cannot write a hook") }
  }

  /// Lets a hook be written where git looks for it, and puts that away under a name of its own.
  private func put(_ hook: Hook) throws {
    try run("rm", ["-rf", folder])
    try run("mkdir", ["-p", folder])
    try hook.install()
    guard rename(folder, away(hook)) == 0 else { throw Failure("no hooks of \(hook.name)") }
  }

  private func away(_ hook: Hook) -> String { site.path + "/hooks-" + hook.name.filter(\.isLetter) }

  private func push(_ topic: Landscape.Topic, _ hook: Hook) throws -> Child {
    let branch = topic.branch
    return try site.child(
      "git",
      ["-c", "core.hooksPath=" + away(hook), "push", "-q", "--dry-run", "origin", "\(branch):\(branch)"],
      in: site.work)
  }
}
