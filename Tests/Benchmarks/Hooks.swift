#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One hook, and the push that runs it.
struct MeasuredHook {
  let name: String
  let push: Child
}

extension Site {
  /// No hook first, then ours, then those of other tools that are on the `PATH`, each as its own tool installs it.
  func hooks() throws -> [MeasuredHook] {
    try forgetSideBranches()
    var hooks = [try hook("none", nil)]
    hooks.append(try hook("git bet, deciding", Child(binary, ["install", "--hooks-only"], environment)))
    if Child.isOnPath("git-lfs") {
      hooks.append(
        try hook("git-lfs, nothing to upload", Child("git", ["lfs", "install", "--local"], environment)))
    }
    if Child.isOnPath("lefthook") {
      try write("pre-push:\n  commands: {}\n", to: "lefthook.yml")
      hooks.append(try hook("lefthook, no command", Child("lefthook", ["install"], environment)))
    }
    if Child.isOnPath("pre-commit") {
      try write("repos: []\n", to: ".pre-commit-config.yaml")
      let install = try Child("pre-commit", ["install", "--hook-type", "pre-push"], environment)
      hooks.append(try hook("pre-commit, no hook", install))
    }
    return hooks
  }

  /// Lets a tool write its hook where git looks for it, and puts that away under a name of its own.
  private func hook(_ name: String, _ installer: Child?) throws -> MeasuredHook {
    let folder = path + "/hooks-" + name.filter(\.isLetter)
    try succeed(Child("rm", ["-rf", ".git/hooks"], environment))
    try succeed(Child("mkdir", ["-p", ".git/hooks"], environment))
    if let installer { try succeed(installer) }
    guard rename(".git/hooks", folder) == 0 else { throw Failure("no hooks of \(name)") }
    let push = ["-c", "core.hooksPath=" + folder, "push", "-q", "--dry-run", "origin", "topic-1:topic-1"]
    return MeasuredHook(name: name, push: try Child("git", push, environment))
  }
}

extension Child {
  static func isOnPath(_ program: String) -> Bool {
    do { return try !path(of: program).isEmpty } catch { return false }
  }
}
