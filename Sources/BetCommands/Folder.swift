#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Directories and names in them.
enum Folder {
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func isExecutable(_ path: String) -> Bool {
    var info = stat()
    guard unsafe stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return false }
    return unsafe access(path, X_OK) == 0
  }

  /// What stands under a name itself, a link not followed.
  enum Kind { case nothing, file, directory, link, other }

  static func kind(_ path: String) -> Kind {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return .nothing }
    return switch info.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    case S_IFLNK: .link
    default: .other
    }
  }

  static func make(_ path: String) throws {
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw TextFile.failure("make", path) }
  }

  static func rename(_ path: String, to other: String) throws {
    guard unsafe Glibc.rename(path, other) == 0 else { throw TextFile.failure("rename", path) }
  }

  static func delete(_ path: String) throws {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw TextFile.failure("remove", path) }
  }

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
