/// Words of a command that somebody pastes into a POSIX shell.
extension Text {
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
        // What begins with a hyphen is an option of printf's.
        if plain(scalar), scalar != "%", scalar != "-" { return String(scalar) }
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

  /// Operands of a command, of which the program must take none for an option.
  package static func shellOperands(_ words: String...) -> String {
    ((words.contains { $0.hasPrefix("-") } ? ["--"] : []) + words.map(shellQuoted)).joined(separator: " ")
  }

  /// A branch as the source of a refspec: by its name where that can mean nothing else.
  ///
  /// A name may begin like an option, or with the sign that forces a push; `tag` and `HEAD` are words of git's, and a
  /// name like `tags/x` or `refs/heads/x` is another ref's as well.
  package static func shellBranch(_ name: String) -> String {
    let first = name.utf8.first ?? 0
    let isName =
      (first.isAlphanumericASCII || first >= 0x80) && !name.utf8.allSatisfy(\.isUpperASCII)
      && !["refs", "heads", "tags", "remotes", "tag", "bets", "stash"].contains(name.prefix { $0 != "/" })
    return shellQuoted(isName ? name : "refs/heads/\(name)")
  }
}
