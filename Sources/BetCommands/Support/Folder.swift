import Git
import Libc

/// Names in directories: made, moved and removed. What is there is for `File` to say.
enum Folder {
  static func isExecutable(_ path: String) -> Bool {
    var info = stat()
    guard unsafe stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return false }
    return unsafe access(path, X_OK) == 0
  }

  static func make(_ path: String) throws {
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw TextFile.failure("make", path) }
  }

  static func rename(_ path: String, to other: String) throws {
    if unsafe renameat(AT_FDCWD, path, AT_FDCWD, other) == 0 { return }
    // Another file system.
    guard errno == EXDEV, File.kind(path) == .file else { throw TextFile.failure("rename", path) }
    try TextFile.write(TextFile.bytes(path), to: other, mode: mode(path))
    try delete(path)
  }

  static func delete(_ path: String) throws {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw TextFile.failure("remove", path) }
  }

  /// Removes a temporary file of our own, if it can be removed.
  static func discard(_ path: String) { unsafe _ = unlink(path) }

  /// Removes a folder of our own with the files that we put there.
  static func remove(_ path: String, files: [String]) {
    for file in files { unsafe _ = unlink(path + "/" + file) }
    unsafe _ = rmdir(path)
  }

  /// The path with every link in it followed; nil when it does not exist.
  static func real(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

// MARK: Files that must not be lost

extension Folder {
  static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The last part of a path.
  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Makes a link that leads to `target`.
  static func symlink(_ target: String, at path: String) throws {
    guard unsafe Libc.symlink(target, path) == 0 else { throw TextFile.failure("link", path) }
  }

  /// What a link says; nil for anything else.
  static func target(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink(path, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Gives the same file or link a second name, so that it is never without one.
  static func link(_ path: String, _ other: String) throws {
    if unsafe linkat(AT_FDCWD, path, AT_FDCWD, other, 0) == 0 { return }
    guard [EPERM, ENOTSUP, EMLINK, ENOSYS, EXDEV].contains(errno), File.kind(path) == .file else {
      throw TextFile.failure("keep", path)
    }
    try TextFile.write(TextFile.bytes(path), to: other, mode: mode(path))
  }

  /// The permission bits.
  static func mode(_ path: String) -> mode_t {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return 0o644 }
    return info.st_mode & 0o7777
  }

  /// Whether two paths lead to one file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    guard let real = real(path) else { return false }
    return real == Folder.real(other)
  }
}
