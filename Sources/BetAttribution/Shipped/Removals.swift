import Bets
import Git

/// Tells work that takes a bet out again from work that builds it: by what it changes, not by what it says.
///
/// A bet's building commits are those of its commits, oldest first, that are no removals; see ``Undoing`` for those.
/// Asked only of commits that something is held against, so an ordinary push pays nothing.
package final class Removals {
  /// What was found out about commits and one bet.
  package struct Found: Sendable {
    /// Those that only take away what the bet had brought, or give back what it had taken.
    package var removals: Set<ObjectID> = []
    /// Those that built the bet, and of which nothing stands any more.
    package var out: Set<ObjectID> = []
  }

  /// A bet with more commits is not looked into: nothing of it is a removal, and nothing is out.
  private static let mostCommits = 2000
  /// How many bytes may be read and compared: about a second.
  private static let limit = 128 << 20

  let repository: Repository
  let walk: RangeWalk
  let attribution: Attribution
  private let store: LineStore
  private var steps: [ObjectID: Step?] = [:]

  package init(_ repository: Repository, _ attribution: Attribution, walk: RangeWalk) {
    self.repository = repository
    self.attribution = attribution
    self.walk = walk
    store = LineStore(repository, limit: Removals.limit)
  }

  /// What some of the commits that `tip` reaches are to a bet. `pushed`: its commits that have not shipped, newest first.
  package func find(
    _ asked: Set<ObjectID>, of bet: BetID, pushed: [ObjectID], at tip: ObjectID
  ) throws -> Found {
    guard try mayConcern(asked, of: bet, pushed: pushed),
      let (removals, building, history) = try sort(asked, of: bet, pushed: pushed, at: tip)
    else { return Found() }
    var found = Found(removals: removals)
    let candidates = building.filter { asked.contains($0.commit) }
    if !candidates.isEmpty, let tree = try history.tree(of: tip, repository) {
      let gone = try Outlived(building, in: tree, history, undoing: Undoing(store), repository: repository)
      found.out = try gone.out(among: building).intersection(asked)
    }
    return found
  }

  /// Whether some of the commits are the bet's own, or may take it back: one that adds a line to a file in which no commit
  /// of the bet has found that line does neither, and the history since then need not be read.
  private func mayConcern(_ asked: Set<ObjectID>, of bet: BetID, pushed: [ObjectID]) throws -> Bool {
    let own = try attribution.commits(of: bet).map(\.id)
    guard pushed.isEmpty, asked.isDisjoint(with: own) else { return true }
    let territory = try attribution.territories.territories([bet: own])[bet] ?? Territory()
    guard territory.incomplete.isEmpty else { return true }
    var rows: [[UInt8]: [Territory.Row]] = [:]
    for row in territory.rows {
      rows[row.path, default: []].append(row)
      if let old = row.oldPath { rows[old, default: []].append(row) }
    }
    let undoing = Undoing(store)
    var held: [[UInt8]: Set<ArraySlice<UInt8>>] = [:]
    return try asked.contains { id in
      guard let commit = try walk.commit(id), let step = try step(commit), !step.isMerge else { return false }
      for change in step.changes.values {
        // What is new, or has no lines, may be what was there once.
        guard change.old != nil, let added = try undoing.linesOnlyThere(after: change) else { return true }
        if added.isEmpty { continue }
        if held[change.path] == nil {
          guard let lines = try undoing.held(by: rows[change.path] ?? []) else { return true }
          held[change.path] = lines
        }
        if let lines = held[change.path], !added.allSatisfy(lines.contains) { return false }
      }
      return true
    }
  }

  /// Those of `asked` that are removals, and the bet's building commits, oldest first; nil when it has none to look at.
  func sort(
    _ asked: Set<ObjectID>, of bet: BetID, pushed: [ObjectID], at tip: ObjectID
  ) throws -> (removals: Set<ObjectID>, building: [Step], history: BetHistory)? {
    let own = try attribution.commits(of: bet).map(\.id) + pushed.reversed()
    let ids = Set(own)
    // A tip that stands alone takes nothing back, and is not taken back.
    guard !ids.isEmpty, ids.count <= Removals.mostCommits, !ids.union(asked).isSubset(of: [tip]) else {
      return nil
    }
    let history = try BetHistory(from: tip, backTo: own, walk)
    let undoing = Undoing(store)
    var removals: Set<ObjectID> = []
    var building: [Step] = []
    for commit in history.commits.reversed() where ids.contains(commit.id) || asked.contains(commit.id) {
      guard let step = try step(commit) else { continue }
      if try undoing.isRemoval(step, of: building) {
        if asked.contains(step.commit) { removals.insert(step.commit) }
      } else if ids.contains(step.commit) {
        building.append(step)
      }
    }
    return (removals, building, history)
  }

  /// What a commit changed against its first parent; nil where that cannot be told in full.
  func step(_ commit: RawCommit) throws(GitError) -> Step? {
    if let known = steps[commit.id] { return known }
    var before: ObjectID?
    if let parent = commit.parents.first {
      before = try walk.commit(parent)?.tree
      if before == nil { return nil }
    }
    let diff = try repository.treeDiff(from: before, to: commit.tree, limit: Territory.largestCommit)
    let step = diff.gap == nil ? Step(commit, diff.changes) : nil
    steps.updateValue(step, forKey: commit.id)
    return step
  }
}

/// What one commit changed, by path; renames are two changes.
struct Step {
  let commit: ObjectID
  let isMerge: Bool
  let changes: [[UInt8]: FileChange]

  init(_ commit: RawCommit, _ changes: [FileChange]) {
    self.commit = commit.id
    isMerge = commit.parents.count > 1
    self.changes = Dictionary(changes.map { ($0.path, $0) }) { $1 }
  }
}

/// Which building commits of a bet have left nothing at a tip.
private struct Outlived {
  /// Those of which some line stands, or may stand.
  private var standing: Set<ObjectID> = []
  /// What commits have only moved, by commit: it has no line of theirs.
  private let moved: [ObjectID: Set<[UInt8]>]
  private let tree: ObjectID
  private let undoing: Undoing
  private let repository: Repository

  init(
    _ building: [Step], in tree: ObjectID, _ history: BetHistory, undoing: Undoing, repository: Repository
  ) throws(GitError) {
    self.tree = tree
    self.undoing = undoing
    self.repository = repository
    let territory = try Territory(of: building, in: repository)
    moved = Dictionary(grouping: territory.rows.filter { $0.oldPath != nil }, by: \.commit)
      .mapValues { Set($0.map(\.path)) }
    let surviving = SurvivingLines(of: territory, in: tree, repository: repository, store: undoing.store) {
      history
    }
    for place in try surviving.places() {
      guard let blob = place.blob else { continue }
      do throws(LineStore.Unreadable) {
        let all = RangeSet(lines: try undoing.store.text(blob).lineCount)
        for found in try undoing.store.origins(of: all, in: blob, surviving.trails, place.ends) {
          standing.insert(found.commit)
        }
      } catch {
        if case .failed(let failure) = error { throw failure }
        // Without lines the content itself has to be gone.
        for row in surviving.rows(of: place) where row.new == blob { standing.insert(row.commit) }
        if case .because(let reason) = error, reason != .binary {
          standing.formUnion(surviving.rows(of: place).map(\.commit))
        }
      }
    }
  }

  /// Those of which nothing stands, nor of what the bet has made of them since. `building` comes oldest first.
  func out(among building: [Step]) throws(GitError) -> Set<ObjectID> {
    var out: Set<ObjectID> = []
    var kept: Set<[UInt8]> = []
    for step in building.reversed() {
      let isGone = try hasGone(step)
      if isGone, kept.isDisjoint(with: step.changes.keys) {
        out.insert(step.commit)
      } else {
        kept.formUnion(step.changes.keys)
      }
    }
    return out
  }

  /// Whether no line of it stands and, where it added none, what it took away is back.
  private func hasGone(_ step: Step) throws(GitError) -> Bool {
    guard !step.isMerge, !step.changes.isEmpty, !standing.contains(step.commit) else { return false }
    let moved = moved[step.commit] ?? []
    let addsNothing = try undoing.addsNothing(step)
    for change in step.changes.values {
      let side = try repository.entry(at: change.path, in: tree)
      if let new = change.new, let side {
        if side == new || change.old != nil && side.mode == new.mode && new.mode != change.old?.mode {
          return false
        }
        // A file without a line of its own stands as long as there is one.
        if change.old == nil, new.id == .emptyBlob || moved.contains(change.path) { return false }
      }
      let mustBeBack = addsNothing || change.new == nil && !moved.isEmpty
      if mustBeBack, try !undoing.isBack(change, as: side) { return false }
    }
    return true
  }
}

extension Territory {
  /// What commits changed, as it is known already; of merges nothing, as always.
  fileprivate init(of steps: [Step], in repository: Repository) throws(GitError) {
    self.init()
    for step in steps where !step.isMerge {
      let changes = step.changes.values.sorted { $0.path.lexicographicallyPrecedes($1.path) }
      for change in try repository.renamed(in: changes) {
        guard let new = change.newBlob, change.oldBlob != new || change.oldPath != nil else { continue }
        rows.append(
          Row(commit: step.commit, path: change.path, oldPath: change.oldPath, old: change.oldBlob, new: new))
      }
    }
  }
}
