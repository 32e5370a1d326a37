extension StringProtocol {
  /// How many columns of a terminal it takes: two for a wide character, as those of Chinese, Japanese and Korean and most
  /// pictures are.
  package var columns: Int {
    // What is ASCII and printable has a character for each byte.
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.columns }
  }
}

extension Character {
  package var columns: Int {
    guard let first = unicodeScalars.first, first.value >= 0x1100 else { return 1 }
    // A picture that is drawn as text unless a selector follows it.
    let isPicture = first.properties.isEmojiPresentation || unicodeScalars.contains { $0.value == 0xFE0F }
    return isPicture || Character.wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// The wide and full-width blocks of Unicode's `EastAsianWidth.txt`, joined where nothing narrow that is in use lies between.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F200...0x1F2FF,
    0x20000...0x3FFFD,
  ]
}
