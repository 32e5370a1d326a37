import GitFormats
import Libc

/// The file `packed-refs`: a line per reference, `<id> <name>`, and `^<id>` for what a tag names.
///
/// Where the header says that the lines are sorted, which git's always does, they are searched by halves: a push asks for
/// a few of what may be thousands. git takes the header at its word, and does not find what is out of its place. Here two
/// neighbours in the wrong order, on the way to a name, in a folder or at the end, where somebody may have added a line,
/// have all lines read and sorted, as they are without such a header. A line that no search passes is not looked at.
final class PackedRefs {
  private var content: FileBytes
  /// Behind the header.
  private var first: Int

  private static let digits = 40
  private static let header = Array("# pack-refs with:".utf8)

  init(_ content: FileBytes) throws(GitError) {
    self.content = content
    first = content.bytes.starts(with: PackedRefs.header) ? content.lineEnd(from: 0) + 1 : 0
    let traits = content.bytes.prefix(max(0, first - 1)).split(separator: .space)
    if !traits.contains(where: { $0.elementsEqual("sorted".utf8) }) || !isSortedAtEnd { try sort() }
  }

  /// What the reference holds; nil when it is not here.
  func target(of name: String) throws(GitError) -> Repository.RefTarget? {
    let name = Array(name.utf8)
    guard let line = line(at: try place(of: name)), line.bytes(of: content).elementsEqual(name) else {
      return nil
    }
    return try target(line)
  }

  /// The references whose names begin with `prefix`, sorted by name as bytes.
  func entries(under prefix: [UInt8]) throws(GitError) -> [NamedRef] {
    var entries: [NamedRef] = []
    var last: Line?
    var next = try place(of: prefix)
    while next < content.bytes.count {
      guard let line = line(at: next), last.map({ compare($0, with: line) <= 0 }) ?? true else {
        try sort()
        return try self.entries(under: prefix)
      }
      guard line.bytes(of: content).starts(with: prefix) else { break }
      entries.append(NamedRef(name: Array(line.bytes(of: content)), target: try target(line)))
      (last, next) = (line, line.next)
    }
    return entries
  }

  /// Adds the lines of a folder to a hash as they stand; `prefix` ends with a slash.
  func add(under prefix: [UInt8], to hash: inout WordHash) throws(GitError) {
    let behind = prefix.dropLast() + [UInt8(ascii: "/") + 1]
    // The second search may have sorted everything anew.
    let end = try place(of: Array(behind))
    let start = try place(of: prefix)
    guard start < end, end <= content.bytes.count else { return }
    hash.add(UnsafeRawBufferPointer(rebasing: content.bytes[start..<end]))
  }

  /// Whether a reference lies in a folder.
  func has(under prefix: [UInt8]) throws(GitError) -> Bool {
    guard let line = line(at: try place(of: prefix)) else { return false }
    return line.bytes(of: content).starts(with: prefix)
  }

  // MARK: Searching

  /// The line of a reference.
  private struct Line {
    let start: Int
    let name: Range<Int>
    /// Where the next one begins, past the line that says what a tag names.
    let next: Int

    func bytes(of content: FileBytes) -> Slice<UnsafeRawBufferPointer> { content.bytes[name] }
  }

  /// Where the first line begins whose name is `name` or comes after it.
  private func place(of name: [UInt8]) throws(GitError) -> Int {
    if let place = search(for: name) { return place }
    try sort()
    return search(for: name) ?? content.bytes.count
  }

  /// Nil when lines on the way are not in order, or none of a reference.
  private func search(for name: [UInt8]) -> Int? {
    var (low, high) = (first, content.bytes.count)
    var below: Line?
    var above: Line?
    while low < high {
      guard let line = line(at: start(ofLineAt: low + (high - low) / 2)),
        below.map({ compare($0, with: line) <= 0 }) ?? true,
        above.map({ compare(line, with: $0) <= 0 }) ?? true
      else { return nil }
      if line.bytes(of: content).lexicographicallyPrecedes(name) {
        (low, below) = (line.next, line)
      } else {
        (high, above) = (line.start, line)
      }
    }
    return low
  }

  /// Whether the last two lines are in order.
  private var isSortedAtEnd: Bool {
    let last = start(ofLineAt: content.bytes.count - 1)
    guard last > first else { return true }
    guard let line = line(at: last), let before = self.line(at: start(ofLineAt: last - 1)) else {
      return false
    }
    return compare(before, with: line) <= 0
  }

  /// The start of the line of a reference that a byte belongs to.
  private func start(ofLineAt place: Int) -> Int {
    var start = place
    while start > first, content.bytes[start - 1] != .lineFeed || content.bytes[start] == UInt8(ascii: "^") {
      start -= 1
    }
    return start
  }

  /// The line of a reference that starts there; nil when none does.
  private func line(at start: Int) -> Line? {
    let end = content.lineEnd(from: start)
    let name = start + PackedRefs.digits + 1
    guard name < end, content.bytes[name - 1] == .space else { return nil }
    var next = min(end + 1, content.bytes.count)
    while next < content.bytes.count, content.bytes[next] == UInt8(ascii: "^") {
      next = min(content.lineEnd(from: next) + 1, content.bytes.count)
    }
    return Line(start: start, name: name..<end, next: next)
  }

  private func target(_ line: Line) throws(GitError) -> Repository.RefTarget {
    guard let id = ObjectID(hexBytes: content.bytes, at: line.start), !id.isZero else {
      throw corrupt(line.start..<line.name.upperBound)
    }
    return .direct(id)
  }

  /// Below zero when the name on the line comes before the other's.
  private func compare(_ line: Line, with other: Line) -> Int {
    guard let base = content.bytes.baseAddress else { return 0 }
    let common = min(line.name.count, other.name.count)
    let order = memcmp(base + line.name.lowerBound, base + other.name.lowerBound, common)
    return order == 0 ? line.name.count - other.name.count : Int(order)
  }

  // MARK: Sorting

  /// Reads every line, and puts them in order.
  private func sort() throws(GitError) {
    var lines: [Line] = []
    var start = 0
    while start < content.bytes.count {
      let end = content.lineEnd(from: start)
      // Empty lines, and remarks wherever they stand.
      if start == end || [.numberSign, UInt8(ascii: "^")].contains(content.bytes[start]) {
        start = end + 1
        continue
      }
      guard let line = line(at: start) else { throw corrupt(start..<end) }
      lines.append(line)
      start = line.next
    }
    lines.sort { compare($0, with: $1) < 0 }
    var sorted: [UInt8] = []
    sorted.reserveCapacity(content.bytes.count)
    for line in lines { sorted += content.bytes[line.start..<line.name.upperBound] + [.lineFeed] }
    (content, first) = (FileBytes(sorted), 0)
  }

  private func corrupt(_ line: Range<Int>) -> GitError {
    GitError(
      code: .corrupt, category: .reference, function: "references",
      message: "packed-refs has a line that is no reference: "
        + String(decoding: content.bytes[line].prefix(80), as: UTF8.self))
  }
}

extension FileBytes {
  /// The offset of the next line feed, or the end.
  fileprivate func lineEnd(from start: Int) -> Int {
    guard let base = bytes.baseAddress, start < bytes.count,
      let feed = memchr(base + start, Int32(UInt8.lineFeed), bytes.count - start)
    else { return bytes.count }
    return base.distance(to: feed)
  }
}
