import Bets
import Git

/// Finds the lines of open bets that work rewrites, or puts something between.
///
/// No history is walked: the lines that the work touches are followed back through the changes of each bet, and only
/// in files that both have changed. Says who wrote a line as `git blame -w` does, for all but a few in a hundred.
///
/// Not with `git_blame_file`: it takes 5 to 39 seconds for a file with a long history, 9 to 29 times what git takes. Ten
/// lines of one file among the last 500 commits are 134 ms; here 500 commits of a bet are 54 ms, and 10 from the cache.
package final class OverlapFinder {
  struct OpenBet {
    let id: BetID
    let trails: TerritoryTrails
    let isComplete: Bool
  }

  /// How many bytes one finder may read and compare in all its answers: about a second.
  package static let limit = 128 << 20

  let repository: Repository
  let scope: OverlapScope
  let store: LineStore
  let trees: TreeReader
  let bets: [OpenBet]
  /// What ``oldestTree()`` has found.
  var oldest = Once<ObjectID?>()

  /// `territories`: those of the open bets that the work does not build on, with no commits but such as the work
  /// stands on: lines that came another way would be taken for theirs. `oldest` is the tree of all open bets' oldest
  /// commit, where that is known; else that of these bets'.
  package init(
    _ repository: Repository, territories: [BetID: Territory], scope: OverlapScope = OverlapScope(),
    oldest: ObjectID? = nil, limit: Int = OverlapFinder.limit
  ) {
    if let oldest { self.oldest = Once(oldest) }
    self.repository = repository
    self.scope = scope
    store = LineStore(repository, limit: limit)
    trees = TreeReader(repository)
    bets = territories.sorted { $0.key < $1.key }.map { id, territory in
      OpenBet(id: id, trails: TerritoryTrails(territory), isComplete: territory.incomplete.isEmpty)
    }
  }

  /// The overlaps of some commits with the bets.
  ///
  /// Commits that stand on one other and end in one are compared end to end: what they take back again is no overlap.
  /// Where merges bring in what is not theirs, that is done with each run of commits between two merges, and the
  /// merges themselves are not looked at. See ``OverlapMeasure`` for what is too slight to be named.
  /// `keepsSlight`: names those as well.
  package func overlaps(of commits: [RawCommit], keepsSlight: Bool = false) throws(GitError) -> OverlapReport
  {
    var report = OverlapReport()
    for bet in bets where !bet.isComplete {
      report.leftOut(.init(bet: bet.id, path: nil, reason: .incomplete))
    }
    var all: [FileChange] = []
    for step in try OverlapStep.steps(of: commits, in: repository) {
      guard let step else {
        report.leftOut(.init(bet: nil, path: nil, reason: .missing))
        continue
      }
      let changes = try changes(of: step, &report)
      if !changes.isEmpty { try judge(changes, of: step, into: &report) }
      all += changes
    }
    if keepsSlight { return report }
    let measure = OverlapMeasure(files: Set(all.map(\.path)).count, lines: try lineCount(of: all))
    report.keep { measure.isOverlap($0) }
    return report
  }

  /// The files that may be somebody's: a mode change and a pure move touch no line, what is new stands on nothing.
  private func changes(of step: OverlapStep, _ report: inout OverlapReport) throws(GitError) -> [FileChange] {
    let diff = try repository.treeDiff(from: step.before, to: step.after)
    if let gap = diff.gap {
      report.leftOut(.init(bet: nil, path: nil, reason: gap == .tooMany ? .tooMuch : .missing))
    }
    return try repository.renamed(in: diff.changes).filter { change in
      change.oldBlob != nil && change.oldBlob != change.newBlob
        && !scope.ignores(change.path) && !scope.ignores(change.oldPath ?? change.path)
    }
  }

  private func judge(
    _ changes: [FileChange], of step: OverlapStep, into report: inout OverlapReport
  ) throws(GitError) {
    let continued = try continuations(of: changes, base: step.before)
    var attributes = TreeAttributes(repository, trees, tree: step.after)
    var meetings: [(change: FileChange, bet: OpenBet, ends: [Int])] = []
    for change in changes {
      let path = change.oldPath ?? change.path
      for (number, bet) in bets.enumerated() {
        let ends = (bet.trails.ends[path] ?? []) + (continued[path]?[number] ?? [])
        if ends.isEmpty { continue }
        if try attributes.leavesOut(change.path) { break }
        meetings.append((change, bet, ends))
      }
    }
    var answers: [Result<Overlap, LineStore.Unreadable>?] = meetings.map { _ in nil }
    for index in try smallestFirst(meetings.map(\.change)) {
      let (change, bet, ends) = meetings[index]
      answers[index] = Result { () throws(LineStore.Unreadable) in
        try overlap(of: TouchedFile(change, store), with: bet, ends)
      }
    }
    for (meeting, answer) in zip(meetings, answers) {
      switch answer {
      case .success(let overlap)?: report.add(overlap)
      case .failure(.because(let reason))?:
        let path = meeting.change.oldPath ?? meeting.change.path
        report.leftOut(.init(bet: meeting.bet.id, path: path, reason: reason))
      case .failure(.failed(let failure))?: throw failure
      case nil: break
      }
    }
  }

  /// The places of changes by the size of what they change: a file that is there to use everything up uses up only
  /// what is left for itself.
  private func smallestFirst(_ changes: [FileChange]) throws(GitError) -> [Int] {
    guard changes.count > 1 else { return Array(changes.indices) }
    var sizes: [Int] = []
    for change in changes {
      var size = 0
      for blob in [change.oldBlob, change.newBlob] {
        if let blob { size += try store.size(of: blob) ?? 0 }
      }
      sizes.append(size)
    }
    return changes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
  }

  /// How many lines the work touches in all; nil when it changes too many files for that to be asked.
  private func lineCount(of changes: [FileChange]) throws(GitError) -> Int? {
    guard changes.count <= OverlapMeasure.countedFiles else { return nil }
    var count = 0
    for change in changes {
      do throws(LineStore.Unreadable) { count += try TouchedFile(change, store).lineCount } catch {
        if case .failed(let failure) = error { throw failure }
        return nil
      }
    }
    return count
  }
}
