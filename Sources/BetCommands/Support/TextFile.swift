import Bets
import Git
import Libc

/// Small files, whole: messages, templates, what comes on standard input.
enum TextFile {
  /// More than any message or stdin of a hook needs.
  static let largest = 64 << 20

  static func read(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// A text that a person wrote: UTF-8, with or without the mark of order that some editors put before it.
  static func text(_ path: String) throws -> String { try text(bytes(path), "'\(Text.printable(path))'") }
  static func standardInputText() throws -> String { try text(standardInput(), "standard input") }

  private static func text(_ bytes: [UInt8], _ name: String) throws -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
      throw Refusal(
        "not-utf-8", "\(name) is not UTF-8, but UTF-16 or no text at all",
        notes: ["the ledger is kept in UTF-8; in an editor, save it as UTF-8"])
    }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    if let text = String(validating: text, as: UTF8.self) { return text }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    let number = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    throw Refusal(
      "not-utf-8", "\(name) is not UTF-8 in line \(number + 1)",
      notes: [
        "it reads: \(Text.printable(Text.decoded(lines[number]), upTo: 120))", "the ledger is kept in UTF-8",
      ])
  }

  /// Of a pipe too, or of a file of the system's that has no size: `File` reads regular files alone.
  static func bytes(_ path: String) throws -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("read", path) }
    defer { close(file) }
    return try bytes(descriptor: file, name: path)
  }

  static func standardInput() throws -> [UInt8] { try bytes(descriptor: 0, name: "standard input") }

  private static func bytes(descriptor: Int32, name: String) throws -> [UInt8] {
    let bytes: [UInt8]?
    do { bytes = try File.receive(from: descriptor, limit: largest, name: name) } catch {
      throw failure("read", name, for: error)
    }
    guard let bytes else { throw Refusal("too-large", "\(Text.printable(name)) is too large") }
    return bytes
  }

  /// Writes beside and renames: a reader sees the old file or the new one, never half of one. `mode` as in
  /// ``File/replace(_:with:aside:mode:isSynced:)``.
  static func write(_ text: String, to path: String, mode: mode_t? = nil) throws {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  static func write(_ bytes: some Sequence<UInt8>, to path: String, mode: mode_t? = nil) throws {
    discardLeft(beside: path)
    do {
      try File.replace(path, with: Array(bytes), aside: "\(path).bet-\(getpid())", mode: mode, isSynced: true)
    } catch { throw failure("write", path, for: error) }
  }

  /// Removes what was written beside by processes that were killed before they could rename it.
  private static func discardLeft(beside path: String) {
    let folder = path.contains("/") ? Folder.parent(path) : "."
    let start = String(path.split(separator: "/").last ?? "") + ".bet-"
    // What cannot be listed cannot be tidied, and may be written to all the same.
    for name in (try? File.names(in: folder)) ?? [] where name.hasPrefix(start) {
      guard let process = pid_t(name.dropFirst(start.count)), process > 0 else { continue }
      if kill(process, 0) != 0, errno == ESRCH { Folder.discard("\(folder)/\(name)") }
    }
  }

  /// Adds text at the end of a file that others write to as well.
  static func append(_ text: String, to path: String) throws {
    do { try File.append(Array(text.utf8), to: path, creating: 0o644) } catch {
      throw failure("write", path, for: error)
    }
  }

  /// What the system has just refused, with the reason in `errno`.
  static func failure(_ verb: String, _ path: String) -> Refusal {
    failure(verb, path, reason: unsafe String(cString: strerror(errno)))
  }

  static func failure(_ verb: String, _ path: String, for error: GitError) -> Refusal {
    failure(verb, path, reason: error.reason ?? error.message)
  }

  private static func failure(_ verb: String, _ path: String, reason: String) -> Refusal {
    Refusal("file-failed", "cannot \(verb) '\(Text.printable(path))': \(reason)")
  }
}
