import Libc

/// Small files of the git directory, read and written whole.
enum File {
  /// Reads a regular file; nil when there is none at the path, nor a directory on the way to it.
  ///
  /// Anything longer than `limit` is an error, as is anything but a regular file: a pipe would block.
  static func read(_ path: String, limit: Int = 1 << 30) throws(GitError) -> [UInt8]? {
    try readStamped(path, limit: limit)?.bytes
  }

  /// The same, with the stat that goes with the bytes.
  static func readStamped(
    _ path: String, limit: Int
  ) throws(GitError) -> (bytes: [UInt8], stamp: FileStamp)? {
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
    guard status.st_size <= limit else {
      throw GitError(code: .corrupt, category: .os, function: "open", message: "\(path) is too large")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        retrying { readSome(file, buffer, from: filled) }
      }
      guard count >= 0 else { throw .system("read", path, errno: errno) }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return (bytes, FileStamp(status))
  }

  /// Adds bytes at the end of an existing file in one write, so no other writer can come between.
  static func append(_ bytes: [UInt8], to path: String) throws(GitError) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw .system("open", path, errno: errno) }
    defer { close(file) }
    guard retrying({ write(file, bytes, bytes.count) }) == bytes.count else {
      throw .system("write", path, errno: errno)
    }
  }

  /// The names in a directory; nil when it does not exist or is not one.
  static func names(in path: String) throws(GitError) -> [String]? {
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

  /// Whether anything is at the path.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether the path itself is a symbolic link.
  static func isSymbolicLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether the path is a directory, also through a symbolic link.
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

/// Calls again for as long as a signal interrupts the call.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// The C function, under a name that ``File/read(_:limit:)`` does not hide.
private func readSome(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer, from start: Int) -> Int {
  guard let base = buffer.baseAddress else { return 0 }
  return read(file, base + start, buffer.count - start)
}
