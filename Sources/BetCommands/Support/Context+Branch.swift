import BetLedger

/// Branches as they are typed.
extension Context {
  /// The branch that was meant, however it was spelled; what cannot be one is a mistake in the command line.
  func branch(spelled text: String) throws -> LedgerSite.SpelledBranch {
    if let branch = try site.branch(spelled: text) { return branch }
    throw Refusal.notABranch(text)
  }

  /// The ref of a remote that work would go to: a branch, or a tag by its full name.
  func target(spelled text: String) throws -> String {
    if text.hasPrefix("refs/tags/"), Repository.isValidName(text) { return text }
    return "refs/heads/\(try branch(spelled: text).name)"
  }

  /// The branch that a revision names; nil for another revision, and where there is none of that name.
  func branch(named revision: String) throws -> LedgerSite.SpelledBranch? {
    guard let branch = try site.branch(spelled: revision), try repository.reference(branch.ref) != nil else {
      return nil
    }
    return branch
  }
}

extension Refusal {
  static func notABranch(_ text: String) -> Refusal {
    Refusal(
      "invalid-branch", "'\(Text.printable(text))' is not the name of a branch",
      notes: ["a branch is named like main, refs/heads/main or origin/main"],
      hints: ["git branch --list --all"], exitStatus: .usage)
  }
}
