import Git

/// The files that the commits of a bet changed: what the bet's lines are found from.
///
/// A value that can be kept: it says what commits did, which never changes.
package struct Territory: Hashable, Sendable {
  /// One regular file that one commit brought, changed or moved.
  package struct Row: Hashable, Sendable {
    package let commit: ObjectID
    /// The path byte for byte, as it is after the commit.
    package let path: [UInt8]
    /// The path before it, when the commit renamed the file.
    package let oldPath: [UInt8]?
    /// The blob before the commit; nil when there was none, or no regular file.
    package let old: ObjectID?
    /// The blob after it. The same as before when the file was only moved: then no line is new.
    package let new: ObjectID

    package init(commit: ObjectID, path: [UInt8], oldPath: [UInt8]? = nil, old: ObjectID?, new: ObjectID) {
      self.commit = commit
      self.path = path
      self.oldPath = oldPath
      self.old = old
      self.new = new
    }
  }

  /// In the order of the commits.
  package var rows: [Row]
  /// The commits whose trees could not be compared in full: missing, or with too many changes.
  package var incomplete: Set<ObjectID>

  package init(rows: [Row] = [], incomplete: Set<ObjectID> = []) {
    self.rows = rows
    self.incomplete = incomplete
  }

  /// The largest number of files that one commit may change: a larger one imports or reformats, and is incomplete.
  static let largestCommit = 20_000

  /// Reads what commits changed against their first parents; merges bring nothing of their own.
  ///
  /// The commits come oldest first, or at least none before its ancestors. About a tenth of a millisecond for each.
  package init(of commits: some Sequence<ObjectID>, in repository: Repository) throws(GitError) {
    self.init()
    var trees: [ObjectID: ObjectID] = [:]
    func tree(_ id: ObjectID) throws(GitError) -> ObjectID? {
      if let known = trees[id] { return known }
      return try repository.commit(id)?.tree
    }
    for id in commits {
      // Where history was cut off, what a commit changed cannot be told.
      guard let commit = try repository.commit(id) else {
        incomplete.insert(id)
        continue
      }
      // A parent is often the commit before it.
      trees[id] = commit.tree
      guard commit.parents.count < 2 else { continue }
      let before: ObjectID?
      if let parent = commit.parents.first {
        before = try tree(parent)
        if before == nil {
          incomplete.insert(id)
          continue
        }
      } else {
        before = nil
      }
      try add(commit, since: before, in: repository)
    }
  }

  private mutating func add(_ commit: RawCommit, since before: ObjectID?, in repository: Repository)
    throws(GitError)
  {
    let diff = try repository.treeDiff(from: before, to: commit.tree, limit: Territory.largestCommit)
    if diff.gap != nil { incomplete.insert(commit.id) }
    for change in try repository.renamed(in: diff.changes) {
      guard let new = change.newBlob, change.oldBlob != new || change.oldPath != nil else { continue }
      rows.append(
        Row(commit: commit.id, path: change.path, oldPath: change.oldPath, old: change.oldBlob, new: new))
    }
  }
}

extension Territory {
  /// How many lines its commits put in; what is no text has none.
  package func addedLines(in repository: Repository) throws(GitError) -> Int {
    var count = 0
    for row in rows {
      guard case .text(let new) = try repository.blob(row.new) else { continue }
      guard let old = row.old else {
        count += new.lineCount
        continue
      }
      if case .text(let old) = try repository.blob(old) {
        count += try old.hunks(to: new).reduce(0) { $0 + $1.new.count }
      }
    }
    return count
  }
}
