import Bets

/// One file in a hooks directory, and what of it is ours: the lines from BEGIN to END.
struct HookFile {
  /// Our lines in a file, and what others wrote around them.
  struct Section {
    let before: ArraySlice<UInt8>
    let lines: ArraySlice<UInt8>
    let after: ArraySlice<UInt8>

    /// Nothing but our lines and the first line that we wrote.
    var isAlone: Bool { after.isEmpty && (before.isEmpty || before.elementsEqual(HookFile.firstLine)) }

    /// Whether the lines are no longer those that were written: they carry their own sum.
    var isEdited: Bool {
      let parts = lines.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      guard lines.starts(with: HookFile.anyBegin), parts.count > 1 else { return false }
      let written = String(decoding: parts[0], as: UTF8.self).split(separator: " ").last ?? ""
      return written != HookFile.sum(parts[1])
    }
  }

  enum Content {
    case nothing
    case ours(Section)
    /// BEGIN without END.
    case torn
    /// Somebody else's: a file, or a link to anything.
    case foreign
    case directory
  }

  let path: String
  let content: Content

  init(_ path: String) throws {
    self.path = path
    switch Folder.kind(path) {
    case .nothing: content = .nothing
    case .directory: content = .directory
    // A link is never ours: what it leads to may serve others.
    case .link, .other: content = .foreign
    case .file: content = HookFile.content(of: try TextFile.bytes(path))
    }
  }

  var section: Section? { if case .ours(let section) = content { section } else { nil } }
  var isForeign: Bool { if case .foreign = content { true } else { false } }

  private static let firstLine = Array("#!/bin/sh\n".utf8)
  private static let begin = Array("# BEGIN git-bet hook 2 ".utf8)
  private static let anyBegin = Array("# BEGIN git-bet hook ".utf8)
  private static let end = Array("# END git-bet hook".utf8)
  /// The second line of the hooks that had no END: all of such a file is ours.
  private static let whole = Array("# git-bet hook ".utf8)

  private static func content(of bytes: [UInt8]) -> Content {
    var start: Int?
    var line = 0
    while line < bytes.count {
      let next = (bytes[line...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
      if bytes[line...].starts(with: whole), line < 80 {
        return .ours(Section(before: [], lines: bytes[...], after: []))
      }
      if start == nil, bytes[line...].starts(with: anyBegin) { start = line }
      if let start, bytes[line...].starts(with: end) {
        return .ours(Section(before: bytes[..<start], lines: bytes[start..<next], after: bytes[next...]))
      }
      line = next
    }
    return start == nil ? .foreign : .torn
  }

  // MARK: What is written

  /// A shim of `hooks/`, with the program that it calls and its sum.
  static func filled(_ shim: [UInt8], program: String) -> [UInt8] {
    let text = String(decoding: shim, as: UTF8.self).replacing("@BET@", with: quoted(program))
    let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3 else { return Array(text.utf8) }
    let body = Array(lines[2].utf8)
    return firstLine + begin + Array(sum(body[...]).utf8) + [0x0A] + body
  }

  /// Our lines of a filled shim: all but the first.
  static func lines(of shim: [UInt8]) -> ArraySlice<UInt8> { shim[...].dropFirst(firstLine.count) }

  /// One word for the shell.
  static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }

  /// FNV-1a: it tells an edit, it keeps nobody out.
  private static func sum(_ bytes: ArraySlice<UInt8>) -> String {
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

// MARK: Other tools

extension HookFile {
  /// Which known tool wrote a hook, so that its newer text is told from a second hook.
  static func tool(of bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
    return ["hook-impl", "lefthook", "git lfs", "husky", "overcommit"].first { text.contains($0) }
  }

  /// Whether the hook at `path` first runs the one that it found, renamed to `.legacy`: pre-commit and prek do.
  static func runsLegacy(_ path: String) throws -> Bool {
    guard Folder.kind(path) == .file else { return false }
    return tool(of: try TextFile.bytes(path)) == "hook-impl"
  }
}
