extension Text {
  /// Makes a foreign text printable and bounds it, in scalars: a single character may be of any length.
  package static func printable(_ text: some StringProtocol, upTo limit: Int) -> String {
    let scalars = text.unicodeScalars.prefix(limit)
    let isWhole = scalars.endIndex == text.unicodeScalars.endIndex
    return printable(String(String.UnicodeScalarView(scalars))) + (isWhole ? "" : "…")
  }
}
