import GitFormats

/// A commit and what it changes, as the trailer `Covers` names them: enough to know the same work again when it has been
/// rebased, cherry-picked or squashed, and the commit itself is gone.
package struct CoveredCommit: Hashable, Sendable {
  package let commit: ObjectID
  /// git's `patch-id --verbatim`; nil for a commit that changes nothing, or too much to compare.
  package let change: ObjectID?
  /// The author's clock, seconds since 1970, which a rewrite keeps: who has another one need not be compared.
  package let authorTime: Int64?

  package init(_ commit: ObjectID, change: ObjectID?, authorTime: Int64? = nil) {
    self.commit = commit
    self.change = change
    self.authorTime = change == nil ? nil : authorTime
  }

  /// Reads `<commit> [<change> [<author's clock>]]`; nil for anything else.
  package init?(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard (1...3).contains(words.count), let commit = ObjectID(hex: words[0]) else { return nil }
    let change = words.count > 1 ? ObjectID(hex: words[1]) : nil
    let time = words.count > 2 ? Int64(words[2]) : nil
    guard (change != nil) == (words.count > 1), (time != nil) == (words.count > 2) else { return nil }
    self.init(commit, change: change, authorTime: time)
  }

  package var text: String {
    ([commit.hex] + [change?.hex, authorTime.map { "\($0)" }].compactMap(\.self)).joined(separator: " ")
  }
}
