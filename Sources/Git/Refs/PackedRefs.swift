import GitFormats
import Libc

/// The file `packed-refs`: a line per reference, `<id> <name>`, and `^<id>` for what a tag names.
///
/// Every line is looked at once, whatever the header claims about their order; only what is asked for becomes a
/// value, found by halves.
struct PackedRefs {
  private let bytes: [UInt8]
  /// Where the lines of references are, in the order of their names as bytes.
  private var lines: [Range<Int>] = []

  private static let digits = 40

  init(_ bytes: [UInt8]) throws(GitError) {
    self.bytes = bytes
    var isSorted = true
    var start = 0
    while start < bytes.count {
      let line = start..<lineEnd(from: start)
      start = line.upperBound + 1
      if line.isEmpty || bytes[line.lowerBound] == .numberSign || bytes[line.lowerBound] == UInt8(ascii: "^")
      {
        continue
      }
      guard line.count > PackedRefs.digits + 1, bytes[line.lowerBound + PackedRefs.digits] == .space else {
        throw corrupt(line)
      }
      if isSorted, let last = lines.last { isSorted = compare(last, with: line) < 0 }
      lines.append(line)
    }
    if !isSorted { lines = lines.sorted { compare($0, with: $1) < 0 } }
  }

  /// What the reference holds; nil when it is not here.
  func target(of name: String) throws(GitError) -> Repository.RefTarget? {
    let name = Array(name.utf8)
    guard let line = lines[firstLine(from: name)...].first, self.name(line) == name[...] else { return nil }
    return try target(line)
  }

  /// The references whose names begin with `prefix`, sorted by name as bytes.
  func entries(under prefix: [UInt8]) throws(GitError) -> [NamedRef] {
    var entries: [NamedRef] = []
    for line in lines[firstLine(from: prefix)...] {
      let name = name(line)
      guard name.starts(with: prefix) else { break }
      entries.append(NamedRef(name: Array(name), target: try target(line)))
    }
    return entries
  }

  private func name(_ line: Range<Int>) -> ArraySlice<UInt8> {
    bytes[(line.lowerBound + PackedRefs.digits + 1)..<line.upperBound]
  }

  private func target(_ line: Range<Int>) throws(GitError) -> Repository.RefTarget {
    guard let id = bytes.withUnsafeBytes({ ObjectID(hexBytes: $0, at: line.lowerBound) }), !id.isZero else {
      throw corrupt(line)
    }
    return .direct(id)
  }

  /// The place of the first line whose name is `name` or comes after it.
  private func firstLine(from name: [UInt8]) -> Int {
    var places = lines.indices
    while !places.isEmpty {
      let middle = places.lowerBound + places.count / 2
      if self.name(lines[middle]).lexicographicallyPrecedes(name) {
        places = (middle + 1)..<places.upperBound
      } else {
        places = places.lowerBound..<middle
      }
    }
    return places.lowerBound
  }

  /// Below zero when the name on the line comes before the other's.
  private func compare(_ line: Range<Int>, with other: Range<Int>) -> Int {
    let skipped = PackedRefs.digits + 1
    return bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      let common = min(line.count, other.count) - skipped
      let order = memcmp(
        base + line.lowerBound + skipped, base + other.lowerBound + skipped, common)
      return order == 0 ? line.count - other.count : Int(order)
    }
  }

  private func lineEnd(from start: Int) -> Int {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress,
        let feed = memchr(base + start, Int32(UInt8.lineFeed), buffer.count - start)
      else { return buffer.count }
      return base.distance(to: feed)
    }
  }

  private func corrupt(_ line: Range<Int>) -> GitError {
    GitError(
      code: .corrupt, category: .reference, function: "references",
      message: "packed-refs has a line that is no reference: "
        + String(decoding: bytes[line].prefix(80), as: UTF8.self))
  }
}
