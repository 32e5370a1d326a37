/// Texts from a repository: made printable, quoted, trimmed, compared.
///
/// Once for whole texts and once for parts of them: other rooms call what is generic as it stands, for thirty times as
/// much.
package enum Text {
  /// Whether the text holds a C0, DEL or C1 control character: no single-line value may.
  package static func hasControlCharacter(_ text: String) -> Bool { hasControlCharacter(text[...]) }

  /// The same of a part.
  package static func hasControlCharacter(_ text: Substring) -> Bool {
    // C1 is C2 80 to C2 9F in UTF-8.
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F || last == 0xC2 && byte < 0xA0 { return true }
      last = byte
    }
    return false
  }

  /// Whether there is nothing but white space.
  package static func isBlank(_ text: String) -> Bool { isBlank(text[...]) }

  /// The same of a part.
  package static func isBlank(_ text: Substring) -> Bool {
    // Most begin with a letter.
    if let first = text.unicodeScalars.first, isPlain(first) { return false }
    return text.allSatisfy(\.isWhitespace)
  }

  /// Whether it is ASCII that shows: whatever is combined with it, it is no white space.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool { (0x21...0x7E).contains(scalar.value) }

  /// Removes white space at both ends.
  package static func trimmed(_ text: String) -> String { trimmed(text[...]) }

  /// The same of a part.
  package static func trimmed(_ text: Substring) -> String {
    // Most have none.
    if let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, isPlain(first),
      isPlain(last)
    {
      return String(text)
    }
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }

  /// Removes white space and quotes at both ends.
  package static func unquoted(_ text: some StringProtocol) -> String {
    func isOutside(_ character: Character) -> Bool {
      character.isWhitespace || "'\"`“”„‘’«»".contains(character)
    }
    guard let first = text.firstIndex(where: { !isOutside($0) }),
      let last = text.lastIndex(where: { !isOutside($0) })
    else { return "" }
    return String(text[first...last])
  }

  /// Breaks a text at its spaces into lines of at most so many characters; a longer word has a line of its own.
  package static func folded(_ text: String, to width: Int) -> [String] {
    text.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }

  /// The lower-case words of a text, for comparing what two sentences say.
  package static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 2 })
  }
}
