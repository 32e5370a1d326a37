import Libc

/// Small files, read and written whole: how all rooms touch a disk. The callers have words of their own for what fails.
package enum File {
  // MARK: What is there

  /// What stands under a name itself, a link not followed.
  package enum Kind: Sendable { case nothing, file, directory, link, other }

  package static func kind(_ path: String) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .nothing }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    case S_IFLNK: .link
    default: .other
    }
  }

  /// Whether anything is at the path, at the end of a link too.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether the path is a directory, also through a symbolic link.
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a directory; nil when it does not exist or is not one.
  package static func names(in path: String) throws(GitError) -> [String]? {
    guard let directory = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system("opendir", path, errno: errno)
    }
    defer { closedir(directory) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .system("readdir", path, errno: errno) }
    return names
  }

  // MARK: Reading

  /// Reads a regular file; nil when there is none at the path, nor a directory on the way to it.
  ///
  /// Anything longer than `limit` is an error, as is anything but a regular file: a pipe would block.
  package static func read(_ path: String, limit: Int = 1 << 30) throws(GitError) -> [UInt8]? {
    try readStamped(path, limit: limit)?.bytes
  }

  /// The same, with the stat that goes with the bytes.
  static func readStamped(
    _ path: String, limit: Int
  ) throws(GitError) -> (bytes: [UInt8], stamp: FileStamp)? {
    try withRegular(path) { file, status throws(GitError) in
      let count = try size(status, at: path, limit: limit)
      return (try bytes(of: file, from: 0, count: count, at: path), FileStamp(status))
    }
  }

  /// The number of bytes of a file; more than `limit` are an error.
  static func size(_ status: stat, at path: String, limit: Int) throws(GitError) -> Int {
    guard status.st_size <= limit else {
      throw GitError(code: .corrupt, category: .os, function: "open", message: "\(path) is too large")
    }
    return Int(status.st_size)
  }

  /// Reads the first bytes of a regular file, at most `count`, and its size; nil when there is none at the path.
  static func readStart(of path: String, count: Int) throws(GitError) -> (bytes: [UInt8], size: Int)? {
    try withRegular(path) { file, status throws(GitError) in
      let size = Int(status.st_size)
      return (try bytes(of: file, from: 0, count: min(count, size), at: path), size)
    }
  }

  /// Reads the last bytes of a regular file, at most `count`; nil when there is none at the path.
  package static func readEnd(of path: String, count: Int) throws(GitError) -> [UInt8]? {
    try withRegular(path) { file, status throws(GitError) in
      let start = max(0, Int(status.st_size) - count)
      return try bytes(of: file, from: start, count: Int(status.st_size) - start, at: path)
    }
  }

  static func withRegular<Result>(
    _ path: String, _ body: (Int32, stat) throws(GitError) -> Result
  ) throws(GitError) -> Result? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system("open", path, errno: errno)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system("fstat", path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw GitError(code: .corrupt, category: .os, function: "open", message: "\(path) is no file")
    }
    return try body(file, status)
  }

  /// Bytes from the middle of a file, fewer when it has become shorter.
  static func bytes(
    of file: Int32, from start: Int, count: Int, at path: String
  ) throws(GitError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        retrying { pread(file, buffer.baseAddress! + filled, count - filled, off_t(start + filled)) }
      }
      guard read >= 0 else { throw .system("read", path, errno: errno) }
      if read == 0 { break }
      filled += read
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
