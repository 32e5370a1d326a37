import Clibgit2

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file's content as far as it has lines.
public enum Blob: Sendable {
  case text(TextBlob)
  /// A NUL among the first 8000 bytes: git's own sign.
  case binary
  case tooLarge
  /// Not here, as in a partial clone; it is not fetched.
  case missing
}

/// Content with lines, each with its line feed but perhaps the last.
public struct TextBlob: Sendable {
  public let bytes: [UInt8]

  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// The number of lines, an unfinished one at the end among them.
  public var lineCount: Int {
    bytes.withUnsafeBufferPointer { bytes in
      var feeds = 0
      for byte in bytes { feeds &+= byte == 10 ? 1 : 0 }
      return feeds + (bytes.isEmpty || bytes.last == 10 ? 0 : 1)
    }
  }

  /// The lines in order, without their line feeds.
  public var lines: [ArraySlice<UInt8>] {
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
  ///
  /// The corresponding C functions are `git_odb_read_header` and `git_odb_read`.
  public func blob(_ id: OID) throws(GitError) -> Blob {
    guard let size = try blobSize(id) else { return .missing }
    guard size <= Repository.largestText.bytes else { return .tooLarge }
    guard let object = try object(id) else { return .missing }
    if let start = object.bytes.baseAddress,
      memchr(start, 0, min(object.bytes.count, Repository.binaryHead)) != nil
    {
      return .binary
    }
    let text = TextBlob(bytes: Array(object.bytes))
    return text.lineCount <= Repository.largestText.lines ? .text(text) : .tooLarge
  }

  /// The number of bytes in a blob; nil when it is not here.
  func blobSize(_ id: OID) throws(GitError) -> Int? {
    var raw = id.raw
    var length = 0
    var type = GIT_OBJECT_INVALID
    let code = git_odb_read_header(&length, &type, odb.pointer, &raw)
    guard code >= 0 else {
      let error = GitError(code, in: "git_odb_read_header")
      if error.isMissingObject { return nil }
      throw error
    }
    guard type == GIT_OBJECT_BLOB else {
      throw GitError(
        code: .wrongKind, category: .odb, function: "git_odb_read_header", message: "\(id) is not a blob")
    }
    return length
  }
}
