import GitFormats

// Not with `git_diff_tree_to_tree`: the changed files of 1000 commits take it 914 ms, where git takes 101; in another
// history it was 18 times as slow as git. Reading both trees side by side takes 0.78 to 0.97 times what git takes.

extension Repository {
  /// The number of folders in a path before a tree counts as endless.
  private static let treeDepth = 256

  /// Compares two trees, nil being the empty one, without looking for renames.
  ///
  /// Both are read side by side, and what has equal ids is not read at all. `limit` bounds the changes and the trees
  /// read, because a few crafted trees can stand for more files than a disk holds. A tree that is missing, too large or
  /// too deep leaves a gap, and all others are compared; one that is malformed is an error. `enters` says whether a
  /// folder, its path with a slash at the end, is of any interest: what is not is not read, and nothing in it is told.
  package func treeDiff(
    from old: ObjectID?, to new: ObjectID?, limit: Int = 100_000,
    entering enters: ([UInt8]) -> Bool = { _ in true }
  ) throws(GitError) -> TreeDiff {
    var diff = TreeDiff()
    guard old != new else { return diff }
    var left = limit
    var path: [UInt8] = []
    try compare(old, with: new, at: &path, depth: 0, left: &left, into: &diff, enters)
    return diff
  }

  private func compare(
    _ old: ObjectID?, with new: ObjectID?, at path: inout [UInt8], depth: Int, left: inout Int,
    into diff: inout TreeDiff, _ enters: ([UInt8]) -> Bool
  ) throws(GitError) {
    left -= 1
    guard depth < Repository.treeDepth, left > 0 else {
      diff.gap = diff.gap ?? .tooMany
      return
    }
    guard let oldObject = try tree(old ?? .emptyTree, orGapIn: &diff),
      let newObject = try tree(new ?? .emptyTree, orGapIn: &diff)
    else { return }
    var before = try TreeCursor(oldObject.bytes, of: old ?? .emptyTree)
    var after = try TreeCursor(newObject.bytes, of: new ?? .emptyTree)
    while !before.isAtEnd || !after.isAtEnd {
      if before.isSame(as: after) {
        try before.advance()
        try after.advance()
        continue
      }
      let order = before.order(after)
      let was = order <= 0 ? before.side : nil
      let becomes = order >= 0 ? after.side : nil
      if was != becomes {
        let length = path.count
        path.append(contentsOf: order <= 0 ? before.name : after.name)
        try add(was, becoming: becomes, at: &path, depth: depth, left: &left, into: &diff, enters)
        path.removeSubrange(length...)
      }
      if order <= 0 { try before.advance() }
      if order >= 0 { try after.advance() }
    }
  }

  /// Takes note of one name: of the same kind on both sides, or on one side only.
  private func add(
    _ old: FileChange.Side?, becoming new: FileChange.Side?, at path: inout [UInt8], depth: Int,
    left: inout Int, into diff: inout TreeDiff, _ enters: ([UInt8]) -> Bool
  ) throws(GitError) {
    if (old ?? new)?.mode.isTree == true {
      // Trees of another mode and equal content exist, written by long forgotten programs.
      if old?.id == new?.id { return }
      path.append(UInt8(ascii: "/"))
      guard enters(path) else { return }
      return try compare(
        old?.id, with: new?.id, at: &path, depth: depth + 1, left: &left, into: &diff, enters)
    }
    left -= 1
    guard left > 0 else {
      diff.gap = diff.gap ?? .tooMany
      return
    }
    diff.changes.append(FileChange(path: path, old: old, new: new))
  }

  private func tree(_ id: ObjectID, orGapIn diff: inout TreeDiff) throws(GitError) -> StoredObject? {
    do throws(GitError) {
      if let object = try tree(id) { return object }
      diff.gap = diff.gap ?? .missing(id)
    } catch {
      guard error.code == .oversized else { throw error }
      diff.gap = diff.gap ?? .tooMany
    }
    return nil
  }

  func tree(_ id: ObjectID) throws(GitError) -> StoredObject? {
    try objects.read(id, as: .tree)
  }
}
