import GitFormats
import Libc

/// The user's own `reference-transaction` hook, which libgit2 does not know: where there is one, git moves the reference.
extension Repository {
  /// Whether git would ask a hook about a change of a reference. Cost: the configuration and one look for a file.
  ///
  /// What such a hook writes to the ledger itself is not told to it again: it would never end.
  var hasReferenceHook: Bool {
    get throws(GitError) {
      if isEnvironmentSet(GitCommand.guardVariable) { return false }
      let hook = "reference-transaction"
      let lines = try configuration(sections: ["core", "hook"])
      if lines.contains(where: { $0.key.hasSuffix(".event") && $0.value == hook }) { return true }
      guard lines.contains(where: { $0.key == "core.hookspath" }) else {
        return access("\(commonDirectory)/hooks/\(hook)", X_OK) == 0
      }
      let path = try gitHere(["rev-parse", "--path-format=absolute", "--git-path", "hooks/\(hook)"])
      return path.status == 0 && access(path.text, X_OK) == 0
    }
  }

  /// Moves or creates a reference as ``updateReference(_:to:expecting:message:by:)`` does, by git: its hook may refuse.
  ///
  /// What the hook said is the error's message. Cost: a child process and the hook.
  func askGitToMove(
    _ name: String, to new: ObjectID, expecting old: ObjectID, message: String, by signature: Signature
  ) throws(GitError) {
    let answer = try gitHere(
      ["update-ref", "--create-reflog", "-m", message, name, new.hex, old.hex],
      ["GIT_COMMITTER_NAME": signature.name, "GIT_COMMITTER_EMAIL": signature.email])
    refs.forget()
    guard answer.status != 0 else { return }
    var error = GitError(
      code: .command, function: "git update-ref",
      message: String(decoding: answer.standardError[...].trimmed, as: UTF8.self))
    let now = try refs.read(name)
    if now == .direct(new) { return }
    if now != (old.isZero ? nil : .direct(old)) {
      error.code = .modified
    } else if let lock = refs.lock(of: name) {
      error.code = .locked
      error.lock = lock
    }
    throw error
  }

  /// Runs git at the top of the work tree, from where a relative `core.hooksPath` counts.
  private func gitHere(
    _ arguments: [String], _ environment: [String: String?] = [:]
  ) throws(GitError) -> GitCommand.Output {
    try GitCommand.run(
      ["-C", workTree ?? gitDirectory] + arguments,
      environment: environment.merging(["GIT_DIR": gitDirectory, GitCommand.guardVariable: "1"]) { $1 })
  }
}
