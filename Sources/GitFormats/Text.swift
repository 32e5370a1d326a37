/// Texts from a repository: made printable, quoted, trimmed, compared.
package enum Text {
  /// Whether the text holds a C0, DEL or C1 control character: no single-line value may.
  package static func hasControlCharacter(_ text: some StringProtocol) -> Bool {
    // C1 is C2 80 to C2 9F in UTF-8.
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F || last == 0xC2 && byte < 0xA0 { return true }
      last = byte
    }
    return false
  }

  /// Quotes a word for a POSIX shell, so that a printed command works when it is pasted.
  package static func shellQuoted(_ word: String) -> String {
    let plain = { (scalar: Unicode.Scalar) in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "-_./=:@%+,".unicodeScalars.contains(scalar)
    }
    if word.unicodeScalars.allSatisfy(plain), !word.isEmpty { return word }
    // A terminal would act on a hidden character as it is: printf spells it when the command is pasted. The shell
    // takes line breaks from the end of what printf says, so such a word is quoted as it is.
    if word.utf8.last != 0x0A, !printable(word).utf8.elementsEqual(word.utf8) {
      let spelled = word.utf8.map { byte in
        let scalar = Unicode.Scalar(byte)
        if plain(scalar), scalar != "%" { return String(scalar) }
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
      return "\"$(printf '\(spelled.joined())')\""
    }
    return singleQuoted(word)
  }

  /// A word in single quotes, whatever is in it: for what is read by programs, which look for the quotes.
  package static func singleQuoted(_ word: String) -> String {
    // Scalar by scalar: a quote with an accent on it is another character to Swift, but not to a shell.
    var quoted = "'"
    for scalar in word.unicodeScalars {
      if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }

  /// Quotes a word that a program must not take for an option.
  package static func shellOperand(_ word: String) -> String {
    (word.hasPrefix("-") ? "-- " : "") + shellQuoted(word)
  }

  /// Whether there is nothing but white space.
  package static func isBlank(_ text: some StringProtocol) -> Bool {
    // Most begin with a letter.
    if let first = text.unicodeScalars.first, isPlain(first) { return false }
    return text.allSatisfy(\.isWhitespace)
  }

  /// Whether it is ASCII that shows: whatever is combined with it, it is no white space.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool { (0x21...0x7E).contains(scalar.value) }

  /// Removes white space at both ends.
  package static func trimmed(_ text: some StringProtocol) -> String {
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

  /// The lower-case words of a text, for comparing what two sentences say.
  package static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 2 })
  }
}
