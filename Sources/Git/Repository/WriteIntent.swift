import GitFormats
import Libc

/// What is about to be written to which reference, on disk for as long as it is being written.
///
/// libgit2 leaves `<ref>.lock` behind when its process is killed, and a lock says nothing about its owner. The
/// file `bet/writing` in the common directory does: it is held with `flock`, which the system gives up for a
/// process that dies, in whatever container, and is emptied when the write is over. Who can hold it and finds
/// it filled knows that the writer is dead, and which lock was its. The one file that ``File`` does not read and write:
/// that is done through the descriptor that holds it.
struct WriteIntent: ~Copyable {
  private let file: Int32

  /// Waits for other writers of this program, clears up after one that died, and says what is written now.
  ///
  /// Nil where no such file can be made or held: the write then goes on as any other program's would. The
  /// error's code is `locked` when another writer holds on to it.
  static func begin(_ name: String, _ id: ObjectID, in directory: String) throws(GitError) -> WriteIntent? {
    mkdir("\(directory)/\(OwnFile.folder)", 0o777)
    let path = "\(directory)/\(OwnFile.writing.name)"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
    guard file >= 0 else { return nil }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, try hold(file, path) else {
      close(file)
      return nil
    }
    let intent = WriteIntent(file: file)
    // Read under the lock: until then it was another's.
    if fstat(file, &status) == 0, status.st_size > 0 { intent.clearUp(since: status, in: directory) }
    let line = Array("\(id) \(name)\n".utf8)
    guard ftruncate(file, 0) == 0, pwrite(file, line, line.count, 0) == line.count else { return nil }
    return intent
  }

  deinit {
    ftruncate(file, 0)
    close(file)
  }

  /// Others hold it for a millisecond or two; one that was stopped holds it until it goes on.
  private static func hold(_ file: Int32, _ path: String) throws(GitError) -> Bool {
    for _ in 0..<100 {
      if retrying({ flock(file, LOCK_EX | LOCK_NB) }) == 0 { return true }
      guard errno == EWOULDBLOCK else { return false }
      usleep(1_000)
    }
    close(file)
    throw GitError(
      code: .locked, category: .reference, function: "flock", message: "\(path) is held by another writer")
  }

  // MARK: After a writer that died

  /// Removes the lock that the last writer left, if it left one.
  ///
  /// A lock is the dead writer's when it was made at the time of the intent, holds nothing or exactly the id
  /// that was being written, and does not change: another program's holds another id, or only passes by.
  private func clearUp(since intent: stat, in directory: String) {
    var bytes = [UInt8](repeating: 0, count: 1 << 12)
    let count = pread(file, &bytes, bytes.count, 0)
    guard count > 41, let id = ObjectID(hexBytes: bytes[..<40]), bytes[40] == UInt8(ascii: " "),
      let end = bytes[..<count].firstIndex(of: UInt8(ascii: "\n"))
    else { return }
    let name = String(decoding: bytes[41..<end], as: UTF8.self)
    guard name.hasPrefix("refs/"), Repository.isValidName(name) else { return }
    let path = "\(directory)/\(name).lock"
    guard let found = LockFile(path), found.isOf(id), found.isMade(with: intent) else { return }
    usleep(100_000)
    if LockFile(path) == found { unlink(path) }
  }
}

/// The lock of a reference as it is on disk; equal when nothing has touched it in between.
private struct LockFile: Equatable {
  let inode: UInt64
  let changed: timespec
  let bytes: [UInt8]

  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= 41,
      let bytes = try? File.read(path, limit: 41)
    else { return nil }
    inode = UInt64(status.st_ino)
    changed = status.modified
    self.bytes = bytes
  }

  func isOf(_ id: ObjectID) -> Bool { bytes.isEmpty || bytes == Array("\(id)\n".utf8) }

  func isMade(with intent: stat) -> Bool { 0...10 ~= changed.tv_sec - intent.modified.tv_sec }

  static func == (one: LockFile, other: LockFile) -> Bool {
    one.inode == other.inode && one.bytes == other.bytes && one.changed.tv_sec == other.changed.tv_sec
      && one.changed.tv_nsec == other.changed.tv_nsec
  }
}
