import Bets
import Git

extension LedgerSite {
  /// A branch, and the ref that its spelling named.
  package struct SpelledBranch {
    /// As the gate knows it, without a prefix.
    package let name: String
    /// In full; nothing need stand there.
    package let ref: String

    /// Whether it was spelled as a remote has it.
    package var isRemote: Bool { ref.hasPrefix("refs/remotes/") }
  }

  /// Reads a branch as people and CI systems spell it: `x`, `refs/heads/x`, `origin/x` or `refs/remotes/origin/x`, all of
  /// them the branch `x`.
  ///
  /// What stands here under the very name that was typed is meant first, as git has it. Nil for what cannot be a branch.
  package func branch(spelled text: String) throws -> SpelledBranch? {
    let tracking = "refs/remotes/"
    let isTracking = text.hasPrefix(tracking)
    let short = RefUpdate.branch(text) ?? (isTracking ? String(text.dropFirst(tracking.count)) : text)
    let here = "refs/heads/\(short)"
    guard Repository.isValidName(here) else { return nil }
    // Some that git would not make are there all the same.
    let stands = try !isTracking && repository.reference(here) != nil
    if stands || here == text && LedgerSite.isBranchName(short) {
      return SpelledBranch(name: short, ref: here)
    }
    guard here != text, LedgerSite.isBranchName(short) else { return nil }
    for remote in Remote.names(in: try config).sorted(by: { $0.utf8.count > $1.utf8.count })
    where short.hasPrefix(remote + "/") {
      let name = String(short.dropFirst(remote.count + 1))
      if LedgerSite.isBranchName(name) { return SpelledBranch(name: name, ref: tracking + short) }
    }
    return isTracking ? nil : SpelledBranch(name: short, ref: here)
  }

  private static func isBranchName(_ name: String) -> Bool {
    !name.hasPrefix("-") && !name.hasPrefix("refs/") && !["HEAD", "@"].contains(name)
      && Repository.isValidName("refs/heads/\(name)")
  }
}
