import Git

/// A name of a bet in a commit's message.
struct Saying: Hashable {
  let commit: ObjectID
  /// The committer's clock.
  let time: Int64
  /// The position in the index's list of names.
  let name: Int
  /// Outside the trailer block, which does not name the bet.
  let isBuried: Bool
}

/// What all commits say, sorted by commit, then by name, as it stands in the file: a question takes the rows that it
/// needs, and a new commit is put between the others without taking them apart.
struct Sayings: Equatable {
  /// Commit (20 bytes), time (8), twice the name's position, and 1 for a buried one (4).
  private static let width = 32

  private(set) var bytes: ArraySlice<UInt8> = []

  init() {}

  init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count % Sayings.width == 0 else { return nil }
    self.bytes = bytes
  }

  var count: Int { bytes.count / Sayings.width }

  /// Nil past the end.
  func saying(at row: Int) -> Saying? {
    var reader = reader(at: row)
    guard let commit = reader.id(), let time: Int64 = reader.number(), let name: UInt32 = reader.number()
    else {
      return nil
    }
    return Saying(commit: commit, time: time, name: Int(name >> 1), isBuried: name & 1 == 1)
  }

  /// The position of the name alone: what is asked of every row.
  func name(at row: Int) -> Int {
    var reader = reader(at: row, 28)
    let name: UInt32? = reader.number()
    return name.map { Int($0 >> 1) } ?? 0
  }

  private func reader(at row: Int, _ offset: Int = 0) -> CacheReader {
    CacheReader(bytes.dropFirst(row * Sayings.width + offset))
  }

  /// What a commit says.
  func of(_ commit: ObjectID) -> [Saying] {
    var found: [Saying] = []
    var row = firstRow(from: commit)
    while let saying = saying(at: row), saying.commit == commit {
      found.append(saying)
      row += 1
    }
    return found
  }

  /// The first row of this commit, or of a greater one.
  private func firstRow(from commit: ObjectID) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      var reader = reader(at: middle)
      if let other = reader.id(), other < commit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds what new commits say; what is known of a commit stays as it is.
  mutating func add(_ sayings: [Saying]) {
    let new = Set(sayings).filter { of($0.commit).isEmpty }.sorted {
      $0.commit != $1.commit ? $0.commit < $1.commit : $0.name < $1.name
    }
    guard !new.isEmpty else { return }
    var writer = CacheWriter()
    writer.bytes.reserveCapacity(bytes.count + new.count * Sayings.width)
    var written = 0
    for saying in new {
      let row = firstRow(from: saying.commit)
      writer.bytes += rows(written..<row)
      written = row
      writer.add(saying.commit)
      writer.add(saying.time)
      writer.add(UInt32(saying.name) << 1 | (saying.isBuried ? 1 : 0))
    }
    writer.bytes += rows(written..<count)
    bytes = writer.bytes[...]
  }

  private func rows(_ range: Range<Int>) -> ArraySlice<UInt8> {
    bytes.dropFirst(range.lowerBound * Sayings.width).prefix(range.count * Sayings.width)
  }
}
