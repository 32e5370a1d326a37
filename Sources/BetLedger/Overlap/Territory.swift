import Git

/// The files that the commits of a bet changed: what the bet's lines are found from.
///
/// A value that can be kept: it says what commits did, which never changes.
public struct Territory: Hashable, Sendable {
  /// One regular file that one commit brought, changed or moved.
  public struct Row: Hashable, Sendable {
    public let commit: OID
    /// The path byte for byte, as it is after the commit.
    public let path: [UInt8]
    /// The path before it, when the commit renamed the file.
    public let oldPath: [UInt8]?
    /// The blob before the commit; nil when there was none, or no regular file.
    public let old: OID?
    /// The blob after it. The same as before when the file was only moved: then no line is new.
    public let new: OID

    public init(commit: OID, path: [UInt8], oldPath: [UInt8]? = nil, old: OID?, new: OID) {
      self.commit = commit
      self.path = path
      self.oldPath = oldPath
      self.old = old
      self.new = new
    }
  }

  /// In the order of the commits.
  public var rows: [Row]
  /// The commits whose trees could not be compared in full: missing, or with too many changes.
  public var incomplete: Set<OID>

  public init(rows: [Row] = [], incomplete: Set<OID> = []) {
    self.rows = rows
    self.incomplete = incomplete
  }

  /// The largest number of files that one commit may change: a larger one imports or reformats, and is incomplete.
  static let largestCommit = 20_000

  /// Reads what commits changed against their first parents; merges bring nothing of their own.
  ///
  /// The commits come oldest first, or at least none before its ancestors. About a tenth of a millisecond for each.
  public init(of commits: some Sequence<OID>, in repository: Repository) throws(GitError) {
    self.init()
    for id in commits { try add(id, in: repository) }
  }

  /// Adds a commit that is younger than those before it.
  public mutating func add(_ id: OID, in repository: Repository) throws(GitError) {
    guard let commit = try repository.commit(id) else {
      incomplete.insert(id)
      return
    }
    guard commit.parents.count < 2 else { return }
    var before: OID?
    if let parent = commit.parents.first {
      // Where history was cut off, what the commit changed cannot be told.
      guard let read = try repository.commit(parent) else {
        incomplete.insert(id)
        return
      }
      before = read.tree
    }
    let diff = try repository.treeDiff(from: before, to: commit.tree, limit: Territory.largestCommit)
    if diff.gap != nil { incomplete.insert(id) }
    for change in try repository.renamed(in: diff.changes) {
      guard let new = change.newBlob, change.oldBlob != new || change.oldPath != nil else { continue }
      rows.append(
        Row(commit: id, path: change.path, oldPath: change.oldPath, old: change.oldBlob, new: new))
    }
  }
}
