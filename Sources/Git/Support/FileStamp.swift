import Libc

/// What a file's stat says about its content: two equal ones, the same bytes.
///
/// git compares the same to see that the `packed-refs` it has read are still those on disk.
struct FileStamp: Equatable {
  private let inode: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int

  /// The file at `path`, through symbolic links; nil when there is none.
  init?(at path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    seconds = status.modified.tv_sec
    nanoseconds = status.modified.tv_nsec
  }

  /// Whether the next change would show.
  ///
  /// A file's time moves in steps, of ten milliseconds at most: one that was changed a moment ago can be changed again
  /// and have the same time, and a deleted file's inode is given to the next one.
  var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return (now.tv_sec - seconds) * 1_000_000_000 + now.tv_nsec - nanoseconds > 20_000_000
  }
}

extension stat {
  /// When the content was last written.
  var modified: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }
}
