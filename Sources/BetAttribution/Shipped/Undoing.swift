import Bets
import Git

/// Compares what a commit does with what others did before it, line by line.
///
/// A commit is a removal when it takes away a line that building commits had added, and each line that it adds one of
/// them had removed: on the same path and in the same order. Where there are no lines, the old content is back. A
/// building commit that added nothing is undone by what gives its lines back.
struct Undoing {
  private typealias Line = ArraySlice<UInt8>

  /// What a change is to the changes before it.
  private enum Effect { case builds, undoes, neither }

  /// More building commits on the same paths are not compared.
  private static let mostOnPaths = 200
  /// How many lines may be compared for one file.
  private static let mostComparisons = 2_000_000

  let store: LineStore

  init(_ store: LineStore) { self.store = store }

  func isRemoval(_ step: Step, of building: [Step]) throws(GitError) -> Bool {
    guard !step.isMerge else { return false }
    let near = building.filter { earlier in step.changes.keys.contains { earlier.changes[$0] != nil } }
    guard !near.isEmpty, near.count <= Undoing.mostOnPaths else { return false }
    var undoes = false
    for change in step.changes.values {
      switch try effect(of: change, after: near.filter { $0.changes[change.path] != nil }) {
      case .builds: return false
      case .undoes: undoes = true
      case .neither: continue
      }
    }
    return undoes
  }

  /// Whether a commit added no line and no content, and made nothing executable.
  func addsNothing(_ step: Step) throws(GitError) -> Bool {
    for change in step.changes.values {
      guard let new = change.new else { continue }
      guard new.mode == change.old?.mode, let lines = try lines(of: change), lines.added.isEmpty else {
        return false
      }
    }
    return true
  }

  /// Whether what a change took away is there again.
  func isBack(_ change: FileChange, as side: FileChange.Side?) throws(GitError) -> Bool {
    guard let old = change.old, let side, side.mode == old.mode else { return false }
    guard side.id != old.id else { return true }
    guard let taken = try lines(of: change)?.removed else { return false }
    guard let there = try lines(of: FileChange(path: change.path, old: nil, new: side))?.added else {
      return false
    }
    return isFound(taken, in: [there])
  }

  // MARK: One file

  private func effect(of change: FileChange, after near: [Step]) throws(GitError) -> Effect {
    let earlier = near.compactMap { $0.changes[change.path] }
    if let new = change.new, new.mode != change.old?.mode {
      guard earlier.contains(where: { $0.old?.mode == new.mode && $0.new?.mode != new.mode }) else {
        return .builds
      }
      if change.isModeChange { return .undoes }
    }
    guard let lines = try lines(of: change) else {
      guard let new = change.new else {
        return earlier.contains { $0.new?.id == change.old?.id } ? .undoes : .neither
      }
      return earlier.contains { $0.old?.id == new.id } ? .undoes : .builds
    }
    let removed = try earlier.map { earlier throws(GitError) in try self.lines(of: earlier)?.removed ?? [] }
    guard isFound(lines.added, in: removed) else { return .builds }
    if try takesAway(lines.places, of: change, from: near) { return .undoes }
    guard !lines.added.isEmpty else { return .neither }
    var given: [[Line]] = []
    for (step, lines) in zip(near, removed) where try addsNothing(step) { given.append(lines) }
    return isFound(lines.added, in: given) ? .undoes : .neither
  }

  /// Whether some of the lines are the building commits' own, as blame has it.
  private func takesAway(
    _ places: RangeSet<Int>, of change: FileChange, from near: [Step]
  ) throws(GitError) -> Bool {
    guard let blob = change.oldBlob, !places.isEmpty else { return false }
    let rows = near.compactMap { step in
      step.changes[change.path].flatMap { earlier in
        earlier.newBlob.map {
          Territory.Row(commit: step.commit, path: change.path, old: earlier.oldBlob, new: $0)
        }
      }
    }
    let trails = TerritoryTrails(Territory(rows: rows))
    return try readable { () throws(LineStore.Unreadable) in
      try !store.origins(of: places, in: blob, trails, trails.ends[change.path] ?? []).isEmpty
    } ?? false
  }

  /// Whether the lines are those of the lists, each used once and each list in its order.
  ///
  /// Where a line stands in several lists, the one that went on last is taken, else the nearest: what `git revert` makes
  /// of several commits is found so, and what is not found is no removal.
  private func isFound(_ lines: [Line], in lists: [[Line]]) -> Bool {
    var rest = lists.map { $0[...] }
    var last: Int?
    var left = Undoing.mostComparisons
    for line in lines {
      var best: (list: Int, place: Int, distance: Int)?
      for (number, list) in rest.enumerated() {
        let reach = min(list.count, best?.distance ?? .max)
        let place = list.prefix(reach).firstIndex(of: line)
        left -= (place ?? list.startIndex + reach) - list.startIndex + 1
        guard left > 0 else { return false }
        guard let place else { continue }
        if number == last, place == list.startIndex {
          best = (number, place, -1)
          break
        }
        best = (number, place, place - list.startIndex)
      }
      guard let best else { return false }
      rest[best.list] = rest[best.list][(best.place + 1)...]
      last = best.list
    }
    return true
  }

  // MARK: Lines

  /// The lines of a file that it has nowhere before a change: some of those that the change adds, found without comparing
  /// line by line. Nil where there are none to compare.
  func linesOnlyThere(after change: FileChange) throws(GitError) -> [ArraySlice<UInt8>]? {
    guard let old = change.oldBlob, let new = change.newBlob else { return change.new == nil ? [] : nil }
    return try readable { () throws(LineStore.Unreadable) in
      let known = Set(try store.text(old).lines)
      return try store.text(new).lines.filter { !known.contains($0) }
    }
  }

  /// All lines that commits have found in their files; nil where one of them cannot be read as lines.
  func held(by rows: [Territory.Row]) throws(GitError) -> Set<ArraySlice<UInt8>>? {
    try readable { () throws(LineStore.Unreadable) in
      var lines: Set<ArraySlice<UInt8>> = []
      for blob in Set(rows.compactMap(\.old)) { lines.formUnion(try store.text(blob).lines) }
      return lines
    }
  }

  /// The lines that a change takes away, with their numbers, and those that it adds; nil where there are none to compare.
  private func lines(
    of change: FileChange
  ) throws(GitError) -> (removed: [Line], places: RangeSet<Int>, added: [Line])? {
    for side in [change.old, change.new] where !(side?.mode.isRegular ?? true) { return nil }
    if change.old?.id == change.new?.id { return ([], RangeSet(), []) }
    let texts = try readable { () throws(LineStore.Unreadable) in
      let none = TextBlob(bytes: [])
      return (
        old: try change.oldBlob.map { id throws(LineStore.Unreadable) in try store.text(id) } ?? none,
        new: try change.newBlob.map { id throws(LineStore.Unreadable) in try store.text(id) } ?? none
      )
    }
    guard let texts else { return nil }
    let hunks = try texts.old.hunks(to: texts.new)
    let (old, new) = (texts.old.lines, texts.new.lines)
    func pick(_ lines: [Line], _ range: Range<Int>) -> ArraySlice<Line> {
      lines[max(0, range.lowerBound - 1)..<min(lines.count, range.upperBound - 1)]
    }
    return (
      hunks.flatMap { pick(old, $0.old) }, RangeSet(hunks.map(\.old)), hunks.flatMap { pick(new, $0.new) }
    )
  }

  /// Nil for what cannot be read as lines.
  private func readable<Value>(
    _ body: () throws(LineStore.Unreadable) -> Value
  ) throws(GitError) -> Value? {
    do throws(LineStore.Unreadable) { return try body() } catch {
      if case .failed(let failure) = error { throw failure }
      return nil
    }
  }
}
