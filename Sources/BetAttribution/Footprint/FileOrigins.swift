import Bets
import Git

/// Which bets the lines of one file rest on.
package struct FileOrigins: Sendable {
  /// Lines that one commit brought.
  package struct Part: Sendable {
    package let commit: ObjectID
    /// The committer's seconds since 1970.
    package let time: Int64
    package let title: String
    /// More than one where the commit names several.
    package let bets: [BetID]
    package let lines: RangeSet<Int>
  }

  /// The path byte for byte, from the top of the work tree.
  package let path: [UInt8]
  /// The commit that is looked at.
  package let tip: ObjectID
  package let lineCount: Int
  /// Those that belong to a bet, the newest first.
  package let parts: [Part]
  /// Whether history is cut off here, so that what rests on no bet may rest on one all the same.
  package let isCut: Bool

  /// How many lines rest on no bet.
  package var withoutBet: Int { lineCount - parts.reduce(0) { $0 + $1.lines.lineCount } }
  /// Where a line comes from; nil when it rests on no bet.
  package func part(at line: Int) -> Part? { parts.first { $0.lines.contains(line) } }
}

/// A path in which no lines can be looked for.
package struct PathTrouble: DiagnosticError {
  package enum Kind: Sendable, Equatable {
    case noCommits, unknown, folder, submodule, symbolicLink
    case unreadable(OverlapReport.Reason)
  }

  package let path: [UInt8]
  package let kind: Kind

  package var diagnostic: Diagnostic {
    let text = path.isEmpty ? "." : Text.decoded(path)
    let name = "'\(Text.printable(text))'"
    return switch kind {
    case .noCommits: Diagnostic("no-commits", "there are no commits yet, so nothing rests on a bet")
    case .unknown:
      Diagnostic(
        "unknown-path", "there is no file \(name) in HEAD", notes: ["what is not committed rests on no bet"],
        hints: ["git ls-files"])
    case .folder: Diagnostic("path-is-folder", "\(name) is a folder; a file has lines")
    case .submodule: Diagnostic("path-is-submodule", "\(name) is a submodule; its lines are its own")
    case .symbolicLink: Diagnostic("path-is-link", "\(name) is a symbolic link; ask about what it names")
    case .unreadable(let reason):
      switch reason {
      case .binary: Diagnostic("binary-file", "\(name) is binary: it has no lines")
      case .missing:
        Diagnostic(
          "missing-content",
          "\(name) cannot be read: its content, or an older version's, is not in this clone",
          notes: ["a partial clone fetches what is needed, and this command fetches nothing"],
          hints: ["git fetch --refetch --no-filter"])
      default:
        Diagnostic(
          "file-too-large", "\(name) is too large to follow its lines",
          notes: ["files up to 1 MiB and 50,000 lines are followed"])
      }
    }
  }
}

extension Footprints {
  /// Which bets each line of a file in `HEAD` rests on, as `git blame -w` would have it.
  ///
  /// All that was done to the file since the oldest commit of any bet is looked at: a line that went and came again
  /// is the last one's. What merges brought of their own is nobody's.
  package func origins(of path: [UInt8]) throws -> FileOrigins {
    guard let tip = try repository.headCommit(), let tree = try repository.commit(tip)?.tree else {
      throw PathTrouble(path: path, kind: .noCommits)
    }
    let blob = try blob(at: path, in: tree)
    var pending: [ObjectID: [BetID]] = [:]
    var wanted: [(time: Int64, id: ObjectID)] = []
    for (commit, bets) in try unshipped(on: "HEAD", tip) where !bets.isEmpty {
      pending[commit.id] = bets
      wanted.append((commit.commitTime, commit.id))
    }
    for name in try attribution.shippedBets() {
      wanted += try attribution.commits(of: name).map { ($0.time, $0.id) }
    }
    let history = try BetHistory(
      from: tip, backTo: wanted.sorted { ($0.time, $0.id) < ($1.time, $1.id) }.map(\.id), walk)
    let store = LineStore(repository, limit: Footprints.limit)
    let trails = TerritoryTrails(try Territory(of: path, through: history, in: repository))
    var owners: [ObjectID: RangeSet<Int>] = [:]
    let count: Int
    do throws(LineStore.Unreadable) {
      count = try store.text(blob).lineCount
      var claims = Array(repeating: Int.max, count: count + 1)
      for found in try store.origins(
        of: RangeSet(lines: count), in: blob, trails, trails.ends.values.flatMap { $0 })
      {
        guard let position = history.position(found.commit) else { continue }
        for line in found.origin where line <= count { claims[line] = min(claims[line], position) }
      }
      for line in claims.indices.dropFirst() where claims[line] != .max {
        owners[history.commits[claims[line]].id, default: RangeSet()].insert(contentsOf: line..<(line + 1))
      }
    } catch {
      switch error {
      case .because(let reason): throw PathTrouble(path: path, kind: .unreadable(reason))
      case .failed(let failure): throw failure
      }
    }
    let parts = try history.sorted(owners.keys).compactMap { commit -> FileOrigins.Part? in
      let id = commit.id
      let bets = try pending[commit.id]?.sorted() ?? attribution.bets(of: id)
      guard !bets.isEmpty, let lines = owners[commit.id] else { return nil }
      return FileOrigins.Part(
        commit: id, time: commit.commitTime, title: WorkCommit(id: id, message: commit.shownMessage).title,
        bets: bets, lines: lines)
    }
    return FileOrigins(
      path: path, tip: tip, lineCount: count, parts: parts, isCut: repository.isShallow)
  }

  /// Whether there is a file at the path in `HEAD`.
  package func hasFile(at path: [UInt8]) throws -> Bool {
    guard let tip = try repository.headCommit(), let tree = try repository.commit(tip)?.tree else {
      return false
    }
    return try repository.entry(at: path, in: tree) != nil
  }

  private func blob(at path: [UInt8], in tree: ObjectID) throws -> ObjectID {
    guard let side = try repository.entry(at: path, in: tree) else {
      let isFolder = try repository.isFolder(path, in: tree)
      throw PathTrouble(path: path, kind: isFolder ? .folder : .unknown)
    }
    if side.mode.isSubmodule { throw PathTrouble(path: path, kind: .submodule) }
    guard side.mode.isRegular else { throw PathTrouble(path: path, kind: .symbolicLink) }
    return side.id
  }
}

extension Territory {
  /// What every commit of a history did to one file, under whatever name; merges bring nothing of their own.
  ///
  /// About a fiftieth of a millisecond for each commit and folder of the path.
  init(of path: [UInt8], through history: BetHistory, in repository: Repository) throws(GitError) {
    self.init()
    var names = [path]
    // A tree is the one before a commit, and the one after another.
    var known: [ObjectID: [FileChange.Side?]] = [:]
    func sides(_ tree: ObjectID) throws(GitError) -> [FileChange.Side?] {
      if let sides = known[tree], sides.count == names.count { return sides }
      var sides: [FileChange.Side?] = []
      for name in names { sides.append(try repository.entry(at: name, in: tree)) }
      known[tree] = sides
      return sides
    }
    for commit in history.commits where commit.parents.count < 2 {
      let before = try commit.parents.first.flatMap { id throws(GitError) in
        try history.tree(of: id, repository)
      }
      if before == commit.tree { continue }
      // Where history was cut off, what a commit changed cannot be told.
      if before == nil, !commit.parents.isEmpty {
        incomplete.insert(commit.id)
        continue
      }
      let new = try sides(commit.tree)
      let old = try before.map { tree throws(GitError) in try sides(tree) }
      for number in new.indices {
        guard let blob = new[number]?.blob, old?[number]?.id != blob else { continue }
        var row = Row(commit: commit.id, path: names[number], old: old?[number]?.blob, new: blob)
        if row.old == nil,
          let source = try Territory.source(of: row.path, movedBy: commit, from: before, in: repository)
        {
          row = Row(
            commit: commit.id, path: row.path, oldPath: source.path, old: source.blob, new: blob)
          if !names.contains(source.path) { names.append(source.path) }
        }
        rows.append(row)
      }
    }
    rows.reverse()
  }

  /// The file that a commit moved to a path.
  private static func source(
    of path: [UInt8], movedBy commit: RawCommit, from before: ObjectID?, in repository: Repository
  ) throws(GitError) -> (path: [UInt8], blob: ObjectID?)? {
    let diff = try repository.treeDiff(from: before, to: commit.tree, limit: largestCommit)
    let change = try repository.renamed(in: diff.changes).first { $0.path == path && $0.oldPath != nil }
    return change.flatMap { change in change.oldPath.map { ($0, change.oldBlob) } }
  }
}

extension FileChange.Side {
  fileprivate var blob: ObjectID? { mode.isRegular ? id : nil }
}
