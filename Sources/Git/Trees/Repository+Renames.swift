import GitFormats

extension Repository {
  /// How many pairs of a removed and an added file are compared line by line; above, only equal file names are.
  private static let comparedPairs = 400

  /// Joins a removed and an added file to one change where the file was renamed.
  ///
  /// First those with the same blob, at once and whatever their number. Then those of which at least half is the same
  /// lines, the most alike first, as git does it: only then are blobs read.
  package func renamed(in changes: [FileChange]) throws(GitError) -> [FileChange] {
    var removed = changes.filter { $0.new == nil && $0.oldBlob != nil }
    var added = changes.filter { $0.old == nil && $0.newBlob != nil }
    guard !removed.isEmpty, !added.isEmpty else { return changes }
    var sources: [[UInt8]: FileChange] = [:]
    Repository.pairEqual(removed, with: added, in: &sources)
    let gone = Set(sources.values.map(\.path))
    removed.removeAll { gone.contains($0.path) }
    added.removeAll { sources[$0.path] != nil }
    try pairAlike(removed, with: added, in: &sources)

    let moved = Set(sources.values.map(\.path))
    return changes.compactMap { change in
      if change.new == nil, moved.contains(change.path) { return nil }
      guard change.old == nil, let source = sources[change.path] else { return change }
      return FileChange(path: change.path, oldPath: source.path, old: source.old, new: change.new)
    }
  }

  /// Pairs files with the same blob; of the next few, the one with the same name. Empty files are all alike.
  private static func pairEqual(
    _ removed: [FileChange], with added: [FileChange], in sources: inout [[UInt8]: FileChange]
  ) {
    // Backwards, so that the first is taken off the end.
    var byBlob = Dictionary(grouping: removed.reversed()) { $0.oldBlob ?? .zero }
    byBlob[.emptyBlob] = nil
    for change in added {
      guard let blob = change.newBlob, let left = byBlob[blob], let first = left.indices.last else {
        continue
      }
      let named = left.indices.suffix(16).last { left[$0].path.fileName == change.path.fileName }
      sources[change.path] = byBlob[blob]?.remove(at: named ?? first)
    }
  }

  private func pairAlike(
    _ removed: [FileChange], with added: [FileChange], in sources: inout [[UInt8]: FileChange]
  ) throws(GitError) {
    let many = removed.count * added.count > Repository.comparedPairs
    var lines: [ObjectID: LineBag?] = [:]
    func bag(_ id: ObjectID?) throws(GitError) -> LineBag? {
      guard let id else { return nil }
      if let known = lines[id] { return known }
      var made: LineBag?
      if case .text(let text) = try blob(id) { made = LineBag(text) }
      lines.updateValue(made, forKey: id)
      return made
    }
    let byName = many ? Dictionary(grouping: removed) { $0.path.fileName } : [:]
    var pairs: [(likeness: Double, from: FileChange, to: FileChange)] = []
    var left = Repository.comparedPairs
    for to in added where left > 0 {
      for from in many ? byName[to.path.fileName] ?? [] : removed {
        left -= 1
        guard left >= 0, let old = try bag(from.oldBlob), let new = try bag(to.newBlob) else { continue }
        let likeness = old.likeness(to: new)
        if likeness >= LineBag.same { pairs.append((likeness, from, to)) }
      }
    }
    pairs.sort { $0.likeness > $1.likeness }
    var taken: Set<[UInt8]> = []
    for pair in pairs where sources[pair.to.path] == nil && taken.insert(pair.from.path).inserted {
      sources[pair.to.path] = pair.from
    }
  }
}

/// The lines of a text without their order, for saying how alike two texts are.
package struct LineBag: Sendable {
  /// The likeness from which on two files count as one: git's own.
  package static let same = 0.5

  /// How many bytes there are in lines of each kind, which are told apart by a hash.
  private var bytes: [UInt64: Int] = [:]
  private var size = 0

  package init(_ text: TextBlob) {
    size = text.bytes.count
    text.bytes.withUnsafeBufferPointer { bytes in
      var (line, start) = (FNV(), 0)
      for (index, byte) in bytes.enumerated() {
        line.add(byte)
        guard byte == 10 || index == bytes.count - 1 else { continue }
        self.bytes[line.hash, default: 0] += index + 1 - start
        (line, start) = (FNV(), index + 1)
      }
    }
  }

  /// The share of the larger text that is lines of both, 0 to 1.
  package func likeness(to other: LineBag) -> Double {
    let larger = max(size, other.size)
    guard larger > 0, Double(min(size, other.size)) >= Double(larger) * LineBag.same else { return 0 }
    var common = 0
    for (hash, count) in bytes { common += min(count, other.bytes[hash] ?? 0) }
    return Double(common) / Double(larger)
  }
}

extension [UInt8] {
  /// What follows the last slash of a path.
  var fileName: ArraySlice<UInt8> { self[(lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...] }
}
