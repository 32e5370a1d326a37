import Bets
import Git

/// What a bet has left behind: its commits, the files that they changed, and what would take it all out again.
public struct Footprint: Sendable {
  /// Where a commit of the bet stands.
  public enum Standing: String, Sendable {
    /// In the branch that is looked at.
    case here
    /// On another ship branch only.
    case elsewhere
    /// On a branch that has not shipped.
    case unshipped
  }

  public struct Commit: Sendable {
    public let id: ObjectID
    /// The committer's seconds since 1970.
    public let time: Int64
    public let title: String
    public let isMerge: Bool
    public let standing: Standing
    /// The later commit that took it back.
    public let revertedBy: ObjectID?
  }

  /// A regular file whose content the bet's commits changed; merges bring no lines of their own.
  public struct File: Sendable {
    /// The path byte for byte: today's, or the last one.
    public let path: [UInt8]
    /// How many lines the commits put in, one by one; nil when that cannot be told.
    public let brought: Int?
    /// How many of the lines that are there now the bet brought; nil when that cannot be told.
    public let surviving: Int?
    /// Whether nothing is left at the path or under another name.
    public let isGone: Bool
    /// Whether the bet brought the file and all that is in it.
    public let isWhole: Bool
    /// Why lines cannot be told.
    public let reason: OverlapReport.Reason?
  }

  /// A change without lines: a deletion, a mode, a symbolic link, a submodule.
  public struct OtherChange: Hashable, Sendable {
    public let path: [UInt8]
    public let what: String
  }

  /// Another bet that would feel it if this one went.
  public struct Neighbour: Sendable {
    public let bet: BetID
    /// Whether its declaration rests on this bet, at any depth.
    public let buildsOn: Bool
    /// How many lines of this bet its commits have rewritten, or put something between.
    public internal(set) var lines = 0
    public internal(set) var paths: [[UInt8]] = []
  }

  public let bet: BetID
  /// The branch that is looked at, as people call it, and its tip; nil in a repository without commits.
  public let place: Place?
  /// What has not shipped, what is in the branch, what is elsewhere; each the newest first.
  public internal(set) var commits: [Commit] = []
  /// By path.
  public internal(set) var files: [File] = []
  /// By path.
  public internal(set) var otherChanges: [OtherChange] = []
  /// By id.
  public internal(set) var neighbours: [Neighbour] = []
  /// How many commits of other bets were not compared with the bet's lines, because there are too many.
  public internal(set) var uncompared = 0
  /// Commits whose trees could not be compared with their parents' in full.
  public internal(set) var incomplete: [ObjectID] = []
  public internal(set) var reverting = Reverting()

  public var brought: Int { files.reduce(0) { $0 + ($1.brought ?? 0) } }
  public var surviving: Int { files.reduce(0) { $0 + ($1.surviving ?? 0) } }

  public struct Place: Sendable {
    public let name: String
    public let tip: ObjectID
  }
}

/// Which commits `git revert` must be given to take a bet out, and which of the bet's are left out.
public struct Reverting: Sendable {
  public enum Omission: Sendable {
    /// Taken back already, by this commit.
    case reverted(ObjectID)
    /// Takes back a commit of the bet itself, or gives it back.
    case isRevert
    /// A merge that brings others' work to the bet's own commits.
    case joinsOthers
    /// Came with a merge that is reverted as a whole.
    case inMerge(ObjectID)
    case changesNothing
  }

  /// The newest first: each is taken back before what it was made on.
  public internal(set) var commits: [ObjectID] = []
  /// Whether one of them is a merge, so that git must be told which side stays.
  public internal(set) var hasMerge = false
  public internal(set) var omitted: [(commit: ObjectID, why: Omission)] = []

  init() {}

  /// `own`: the bet's commits in the history, in its order.
  init(
    _ own: [RawCommit], in history: BetHistory, reverted: [OID: OID], _ walk: RangeWalk
  ) throws(GitError) {
    let ids = Set(own.map(\.id))
    var covered: [OID: OID] = [:]
    func isOwnRevert(_ commit: RawCommit) -> Bool {
      var (ends, seen) = ([commit], Set<OID>())
      while let next = ends.popLast() {
        for target in next.reverts where seen.insert(target).inserted {
          if ids.contains(target) { return true }
          if let position = history.position(target) { ends.append(history.commits[position]) }
        }
      }
      return false
    }
    func omission(_ commit: RawCommit) throws(GitError) -> Omission? {
      if let merge = covered[commit.id] { return .inMerge(ObjectID(merge)) }
      if let revert = reverted[commit.id] { return .reverted(ObjectID(revert)) }
      if isOwnRevert(commit) { return .isRevert }
      if commit.parents.count > 1 {
        // Where the bet's own work lies on the first parent's side, the merge brought in that of others.
        let mine = try walk.commits(from: [commit.parents[0]], hiding: Array(commit.parents.dropFirst()))
        return mine.contains { ids.contains($0.id) } ? .joinsOthers : nil
      }
      let before = try commit.parents.first.flatMap { id throws(GitError) in try walk.repository.commit(id) }
      return before?.tree ?? .emptyTree == commit.tree ? .changesNothing : nil
    }
    for commit in own {
      if let why = try omission(commit) {
        omitted.append((ObjectID(commit.id), why))
        continue
      }
      commits.append(ObjectID(commit.id))
      guard commit.parents.count > 1 else { continue }
      hasMerge = true
      for brought in try walk.brought(by: commit) { covered[brought.id] = commit.id }
    }
  }
}
