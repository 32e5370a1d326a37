import Clibgit2
import Libc

extension Repository {
  /// Gives a file that was made here, and the folders to it, the permissions that `core.sharedRepository` asks for.
  ///
  /// libgit2 heeds that setting when it makes a repository and never after. `path` counts from the common directory.
  /// What is not there, or another user's, stays as it is; so does what the system does not let us change.
  package func share(_ path: String) {
    guard let sharing else { return }
    var place = commonDirectory
    for name in path.split(separator: "/") {
      place += "/\(name)"
      sharing.adjust(place)
    }
  }

  /// The corresponding C function is `git_config_get_string_buf`.
  func sharingSetting() -> SharingMode? {
    let repository = handle.pointer
    guard
      let config = try? Handle<ConfigKind>(
        "git_repository_config", { out in git_repository_config(&out, repository) })
    else { return nil }
    var value = git_buf()
    defer { git_buf_dispose(&value) }
    guard git_config_get_string_buf(&value, config.pointer, "core.sharedrepository") == 0 else { return nil }
    return SharingMode(value.ptr.map { String(cString: $0) } ?? "")
  }
}

/// Who besides its owner may read and write what is made in a repository, by the rules of git's `adjust_shared_perm`.
struct SharingMode: Equatable {
  private let bits: mode_t
  /// Whether nobody gets more, whatever the umask lets through.
  private let isExact: Bool

  /// Nil where the umask decides, and for what git does not take.
  init?(_ value: String) {
    switch value {
    case "umask", "": return nil
    case "group": (bits, isExact) = (0o660, false)
    case "all", "world", "everybody": (bits, isExact) = (0o664, false)
    default:
      guard let number = mode_t(value, radix: 8) else {
        guard ["true", "yes", "on"].contains(value.lowercased()) else { return nil }
        (bits, isExact) = (0o660, false)
        return
      }
      switch number {
      case 1: (bits, isExact) = (0o660, false)
      case 2: (bits, isExact) = (0o664, false)
      case _ where number & 0o600 == 0o600: (bits, isExact) = (number & 0o666, true)
      default: return nil
      }
    }
  }

  func adjust(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid == geteuid() else { return }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder || status.st_mode & S_IFMT == S_IFREG else { return }
    let mode = adjusted(status.st_mode & 0o7777, isFolder: isFolder)
    if mode != status.st_mode & 0o7777 { chmod(path, mode) }
  }

  private func adjusted(_ mode: mode_t, isFolder: Bool) -> mode_t {
    var given = bits
    if mode & 0o200 == 0 { given &= ~0o222 }
    if mode & 0o100 != 0 { given |= (given & 0o444) >> 2 }
    var mode = isExact ? mode & ~0o777 | given : mode | given
    if isFolder {
      mode |= (mode & 0o444) >> 2
      // What is made inside belongs to the group as well.
      if mode & 0o060 != 0 { mode |= mode_t(S_ISGID) }
    }
    return mode
  }
}
