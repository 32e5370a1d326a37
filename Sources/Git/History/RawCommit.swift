import GitFormats
import Libc

/// A commit as its object's bytes have it.
///
/// Grafts, replace refs and the `shallow` file play no part: the parents are the ones recorded.
/// Malformed names and dates do not stop it from being read, as in `git log`.
package struct RawCommit: Sendable, Equatable {
  package let id: ObjectID
  package let tree: ObjectID
  package let parents: [ObjectID]
  /// The committer's seconds since 1970, 0 when they cannot be read.
  package let commitTime: Int64
  /// What follows the first empty line, byte for byte; need not be UTF-8.
  package let message: [UInt8]
  /// The lines between the parents and the first empty line.
  private let header: [UInt8]
  /// Whether a line of them may name an encoding: few do, and each message is asked for it.
  private let mayHaveEncoding: Bool

  /// Nil where git calls the object bogus: no tree, or a parent that is not an id.
  init?(id: ObjectID, bytes: UnsafeRawBufferPointer) {
    guard let ancestry = Ancestry(bytes) else { return nil }
    self.id = id
    tree = ancestry.tree
    parents = ancestry.parents
    commitTime = ancestry.time
    let end: Int
    (end, mayHaveEncoding) = RawCommit.headerEnd(bytes, from: ancestry.end)
    header = Array(bytes[ancestry.end..<end])
    message = end + 1 < bytes.count ? Array(bytes[(end + 1)...]) : []
  }

  /// The author; nil when the line is missing or malformed.
  package var author: Signature? { line("author ").flatMap { Signature(bytes: $0) } }

  /// Name, mail and date of the author, byte for byte: what a commit keeps when it is rewritten.
  package var authorLine: [UInt8] { line("author ").map { Array($0) } ?? [] }

  /// The committer; nil when the line is missing or malformed.
  package var committer: Signature? { line("committer ").flatMap { Signature(bytes: $0) } }

  /// The encoding that the commit claims for its message; nil means UTF-8.
  package var encoding: String? {
    mayHaveEncoding ? line("encoding ").map { String(decoding: $0, as: UTF8.self) } : nil
  }

  /// The message for people, in UTF-8 where the commit names an encoding that is known here: its beginning, then.
  ///
  /// Byte for byte where it does not, as `git log` has it.
  package var shownMessage: [UInt8] {
    guard let encoding else { return message }
    return Encoding.utf8(message.prefix(1 << 12), from: encoding) ?? message
  }

  /// Whether the commit carries a signature, whatever it is worth.
  package var isSigned: Bool { line("gpgsig ") != nil }

  /// The signature as git hands it to a signer's program; several headers are one, as for git. Nil without one.
  package var signature: [UInt8]? {
    guard isSigned else { return nil }
    return lines().filter(\.isSignature).reduce(into: []) { text, line in
      let start = line.bytes.first == UInt8(ascii: " ") ? 1 : "gpgsig ".utf8.count
      text += line.bytes.dropFirst(start) + [UInt8(ascii: "\n")]
    }
  }

  /// Whether these are the bytes that were signed: the same commit without its signature.
  func isSignedForm(of unsigned: RawCommit) -> Bool {
    let rest = lines().filter { !$0.isSignature }.flatMap { $0.bytes + [UInt8(ascii: "\n")] }
    return isSigned && tree == unsigned.tree && parents == unsigned.parents && message == unsigned.message
      && rest == unsigned.header
  }

  /// The header's lines after the parents; a signature goes on in lines that begin with a space.
  private func lines() -> [(bytes: ArraySlice<UInt8>, isSignature: Bool)] {
    var lines: [(bytes: ArraySlice<UInt8>, isSignature: Bool)] = []
    var rest = header[...]
    while !rest.isEmpty {
      let line = rest.line
      let goesOn = line.first == UInt8(ascii: " ") && lines.last?.isSignature ?? false
      lines.append((line, goesOn || line.starts(with: "gpgsig ".utf8)))
      rest = rest.dropFirst(line.count + 1)
    }
    return lines
  }

  /// The rest of the first header line that begins with `key`.
  private func line(_ key: String) -> ArraySlice<UInt8>? {
    var rest = header[...]
    while !rest.isEmpty {
      let line = rest.line
      if line.starts(with: key.utf8) { return line.dropFirst(key.utf8.count) }
      rest = rest.dropFirst(line.count + 1)
    }
    return nil
  }

  /// The offset of the empty line, or the end of the bytes; and whether a line before it begins as an encoding does.
  private static func headerEnd(
    _ bytes: UnsafeRawBufferPointer, from start: Int
  ) -> (Int, mayHaveEncoding: Bool) {
    var position = start
    var mayHaveEncoding = false
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { return (position, mayHaveEncoding) }
      if bytes[position] == UInt8(ascii: "e") { mayHaveEncoding = true }
      guard let end = bytes.lineEnd(from: position) else { break }
      position = end + 1
    }
    return (bytes.count, mayHaveEncoding)
  }
}

/// The part of a commit that a walk needs, read without keeping anything else.
struct Ancestry {
  let tree: ObjectID
  let parents: [ObjectID]
  let time: Int64
  /// The offset of the first line after the parents.
  let end: Int

  init?(_ bytes: UnsafeRawBufferPointer) {
    // "tree " and 40 digits and the line feed; "parent " likewise: the lines have fixed sizes.
    guard let tree = Ancestry.id(in: bytes, at: 0, after: "tree ") else { return nil }
    var parents: [ObjectID] = []
    var position = 46
    while Ancestry.begins(bytes, at: position, with: "parent ") {
      guard let parent = Ancestry.id(in: bytes, at: position, after: "parent ") else { return nil }
      parents.append(parent)
      position += 48
    }
    self.tree = tree
    self.parents = parents
    self.time = Ancestry.time(in: bytes, at: position)
    self.end = position
  }

  private static func begins(
    _ bytes: UnsafeRawBufferPointer, at position: Int, with text: StaticString
  ) -> Bool {
    guard position + text.utf8CodeUnitCount <= bytes.count, let base = bytes.baseAddress else {
      return false
    }
    return memcmp(base + position, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  private static func id(
    in bytes: UnsafeRawBufferPointer, at position: Int, after key: StaticString
  ) -> ObjectID? {
    let start = position + key.utf8CodeUnitCount
    guard begins(bytes, at: position, with: key), start + 40 < bytes.count,
      bytes[start + 40] == UInt8(ascii: "\n")
    else { return nil }
    return ObjectID(hexBytes: bytes, at: start)
  }

  /// git's rule: an author line, then a committer line; the digits after the last `>` of it.
  private static func time(in bytes: UnsafeRawBufferPointer, at position: Int) -> Int64 {
    guard begins(bytes, at: position, with: "author"),
      let first = bytes.lineEnd(from: position),
      begins(bytes, at: first + 1, with: "committer"),
      let second = bytes.lineEnd(from: first + 1)
    else { return 0 }
    let line = bytes[(first + 1)..<second]
    guard let close = line.lastIndex(of: UInt8(ascii: ">")) else { return 0 }
    var time: Int64 = 0
    for byte in line[(close + 1)...].drop(while: { $0 == 32 || $0 == 9 }) {
      guard (48...57).contains(byte) else { break }
      let (product, over) = time.multipliedReportingOverflow(by: 10)
      let (sum, past) = product.addingReportingOverflow(Int64(byte - 48))
      if over || past { return Int64.max }
      time = sum
    }
    return time
  }
}

extension UnsafeRawBufferPointer {
  /// The offset of the next line feed.
  fileprivate func lineEnd(from start: Int) -> Int? {
    guard let baseAddress, start < count,
      let found = memchr(baseAddress + start, Int32(UInt8(ascii: "\n")), count - start)
    else { return nil }
    return baseAddress.distance(to: UnsafeRawPointer(found))
  }
}
