import Libc

/// The bytes of a file, as they were when it was opened: mapped where there are many of them, of which few are looked at.
///
/// Whoever writes such a file puts a new one in its place; the old one stays as long as it is mapped here.
final class FileBytes {
  let bytes: UnsafeRawBufferPointer
  let isMapped: Bool

  /// git's own number: fewer are read at once for less.
  private static let few = 1 << 15

  init(_ array: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: array.count, alignment: 1)
    copy.copyBytes(from: array)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  /// Nil where there are few, and where the file system maps none.
  init?(mapping file: Int32, count: Int) {
    guard count > FileBytes.few, let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0),
      start != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
    isMapped = true
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count)
    } else {
      bytes.deallocate()
    }
  }
}

extension File {
  /// The bytes of a regular file with the stat that goes with them; nil when there is none at the path.
  static func mapped(_ path: String, limit: Int) throws(GitError) -> (bytes: FileBytes, stamp: FileStamp)? {
    try withRegular(path) { file, status throws(GitError) in
      let count = try size(status, at: path, limit: limit)
      if let mapped = FileBytes(mapping: file, count: count) { return (mapped, FileStamp(status)) }
      return (FileBytes(try bytes(of: file, from: 0, count: count, at: path)), FileStamp(status))
    }
  }
}
