import BetLedger

/// What was made of linked commits: a commit with the author's clock and the change of one that is linked is the same work
/// after a rebase, a cherry-pick, or an amended message.
///
/// The event tells both, so that a clone answers alike which never had the linked commit itself. Costs nothing for a commit
/// with another clock.
struct LinkedCopies {
  let links: LedgerLinks
  let changes: Changes

  /// Whether no event tells what a linked commit changes.
  var isEmpty: Bool { links.changes.isEmpty }

  /// The linked commits that a commit was made of, sorted.
  func originals(of commit: RawCommit) throws(GitError) -> [ObjectID] {
    guard !isEmpty, let time = commit.author?.time, let linked = links.changes[time],
      let step = try changes.step(of: commit), let change = try changes.id(of: step)
    else { return [] }
    return Set(linked.filter { $0.change == change }.map(\.commit)).subtracting([commit.id]).sorted()
  }
}
