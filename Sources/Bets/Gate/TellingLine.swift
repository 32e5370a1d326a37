/// Whether a line says enough for it to matter who wrote it.
///
/// Lines that any work brings and takes away again are nobody's ground to build on: blank ones, brackets and other
/// signs, lines of nothing but common words and numbers (`} else {`, `return 0;`), and those that bring other code in
/// (`#include`, `import`).
package enum TellingLine {
  private static let imports = [
    "#include", "#import", "@import", "import ", "from ", "use ", "using ", "require ", "require(",
    "require_relative ", "package ",
  ].map { Array($0.utf8) }

  private static let commonWords = Set(
    [
      "begin", "break", "case", "catch", "continue", "default", "do", "done", "else", "end", "endif", "esac",
      "false", "fi", "finally", "if", "nil", "null", "pass", "private", "package", "return", "self", "static",
      "super", "then", "this", "true", "try", "void", "NULL", "None", "True", "False", "EOF",
    ].map { Array($0.utf8)[...] })

  /// The line comes without its line feed.
  package static func isTelling(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 == 32 || $0 == 9 }
    if imports.contains(where: text.starts(with:)) { return false }
    return text.split { !isWordByte($0) }.contains { word in
      !word.allSatisfy { (48...57).contains($0) } && !commonWords.contains(word)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
      || byte >= 0x80
  }
}
