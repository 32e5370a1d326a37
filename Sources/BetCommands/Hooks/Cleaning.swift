import Git
import Libc

/// What git does to a message before it commits it: which lines are comments, where it ends, and so where trailers go.
struct Cleaning {
  /// Whether somebody edits the message: git says so to its hooks with `GIT_EDITOR`, and only then are there comments of
  /// its own in it.
  let isEdited: Bool
  /// How a comment begins; nil where none can be told from text.
  private let mark: [UInt8]?
  private let dropsComments: Bool

  /// `command` is git's own command line, as far as it is known.
  init(of raw: [UInt8], command: [String]) throws {
    isEdited = unsafe getenv("GIT_EDITOR").map { unsafe String(cString: $0) } != ":"
    var mark: [UInt8]? = [0x23]
    var cleanup = "default"
    // Asked only when there is something to clean; git knows its own precedence.
    if raw.contains(0x0A) {
      let answer = try GitCommand.run([
        "config", "-z", "--get-regexp", "^(core\\.comment(char|string)|commit\\.cleanup)$",
      ])
      for entry in answer.standardOutput.split(separator: 0) {
        let parts = entry.split(separator: 0x0A, maxSplits: 1)
        guard parts.count == 2 else { continue }
        if parts[0].starts(with: "commit".utf8) {
          cleanup = String(decoding: parts[1], as: UTF8.self)
        } else {
          mark = parts[1].elementsEqual("auto".utf8) ? Cleaning.chosen(in: raw) : Array(parts[1])
        }
      }
    }
    cleanup = Cleaning.option("--cleanup", in: command) ?? cleanup
    dropsComments = cleanup == "strip" || cleanup == "default" && isEdited
    self.mark = mark
  }

  private static let scissors = " ------------------------ >8 ------------------------"

  /// The mark that git has chosen, told by its own lines at the end of the message.
  private static func chosen(in raw: [UInt8]) -> [UInt8]? {
    let lines = raw.split(separator: 0x0A)
    if let line = lines.first(where: { $0.dropFirst().elementsEqual(scissors.utf8) }) {
      return [line[line.startIndex]]
    }
    guard let mark = lines.last?.first, "#;@!$%^&|:".utf8.contains(mark) else { return nil }
    let isGits = lines.suffix(2).allSatisfy {
      $0.first == mark && [nil, 0x20, 0x09].contains($0.dropFirst().first)
    }
    return isGits && lines.count > 1 ? [mark] : nil
  }

  /// The value of an option, as git reads it: it may be cut short.
  private static func option(_ name: String, in command: [String]) -> String? {
    for (index, word) in command.enumerated() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard let key = parts.first, name.hasPrefix(key), key.utf8.count > 3 else { continue }
      return parts.count == 2 ? parts[1] : command.dropFirst(index + 1).first
    }
    return nil
  }

  /// The message as it will be committed.
  func cleaned(_ raw: [UInt8]) -> [UInt8] { text(of: raw, withoutComments: dropsComments) }

  /// What somebody wrote: without git's own comments, also where they stay unless somebody takes them out.
  func written(_ raw: [UInt8]) -> [UInt8] { text(of: raw, withoutComments: dropsComments || isEdited) }

  private func text(of raw: [UInt8], withoutComments: Bool) -> [UInt8] {
    var result: [UInt8] = []
    for line in raw[..<end(of: raw)].split(separator: 0x0A, omittingEmptySubsequences: false)
    where !(withoutComments && isComment(line)) {
      result += line
      result.append(0x0A)
    }
    while result.last == 0x0A { result.removeLast() }
    if !result.isEmpty { result.append(0x0A) }
    return result
  }

  /// The message with more lines in its last block, or in a new one: above git's own comments and scissors.
  func adding(_ lines: [String], to raw: [UInt8], hasBlock: Bool) -> [UInt8] {
    var end = end(of: raw)
    while end > 0 {
      let line = raw[..<(raw[end - 1] == 0x0A ? end - 1 : end)].suffix(while: { $0 != 0x0A })
      guard CommitMessageHook.isBlank(line) || isEdited && isComment(line) else { break }
      end = line.startIndex
    }
    let rest = raw[end...]
    return raw[..<end] + (end > 0 && raw[end - 1] != 0x0A ? [0x0A] : []) + (hasBlock ? [] : [0x0A])
      + lines.flatMap { Array("\($0)\n".utf8) } + (CommitMessageHook.isBlank(rest) ? [] : rest)
  }

  private func isComment(_ line: ArraySlice<UInt8>) -> Bool { mark.map { line.starts(with: $0) } ?? false }

  /// Where the scissors stand that git has put into an editor's text; else the end.
  private func end(of raw: [UInt8]) -> Int {
    guard isEdited, let mark else { return raw.count }
    let scissors = mark + Array(Cleaning.scissors.utf8)
    return raw.split(separator: 0x0A).first { $0.elementsEqual(scissors) }?.startIndex ?? raw.count
  }
}

extension ArraySlice {
  /// The longest end of which every element is wanted.
  fileprivate func suffix(while isWanted: (Element) -> Bool) -> ArraySlice {
    self[(lastIndex { !isWanted($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
