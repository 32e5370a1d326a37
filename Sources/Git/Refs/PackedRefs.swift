import GitFormats
import Libc

/// The file `packed-refs`: a line per reference, `<id> <name>`, and `^<id>` for what a tag names.
struct PackedRefs {
  let bytes: [UInt8]

  /// The references whose names begin with `prefix`, sorted by name as bytes.
  ///
  /// Goes through all lines, whatever the header claims about their order; only those that match become
  /// values.
  func entries(under prefix: [UInt8]) throws(GitError) -> [NamedRef] {
    var entries: [NamedRef] = []
    var sorted = true
    var start = 0
    while start < bytes.count {
      let end = lineEnd(from: start)
      defer { start = end + 1 }
      let first = bytes[start]
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "^") || end == start { continue }
      let nameStart = start + 41
      guard nameStart < end, bytes[nameStart - 1] == UInt8(ascii: " ") else {
        throw PackedRefs.corrupt(bytes[start..<end])
      }
      guard begins(at: nameStart, end: end, with: prefix) else { continue }
      guard let id = bytes.withUnsafeBytes({ ObjectID(hexBytes: $0, at: start) }), !id.isZero else {
        throw PackedRefs.corrupt(bytes[start..<end])
      }
      let entry = NamedRef(name: Array(bytes[nameStart..<end]), target: .direct(id))
      if let last = entries.last, !last.precedes(entry) { sorted = false }
      entries.append(entry)
    }
    if !sorted { entries.sort { $0.precedes($1) } }
    return entries
  }

  private func lineEnd(from start: Int) -> Int {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress,
        let feed = memchr(base + start, Int32(UInt8(ascii: "\n")), buffer.count - start)
      else { return buffer.count }
      return base.distance(to: feed)
    }
  }

  private func begins(at start: Int, end: Int, with prefix: [UInt8]) -> Bool {
    end - start > prefix.count
      && bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { memcmp($0 + start, prefix, prefix.count) == 0 } ?? false
      }
  }

  private static func corrupt(_ line: ArraySlice<UInt8>) -> GitError {
    GitError(
      code: .corrupt, category: .reference, function: "references",
      message: "packed-refs has a line that is no reference: "
        + String(decoding: line.prefix(80), as: UTF8.self))
  }
}
