/// One line of configuration, as `git config` lists it.
package struct ConfigLine: Hashable, Sendable {
  /// Where a line comes from, the weaker ones first.
  package enum Scope: String, Sendable {
    /// The files of the machine, of the user, of the repository and of one work tree.
    case system, global, local, worktree
    /// `git -c` and its likes: for one command.
    case command
  }

  /// Section and name in lower case, a subsection as it was written.
  package let key: String
  /// Nil for a key without `=`, which git reads as true.
  package let value: String?
  /// Where it stands.
  package let scope: Scope

  /// Makes a line of its parts.
  package init(key: String, value: String?, scope: Scope) {
    self.key = key
    self.value = value
    self.scope = scope
  }

  /// The part of the key before the first full stop.
  package var section: String { String(key.prefix { $0 != "." }) }
}
