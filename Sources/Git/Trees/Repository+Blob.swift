import GitFormats
import Libc

/// A file's content as far as it has lines.
package enum Blob: Sendable {
  case text(TextBlob)
  /// A NUL among the first 8000 bytes: git's own sign.
  case binary
  case tooLarge
  /// Not here, as in a partial clone; it is not fetched.
  case missing
}

/// Content with lines, each with its line feed but perhaps the last.
package struct TextBlob: Sendable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// The number of lines, an unfinished one at the end among them.
  package var lineCount: Int {
    bytes.withUnsafeBufferPointer { bytes in
      var feeds = 0
      for byte in bytes { feeds &+= byte == 10 ? 1 : 0 }
      return feeds + (bytes.isEmpty || bytes.last == 10 ? 0 : 1)
    }
  }

  /// The lines in order, without their line feeds.
  package var lines: [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      lines.append(bytes[start..<end])
      start = end + 1
    }
    return lines
  }
}

extension Repository {
  /// The largest file whose lines are compared, in bytes and in lines.
  static let largestText = (bytes: 1 << 20, lines: 50_000)
  private static let binaryHead = 8000

  /// Reads a blob; its size is looked at first, and what is too large or not here is not read.
  package func blob(_ id: ObjectID) throws(GitError) -> Blob {
    guard let size = try blobSize(id) else { return .missing }
    guard size <= Repository.largestText.bytes else { return .tooLarge }
    guard let object = try objects.read(id, as: .blob) else { return .missing }
    if let start = object.bytes.baseAddress,
      memchr(start, 0, min(object.bytes.count, Repository.binaryHead)) != nil
    {
      return .binary
    }
    let text = TextBlob(bytes: Array(object.bytes))
    return text.lineCount <= Repository.largestText.lines ? .text(text) : .tooLarge
  }

  /// The number of bytes in a blob; nil when it is not here.
  package func blobSize(_ id: ObjectID) throws(GitError) -> Int? {
    guard let header = try objects.header(of: id) else { return nil }
    guard header.kind == .blob else {
      throw GitError(
        code: .wrongKind, category: .odb, function: "git_odb_read_header", message: "\(id) is not a blob")
    }
    return header.size
  }
}
