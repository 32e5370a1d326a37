import Bets
import GitFormats
import Libc

/// Small files, whole: messages, templates, what comes on standard input.
enum TextFile {
  /// More than any message or stdin of a hook needs.
  static let largest = 64 << 20

  static func read(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  static func bytes(_ path: String) throws -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("read", path) }
    defer { close(file) }
    return try bytes(descriptor: file, name: path)
  }

  static func standardInput() throws -> [UInt8] { try bytes(descriptor: 0, name: "standard input") }

  private static func bytes(descriptor: Int32, name: String) throws -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Descriptor.receive(into: &chunk, from: descriptor)
      guard count >= 0 else { throw failure("read", name) }
      if count == 0 { return result }
      result += chunk[..<count]
      guard result.count <= largest else {
        throw Refusal("too-large", "\(Text.printable(name)) is too large")
      }
    }
  }

  /// Writes beside and renames: a reader sees the old file or the new one, never half of one.
  static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  static func write(_ bytes: some Sequence<UInt8>, to path: String, mode: mode_t = 0o644) throws {
    discardLeft(beside: path)
    let aside = "\(path).bet-\(getpid())"
    let file = unsafe open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else { throw failure("write", path) }
    guard Descriptor.send(Array(bytes), to: file) else {
      let error = failure("write", path)
      close(file)
      unsafe unlink(aside)
      throw error
    }
    guard fchmod(file, mode) == 0, fsync(file) == 0, close(file) == 0, unsafe rename(aside, path) == 0 else {
      let error = failure("write", path)
      unsafe unlink(aside)
      throw error
    }
  }

  /// Removes what was written beside by processes that were killed before they could rename it.
  private static func discardLeft(beside path: String) {
    let folder = path.contains("/") ? Folder.parent(path) : "."
    let start = String(path.split(separator: "/").last ?? "") + ".bet-"
    for name in Folder.names(folder) where name.hasPrefix(start) {
      guard let process = pid_t(name.dropFirst(start.count)), process > 0 else { continue }
      if kill(process, 0) != 0, errno == ESRCH { Folder.discard("\(folder)/\(name)") }
    }
  }

  /// Adds text at the end of a file that others write to as well.
  static func append(_ text: String, to path: String) throws {
    let file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o644)
    guard file >= 0 else { throw failure("write", path) }
    defer { close(file) }
    guard Descriptor.send(Array(text.utf8), to: file) else { throw failure("write", path) }
  }

  static func failure(_ verb: String, _ path: String) -> Refusal {
    Refusal(
      "file-failed", "cannot \(verb) '\(Text.printable(path))': \(unsafe String(cString: strerror(errno)))")
  }
}
