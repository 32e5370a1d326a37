import Libc

extension File {
  /// Adds bytes at the end of a file in one write, so no other writer can come between.
  ///
  /// A file that is not there is made with the permissions `mode`; without one that is an error.
  package static func append(_ bytes: [UInt8], to path: String, creating mode: mode_t? = nil) throws(GitError)
  {
    let file = open(
      path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | (mode == nil ? 0 : O_CREAT), mode ?? 0)
    guard file >= 0 else { throw .system("open", path, errno: errno) }
    defer { close(file) }
    guard send(bytes, to: file) else { throw .system("write", path, errno: errno) }
  }

  /// Adds bytes to a file that several processes write to and that must not grow for ever: past `largest` it is put
  /// aside as `<path>.old`, which replaces the one before it.
  ///
  /// What is no regular file is not written to, a symbolic link not followed.
  package static func log(_ bytes: [UInt8], to path: String, largest: Int) throws(GitError) {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
    guard file >= 0 else { throw .system("open", path, errno: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw GitError(code: .corrupt, category: .os, function: "open", message: "\(path) is no file")
    }
    let isWhole = send(bytes, to: file)
    let reason = errno
    if Int(status.st_size) + bytes.count > largest { rename(path, path + ".old") }
    guard isWhole else { throw .system("write", path, errno: reason) }
  }

  /// Puts a new file in the place of whatever is at the path: a reader sees the old one or the new one.
  ///
  /// It is written as `aside`, a path in the same folder where nothing may be, and renamed. `mode` is what the
  /// permissions are to be whatever the umask. Where `isSynced` the content is on the disk before the name is.
  package static func replace(
    _ path: String, with bytes: [UInt8], aside: String, mode: mode_t? = nil, isSynced: Bool
  ) throws(GitError) {
    try create(aside, with: bytes, mode: mode, isSynced: isSynced)
    guard rename(aside, path) == 0 else {
      let error = GitError.system("rename", path, errno: errno)
      unlink(aside)
      throw error
    }
  }

  /// Makes a file where none may be: the error's code is `exists` where there is one.
  ///
  /// One that cannot be written whole is taken away again. `mode` and `isSynced` as in
  /// ``replace(_:with:aside:mode:isSynced:)``.
  package static func create(
    _ path: String, with bytes: [UInt8], mode: mode_t? = nil, isSynced: Bool = false
  ) throws(GitError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode ?? 0o666)
    guard file >= 0 else {
      var error = GitError.system("open", path, errno: errno)
      if errno == EEXIST { error.code = .exists }
      throw error
    }
    let isWritten =
      send(bytes, to: file) && (mode.map { fchmod(file, $0) == 0 } ?? true) && (!isSynced || fsync(file) == 0)
    let reason = errno
    guard close(file) == 0, isWritten else {
      let error = GitError.system("write", path, errno: isWritten ? errno : reason)
      unlink(path)
      throw error
    }
  }

  // MARK: Open descriptors

  /// Writes all bytes, whatever a single call takes; false when `errno` says why it cannot.
  package static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        retrying { write(descriptor, buffer.baseAddress, buffer.count) }
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Reads to the end of a descriptor of any kind; nil when there is more than `limit`. `name` is for the error.
  package static func receive(
    from descriptor: Int32, limit: Int, name: String
  ) throws(GitError) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = retrying { readSome(descriptor, &chunk) }
      guard count >= 0 else { throw .system("read", name, errno: errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { return nil }
    }
  }
}

/// The C function, under a name that ``File/read(_:limit:)`` does not hide.
private func readSome(_ descriptor: Int32, _ chunk: inout [UInt8]) -> Int {
  read(descriptor, &chunk, chunk.count)
}

/// Calls again for as long as a signal interrupts the call.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
