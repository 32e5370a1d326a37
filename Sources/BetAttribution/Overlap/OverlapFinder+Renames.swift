import Git

extension OverlapFinder {
  /// How many pairs of files are compared for a rename.
  private static let comparedPairs = 400

  /// For files that the work touches, the ends of trails that lead to them under another name, by the bet's number.
  ///
  /// Between a bet's commit and what the work stands on, anybody may have renamed a file. History is not searched for
  /// that. A trail goes on in a file of the work when the trail's own path is gone, when the file was not there at the
  /// bet's commit, and when they are equal or at least half of them is. A file that was there before all bets is
  /// nobody's continuation, so that this is one look-up a file as a rule.
  func continuations(of changes: [FileChange], base: ObjectID?) throws(GitError) -> [[UInt8]: [Int: [Int]]] {
    guard let base, let oldest = try oldestTree() else { return [:] }
    var younger: [(path: [UInt8], blob: ObjectID)] = []
    for change in changes {
      let path = change.oldPath ?? change.path
      if let blob = change.oldBlob, try trees.entry(at: path, in: oldest) == nil {
        younger.append((path, blob))
      }
    }
    guard !younger.isEmpty else { return [:] }
    var pairs = OverlapFinder.comparedPairs
    var found: [[UInt8]: [Int: [Int]]] = [:]
    for (number, bet) in bets.enumerated() {
      for (path, ends) in bet.trails.ends.sorted(by: { $0.value[0] < $1.value[0] })
      where try trees.entry(at: path, in: base) == nil {
        for end in ends {
          for file in younger where pairs > 0 {
            pairs -= 1
            if try leads(bet.trails.rows[end], to: file.path, file.blob) {
              found[file.path, default: [:]][number, default: []].append(end)
            }
          }
        }
      }
    }
    return found
  }

  private func leads(_ row: Territory.Row, to path: [UInt8], _ blob: ObjectID) throws(GitError) -> Bool {
    if row.new != blob {
      guard let old = try store.bag(row.new), let new = try store.bag(blob),
        old.likeness(to: new) >= LineBag.same
      else { return false }
    }
    guard let commit = try repository.commit(row.commit) else { return false }
    return try trees.entry(at: path, in: commit.tree) == nil
  }

  /// The tree of the oldest commit of any bet.
  private func oldestTree() throws(GitError) -> ObjectID? {
    try oldest.get { () throws(GitError) in
      var oldest: RawCommit?
      for bet in bets {
        guard let row = bet.trails.rows.first, let commit = try repository.commit(row.commit) else {
          continue
        }
        if commit.commitTime < oldest?.commitTime ?? .max { oldest = commit }
      }
      return oldest?.tree
    }
  }
}
