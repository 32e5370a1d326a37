import GitFormats

/// Whether a line says enough for it to matter who wrote it.
///
/// Lines that any work brings and takes away again are nobody's ground to build on: blank ones, brackets and other
/// signs, lines of nothing but common words and numbers (`} else {`, `return 0;`), and those that bring other code in
/// (`#include`, `import`). A comment tells, unless the line was made by a `CodeReader`, which leaves none.
package enum TellingLine {
  private static let imports = [
    "#include", "#import", "@import", "import ", "from ", "use ", "using ", "require ", "require(",
    "require_relative ", "package ",
  ].map { Array($0.utf8) }

  private static let commonWords: Set<Word> = [
    "begin", "break", "case", "catch", "continue", "default", "do", "done", "else", "end", "endif", "esac",
    "false", "fi", "finally", "if", "nil", "null", "pass", "private", "package", "return", "self", "static",
    "super", "then", "this", "true", "try", "void", "NULL", "None", "True", "False", "EOF",
  ]

  /// The line comes without its line feed.
  package static func isTelling(_ line: ArraySlice<UInt8>) -> Bool { !bringsIn(line) && hasWord(line) }

  /// Whether it brings other code in.
  static func bringsIn(_ line: ArraySlice<UInt8>) -> Bool {
    guard let start = line.firstIndex(where: { $0 != .space && $0 != .tab }) else { return false }
    switch line[start] {
    case UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "f"), UInt8(ascii: "i"), UInt8(ascii: "p"),
      UInt8(ascii: "r"), UInt8(ascii: "u"):
      return imports.contains(where: line[start...].starts(with:))
    default: return false
    }
  }

  /// Whether it has a word that is neither a number nor common.
  private static func hasWord(_ line: ArraySlice<UInt8>) -> Bool {
    var at = line.startIndex
    while at < line.endIndex {
      let start = at
      var isNumber = true
      var isCommon = true
      while at < line.endIndex, line[at].isWordASCII || line[at] >= 0x80 {
        isNumber = isNumber && line[at].isDigit
        isCommon = isCommon && line[at] < 0x80
        at += 1
      }
      if at > start, !isNumber {
        guard isCommon, at - start <= 8, commonWords.contains(Word(line, start..<at)) else { return true }
      }
      at += 1
    }
    return false
  }

  private static let beginnings: Set<Word> = [
    "async", "class", "const", "def", "export", "fn", "func", "function", "import", "pub", "public",
  ]

  /// Whether it can hardly be prose: a word that begins a declaration, and the end of one.
  static func opensCode(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.prefix { $0.isLower }
    guard beginnings.contains(Word(line, word.startIndex..<word.endIndex)),
      let last = line.last(where: { !$0.isBlank })
    else { return false }
    return "{}(),;:".utf8.contains(last)
  }
}
