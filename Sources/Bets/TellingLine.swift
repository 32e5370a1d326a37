/// Whether a line says enough for it to matter who wrote it.
///
/// Lines that any work brings and takes away again are nobody's ground to build on.
public enum TellingLine {
  /// Lines that bring other code in, by how they begin.
  private static let imports = [
    "#include", "#import", "@import", "import ", "from ", "use ", "using ", "require ", "require(",
    "require_relative ",
  ].map { Array($0.utf8) }

  public static func isTelling(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 == 32 || $0 == 9 }
    let words = text.reduce(into: 0) { $0 += isWordByte($1) ? 1 : 0 }
    return words >= 4 && !imports.contains { text.starts(with: $0) }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte >= 0x80
  }
}
