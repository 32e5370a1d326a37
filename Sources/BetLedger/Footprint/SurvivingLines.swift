import Git

/// Follows the lines that some commits brought into a later tree.
///
/// Where a file is no longer under its path, it is looked for under another: one that a commit of the territory gave
/// it, one with the same content, one of which at least half is the same.
struct SurvivingLines {
  /// How many pairs of files are compared for a rename.
  private static let comparedPairs = 400

  let trails: TerritoryTrails
  private let repository: Repository
  private let store: LineStore
  private let tree: OID
  private let trees: TreeReader

  init(_ territory: Territory, in tree: OID, _ repository: Repository, _ store: LineStore) {
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
    let blob: OID?
    var ends: [Int]
  }

  /// Every file that was changed, by its path now, or its last one.
  func places() throws(GitError) -> [Place] {
    var places: [[UInt8]: Place] = [:]
    var gone: [(path: [UInt8], ends: [Int])] = []
    func add(_ ends: [Int], at path: [UInt8], _ blob: OID?) {
      places[path, default: Place(path: path, blob: blob, ends: [])].ends += ends
    }
    for (path, ends) in trails.ends.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let later = try renamedLater(path, after: ends.max() ?? 0)
      if let side = try trees.entry(at: later, in: tree) {
        add(ends, at: later, side.mode.isRegular ? side.id : nil)
      } else {
        gone.append((path, ends))
      }
    }
    if !gone.isEmpty {
      var search = try RenameSearch(self)
      for (path, ends) in gone {
        let found = try ends.last.flatMap { end throws(GitError) in try search.find(trails.rows[end]) }
        add(ends, at: found?.path ?? path, found?.blob)
      }
    }
    return places.values.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The path that a later commit of the territory gave the file, if any did.
  private func renamedLater(_ path: [UInt8], after row: Int) throws(GitError) -> [UInt8] {
    var (path, row) = (path, row)
    while try trees.entry(at: path, in: tree) == nil,
      let next = trails.rows.indices.dropFirst(row + 1).first(where: { trails.rows[$0].oldPath == path })
    {
      (path, row) = (trails.rows[next].path, next)
    }
    return path
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

  /// Looks for files under another name among those that are new since the oldest of the commits.
  private struct RenameSearch {
    private let lines: SurvivingLines
    private var added: [FileChange] = []
    private var pairs = SurvivingLines.comparedPairs

    init(_ lines: SurvivingLines) throws(GitError) {
      self.lines = lines
      guard let first = lines.trails.rows.first, let oldest = try lines.repository.commit(first.commit) else {
        return
      }
      added = try lines.repository.treeDiff(from: oldest.tree, to: lines.tree).changes.filter {
        $0.old == nil && $0.newBlob != nil
      }
    }

    mutating func find(_ row: Territory.Row) throws(GitError) -> (path: [UInt8], blob: OID)? {
      guard let commit = try lines.repository.commit(row.commit) else { return nil }
      let name = row.path.fileName
      let named = added.filter { $0.path.fileName == name } + added.filter { $0.path.fileName != name }
      func isNew(_ file: FileChange) throws(GitError) -> Bool {
        try lines.repository.entry(at: file.path, in: commit.tree) == nil
      }
      for file in named where row.new != .emptyBlob && file.newBlob == row.new {
        if try isNew(file) { return (file.path, row.new) }
      }
      guard let bag = try lines.store.bag(row.new) else { return nil }
      var best: (likeness: Double, path: [UInt8], blob: OID)?
      for file in named where pairs > 0 {
        pairs -= 1
        guard let blob = file.newBlob, let other = try lines.store.bag(blob) else { continue }
        let likeness = bag.likeness(to: other)
        if likeness >= LineBag.same, likeness > best?.likeness ?? 0, try isNew(file) {
          best = (likeness, file.path, blob)
        }
      }
      return best.map { ($0.path, $0.blob) }
    }
  }
}

extension [UInt8] {
  /// What follows the last slash of a path.
  fileprivate var fileName: ArraySlice<UInt8> {
    self[(lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
  }
}
