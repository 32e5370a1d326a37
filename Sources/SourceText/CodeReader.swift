import GitFormats

/// Takes what is no code out of lines: comments, and what stands in strings.
///
/// Every byte keeps its place: what is no code becomes a space, the marks of a string stay. A hunk begins in the middle
/// of a file: it is taken for code until a line says otherwise (` * text`, a comment's end that nothing began). A string
/// that is not meant to span lines ends with its line, so that a stray quote costs one line. Code within a string
/// (`"\(code)"`) stays. Takes time and memory linear in the bytes.
package struct CodeReader {
  /// A longer line was written by a tool: nothing of it is code.
  package static let longest = 400

  /// What is open around a place, innermost last.
  struct Frame {
    enum Kind { case block, quote, hole }
    let kind: Kind
    /// Of the block or quote in the syntax.
    var index = 0
    /// The number signs that a raw string's end needs too.
    var signs = 0
    var escapes = false
    var fill = Syntax.Fill.none
    /// How many blocks, or brackets of a hole, are open in it.
    var depth = 0
    /// The mark may be the end of what began above the hunk.
    var isDoubtful = false
  }

  package let language: SourceLanguage
  let syntax: Syntax
  var frames: [Frame] = []
  /// How the code of the line before ends; nil where the hunk begins and after comments.
  var previous: UInt8?
  /// The line with spaces for all that is no code.
  package internal(set) var code: [UInt8] = []
  /// Whether the line holds a string with a letter in it that is more than documentation.
  var hasString = false

  package init(_ language: SourceLanguage) {
    self.language = language
    syntax = Syntax.of(language)
  }

  /// Nothing is open: what comes does not go on from what was read.
  package mutating func beginHunk() {
    frames.removeAll(keepingCapacity: true)
    previous = nil
  }

  /// Whether the line that was read last says enough to be counted: it has a word of its own, outside of comments.
  package var isTelling: Bool {
    TellingLine.isTelling(code[...]) || hasString && !TellingLine.bringsIn(code[...])
  }

  /// Makes `code` of the next line, which comes without its line feed.
  package mutating func read(_ line: ArraySlice<UInt8>) {
    code.removeAll(keepingCapacity: true)
    hasString = false
    guard line.count <= CodeReader.longest else {
      code.append(contentsOf: repeatElement(.space, count: line.count))
      return
    }
    code.append(contentsOf: line)
    resume()
    var at = 0
    while at < code.count {
      switch frames.last?.kind {
      case .block: at = readBlock(at)
      case .quote: at = readQuote(at)
      case .hole, nil: at = readCode(at)
      }
    }
    if let first = frames.firstIndex(where: { $0.kind == .quote && !syntax.quotes[$0.index].spansLines }) {
      frames.removeSubrange(first...)
    }
    if !code.isEmpty { previous = code.last { !$0.isBlank } }
    keepImportedName(from: line)
  }

  /// Settles at the beginning of a line what the lines above the hunk left unsaid.
  private mutating func resume() {
    guard let start = code.firstIndex(where: { !$0.isBlank }) else { return }
    if let frame = frames.last {
      if frame.kind == .quote, frame.isDoubtful, TellingLine.opensCode(code[start...]) {
        frames.removeAll(keepingCapacity: true)
      }
    } else if previous == nil {
      blankContinuedComment(start)
    }
  }

  private mutating func readCode(_ start: Int) -> Int {
    var at = start
    while at < code.count {
      let mark = syntax.marks[Int(code[at])]
      if mark == .edge {
        if let next = beginBlock(at) { return next }
        if beginsLineComment(at) {
          blank(at..<code.count)
          return code.count
        }
        if let next = endAlone(at) ?? beginQuote(at) { return next }
        if let next = skipCharacter(at) ?? skipPattern(at) {
          at = next
          continue
        }
      }
      if mark != .none, let frame = frames.last, endsHole(frame, at) {
        frames.removeLast()
        blank(at..<(at + 1))
        return at + 1
      }
      at += 1
    }
    return at
  }

  /// Counts a bracket of code that stands in a string; whether it is the one that ends the code.
  private mutating func endsHole(_ frame: Frame, _ at: Int) -> Bool {
    let isBrace = frame.fill != .backslash
    if code[at] == (isBrace ? UInt8(ascii: "{") : UInt8(ascii: "(")) {
      frames[frames.count - 1].depth += 1
    } else if code[at] == (isBrace ? UInt8(ascii: "}") : UInt8(ascii: ")")) {
      frames[frames.count - 1].depth -= 1
      return frame.depth == 1
    }
    return false
  }

  @inline(__always)
  func has(_ mark: [UInt8], _ at: Int) -> Bool {
    guard mark.count <= code.count - at else { return false }
    for index in mark.indices where code[at + index] != mark[index] { return false }
    return true
  }

  mutating func blank(_ range: Range<Int>) { for index in range { code[index] = .space } }
}
