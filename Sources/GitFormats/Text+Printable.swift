/// Text from a repository in front of a person.
///
/// Commit messages, ref names and ledger values are written by other people: a terminal must never see their
/// control or bidirectional characters (they could clear the screen, forge a line or reorder what is read), and
/// nothing may stand in a text that its reader does not see.
extension Text {
  /// Replaces every control, bidirectional and invisible character by `\u{…}`.
  ///
  /// Line feeds are escaped as well: a caller that prints several lines splits first. What a script or an emoji needs
  /// to be written stays: a joiner between letters of Persian or Hindi is text.
  package static func printable(_ text: String) -> String {
    replacingHidden(in: text) { "\\u{\(String($0.value, radix: 16))}" }
  }

  /// The same of a part.
  package static func printable(_ text: some StringProtocol) -> String { printable(String(text)) }

  /// Makes a foreign text printable and bounds it, in scalars: a single character may be of any length.
  package static func printable(_ text: some StringProtocol, upTo limit: Int) -> String {
    let scalars = text.unicodeScalars.prefix(limit)
    let isWhole = scalars.endIndex == text.unicodeScalars.endIndex
    return printable(String(String.UnicodeScalarView(scalars))) + (isWhole ? "" : "…")
  }

  /// Bytes that may be no UTF-8 as text: each that is none as `\xff`.
  package static func decoded(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    var rest = bytes[...]
    while let byte = rest.first {
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      if let character = String(validating: rest.prefix(length), as: UTF8.self) {
        text += character
        rest = rest.dropFirst(length)
      } else {
        text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// Replaces each character that cannot be seen, or that a terminal would act on, by what `spelled` makes of it.
  package static func replacingHidden(
    in text: String, by spelled: (Unicode.Scalar) -> String
  ) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    let scalars = Array(text.unicodeScalars)
    var result = ""
    /// What stands before, when it shows.
    var before: Unicode.Scalar?
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      index += 1
      if !isHidden(scalar) || isPart(scalar, after: before, before: next) {
        result.unicodeScalars.append(scalar)
        before = scalar
        if scalar == "\u{1F3F4}", let flag = flags.first(where: { scalars[index...].starts(with: $0) }) {
          result.unicodeScalars.append(contentsOf: flag)
          index += flag.count
        }
      } else {
        result += spelled(scalar)
        before = nil
      }
    }
    return result
  }

  /// Whether a terminal would act on the character instead of showing it, or show nothing.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: false
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0xFFF9...0xFFFB, 0x13430...0x1345F: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  // MARK: What writing needs

  /// Whether a hidden character is part of what is written around it: a joiner, or a choice of form.
  private static func isPart(
    _ scalar: Unicode.Scalar, after before: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> Bool {
    guard let before else { return false }
    switch scalar.value {
    case 0x200C, 0x200D:
      if isEmoji(before) || before == "\u{FE0F}" { return scalar == "\u{200D}" && next.map(isEmoji) ?? false }
      // After the sign that takes a vowel away a joiner chooses the letter's form, whatever follows.
      return before.properties.canonicalCombiningClass == .virama
        || isJoining(before) && (scalar == "\u{200D}" || next.map(isJoining) ?? false)
    case 0x180B...0x180D, 0x180F: return isJoining(before)
    case 0xFE0E, 0xFE0F:
      return isEmoji(before) || next == "\u{20E3}" && before.properties.isEmoji
        || before.properties.isIdeographic
    case 0xFE00...0xFE0D, 0xE0100...0xE01EF: return before.properties.isIdeographic
    default: return false
    }
  }

  private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII && scalar.properties.isEmoji
  }

  /// Whether it is a letter, or a mark on one, of a script in which letters change with their neighbours.
  private static func isJoining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0600...0x0DFF, 0x0F00...0x109F, 0x1780...0x18AF, 0x1900...0x1CFF, 0xA800...0xABFF, 0xFB50...0xFDFF,
      0xFE70...0xFEFC, 0x10A00...0x11FFF, 0x1E900...0x1E95F:
      switch scalar.properties.generalCategory {
      case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark: !isHidden(scalar)
      default: false
      }
    default: false
    }
  }

  /// The flags that are a black flag and letters nobody sees: England, Scotland, Wales. No other is in use.
  private static let flags = ["gbeng", "gbsct", "gbwls"].map { name in
    (name.unicodeScalars.map { $0.value } + [0x7F]).compactMap { Unicode.Scalar(0xE0000 + $0) }
  }
}
