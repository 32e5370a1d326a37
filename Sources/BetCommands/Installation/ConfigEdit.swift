import Bets
import Git

/// Changes of one of git's configuration files that count all at once, or not at all.
///
/// They are made in the file that git itself would make and rename: `config.lock`, which keeps others from writing
/// meanwhile. Where there is nothing to change it is not made.
final class ConfigEdit {
  let scope: ConfigHooks.Scope
  private let context: Context
  private let steps: Steps
  private var file: (path: String, lock: String)?

  init(_ scope: ConfigHooks.Scope, _ context: Context, for steps: Steps) {
    self.scope = scope
    self.context = context
    self.steps = steps
  }

  /// Changes the copy with git's own words, as `--unset-all <key>`.
  func run(_ arguments: [String]) throws {
    let file = try file ?? start()
    self.file = file
    let run = try GitCommand.run(["config", "--file", file.lock] + arguments)
    guard run.status == 0 else {
      throw Refusal(
        "config-not-written", "git could not write its \(scope.rawValue) configuration", notes: run.errorLines
      )
    }
  }

  /// Puts the changes in place.
  func commit() throws {
    if let file { try Folder.rename(file.lock, to: file.path) }
  }

  private func start() throws -> (path: String, lock: String) {
    let named = try path()
    let path = Folder.real(named) ?? named
    let lock = path + ".lock"
    let isThere = File.kind(path) != .nothing
    do throws(GitError) {
      try File.create(
        lock, with: isThere ? File.read(path) ?? [] : [], mode: isThere ? Folder.mode(path) : nil)
    } catch {
      guard error.code == .exists else { throw TextFile.failure("write", lock, for: error) }
      throw Refusal(
        "config-not-written",
        "git's configuration cannot be changed: another program holds '\(Text.printable(lock))'",
        notes: [
          "a program that was killed leaves it for ever: remove it when no git command is running here"
        ],
        hints: ["rm \(Text.shellOperands(lock))"])
    }
    steps.clean(lock)
    return (path, lock)
  }

  /// The file that `git config` writes to.
  private func path() throws -> String {
    switch scope {
    case .local: return try context.repository.commonDirectory + "/config"
    case .global:
      if let given = context.variable("GIT_CONFIG_GLOBAL") { return given }
      let home = context.variable("HOME") ?? ""
      let own = home + "/.gitconfig"
      let other = (context.variable("XDG_CONFIG_HOME") ?? home + "/.config") + "/git/config"
      return !File.exists(own) && File.exists(other) ? other : own
    }
  }
}
