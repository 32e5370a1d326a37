import Bets
import Git

/// What a bet has left behind: its commits, the files that they changed, and what would take it all out again.
package struct Footprint: Sendable {
  /// Where a commit of the bet stands.
  package enum Standing: String, Sendable {
    /// In the branch that is looked at.
    case here
    /// On another ship branch only.
    case elsewhere
    /// On a branch that has not shipped.
    case unshipped
  }

  package struct Commit: Sendable {
    package let id: ObjectID
    /// The committer's seconds since 1970.
    package let time: Int64
    package let title: String
    package let isMerge: Bool
    package let standing: Standing
    /// The later commit that took it back.
    package let revertedBy: ObjectID?
  }

  /// A regular file whose content the bet's commits changed; merges bring no lines of their own.
  package struct File: Sendable {
    /// The path byte for byte: today's, or the last one.
    package let path: [UInt8]
    /// How many lines the commits put in, one by one; nil when that cannot be told.
    package let brought: Int?
    /// How many of the lines that are there now the bet brought; nil when that cannot be told.
    package let surviving: Int?
    /// Whether nothing is left at the path or under another name.
    package let isGone: Bool
    /// Whether the bet brought the file and all that is in it.
    package let isWhole: Bool
    /// Why lines cannot be told.
    package let reason: OverlapReport.Reason?
  }

  /// A change without lines: a deletion, a mode, a symbolic link, a submodule.
  package struct OtherChange: Hashable, Sendable {
    package let path: [UInt8]
    package let what: String
  }

  /// Another bet that would feel it if this one went.
  package struct Neighbour: Sendable {
    package let bet: BetID
    /// Whether its declaration rests on this bet, at any depth.
    package let buildsOn: Bool
    /// How many lines of this bet its commits have rewritten, or put something between.
    package internal(set) var lines = 0
    package internal(set) var paths: [[UInt8]] = []
  }

  package let bet: BetID
  /// The branch that is looked at, as people call it, and its tip; nil in a repository without commits.
  package let place: Place?
  /// What has not shipped, what is in the branch, what is elsewhere; each the newest first.
  package internal(set) var commits: [Commit] = []
  /// By path.
  package internal(set) var files: [File] = []
  /// By path.
  package internal(set) var otherChanges: [OtherChange] = []
  /// By id.
  package internal(set) var neighbours: [Neighbour] = []
  /// How many commits of other bets were not compared with the bet's lines, because there are too many.
  package internal(set) var uncompared = 0
  /// Commits whose trees could not be compared with their parents' in full.
  package internal(set) var incomplete: [ObjectID] = []
  package internal(set) var reverting = Reverting()

  package var brought: Int { files.reduce(0) { $0 + ($1.brought ?? 0) } }
  package var surviving: Int { files.reduce(0) { $0 + ($1.surviving ?? 0) } }

  package struct Place: Sendable {
    package let name: String
    package let tip: ObjectID
  }
}

/// Which commits `git revert` must be given to take a bet out, and which of the bet's are left out.
package struct Reverting: Sendable {
  package enum Omission: Sendable {
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
  package internal(set) var commits: [ObjectID] = []
  /// Whether one of them is a merge, so that git must be told which side stays.
  package internal(set) var hasMerge = false
  package internal(set) var omitted: [(commit: ObjectID, why: Omission)] = []

  init() {}

  /// `own`: the bet's commits in the history, in its order.
  init(
    _ own: [RawCommit], in history: BetHistory, reverted: [ObjectID: ObjectID], _ walk: RangeWalk
  ) throws(GitError) {
    let ids = Set(own.map(\.id))
    var covered: [ObjectID: ObjectID] = [:]
    func isOwnRevert(_ commit: RawCommit) -> Bool {
      var (ends, seen) = ([commit], Set<ObjectID>())
      while let next = ends.popLast() {
        for target in history.targets(of: next) where seen.insert(target).inserted {
          if ids.contains(target) { return true }
          if let position = history.position(target) { ends.append(history.commits[position]) }
        }
      }
      return false
    }
    func omission(_ commit: RawCommit) throws(GitError) -> Omission? {
      if let merge = covered[commit.id] { return .inMerge(merge) }
      if let revert = reverted[commit.id] { return .reverted(revert) }
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
        omitted.append((commit.id, why))
        continue
      }
      commits.append(commit.id)
      guard commit.parents.count > 1 else { continue }
      hasMerge = true
      for brought in try walk.brought(by: commit) { covered[brought.id] = commit.id }
    }
  }
}
