import Git

/// Follows the lines that some commits brought into a later tree.
///
/// Where a file is no longer under its path, the commits since then are asked for its new name.
struct SurvivingLines {
  let trails: TerritoryTrails
  private let repository: Repository
  private let store: LineStore
  private let tree: ObjectID
  private let trees: TreeReader
  private let history: () throws(GitError) -> BetHistory

  /// `history` is asked for only when a file is no longer under its path.
  init(
    of territory: Territory, in tree: ObjectID, repository: Repository, store: LineStore,
    history: @escaping () throws(GitError) -> BetHistory
  ) {
    self.history = history
    trails = TerritoryTrails(territory)
    self.repository = repository
    self.store = store
    self.tree = tree
    trees = TreeReader(repository)
  }

  /// A file that the commits changed, with the ends of the trails that lead to it.
  struct Place {
    let path: [UInt8]
    /// What is there now; nil when it is gone, or is no regular file.
    let blob: ObjectID?
    var ends: [Int]
  }

  /// Every file that was changed, by its path now, or its last one.
  func places() throws(GitError) -> [Place] {
    var places: [[UInt8]: Place] = [:]
    var gone: [(path: [UInt8], ends: [Int])] = []
    func add(_ ends: [Int], at path: [UInt8], _ blob: ObjectID?) {
      places[path, default: Place(path: path, blob: blob, ends: [])].ends += ends
    }
    for (path, ends) in trails.ends.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if let side = try trees.entry(at: path, in: tree) {
        add(ends, at: path, side.mode.isRegular ? side.id : nil)
      } else {
        gone.append((path, ends))
      }
    }
    let names = gone.isEmpty ? [:] : try newNames(of: gone)
    for (path, ends) in gone {
      let name = names[path] ?? path
      let side = try trees.entry(at: name, in: tree)
      add(ends, at: name, side.flatMap { $0.mode.isRegular ? $0.id : nil })
    }
    return places.values.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The rows of all trails that end there.
  func rows(of place: Place) -> [Territory.Row] {
    var seen: Set<Territory.Row> = []
    for end in place.ends {
      for row in trails.trail(from: end) where !seen.insert(row).inserted { break }
    }
    return trails.rows.filter(seen.contains)
  }

  /// How many lines the commits put in, taken one by one.
  func brought(to place: Place) throws(LineStore.Unreadable) -> Int {
    var count = 0
    for row in rows(of: place) {
      if let old = row.old {
        for hunk in try store.hunks(from: old, to: row.new) { count += hunk.new.count }
      } else {
        count += try store.text(row.new).lineCount
      }
    }
    return count
  }

  /// The lines of the file that the commits brought, and how many it has.
  func lines(in place: Place) throws(LineStore.Unreadable) -> (found: RangeSet<Int>, count: Int) {
    guard let blob = place.blob else { return (RangeSet(), 0) }
    let count = try store.text(blob).lineCount
    let found = try store.origins(of: RangeSet(lines: count), in: blob, trails, place.ends)
    return (RangeSet(found.map(\.origin)), count)
  }

  /// What the files that are gone are called now, by what they were called when the commits changed them last.
  ///
  /// Every commit since then is asked, as `git log --follow` does the other way round: about a tenth of a millisecond
  /// for each.
  private func newNames(of gone: [(path: [UInt8], ends: [Int])]) throws(GitError) -> [[UInt8]: [UInt8]] {
    var starts: [ObjectID: [[UInt8]]] = [:]
    for (path, ends) in gone {
      if let end = ends.max() { starts[trails.rows[end].commit, default: []].append(path) }
    }
    let history = try history()
    var names: [[UInt8]: [UInt8]] = [:]
    for commit in history.commits.reversed() {
      let moved = names.isEmpty ? [:] : try renames(of: Set(names.values), by: commit, history)
      if !moved.isEmpty { names = names.mapValues { moved[$0] ?? $0 } }
      for path in starts[commit.id] ?? [] { names[path] = path }
    }
    return names
  }

  /// The new names of those files that a commit moved; none where that cannot be told.
  private func renames(
    of names: Set<[UInt8]>, by commit: RawCommit, _ history: BetHistory
  ) throws(GitError) -> [[UInt8]: [UInt8]] {
    guard commit.parents.count == 1, let before = try history.tree(of: commit.parents[0], repository) else {
      return [:]
    }
    let diff = try repository.treeDiff(from: before, to: commit.tree, limit: Territory.largestCommit)
    guard diff.changes.contains(where: { $0.new == nil && names.contains($0.path) }) else { return [:] }
    var moved: [[UInt8]: [UInt8]] = [:]
    for change in try repository.renamed(in: diff.changes) {
      if let old = change.oldPath { moved[old] = change.path }
    }
    return moved
  }
}
