import Bets
import Libc

/// The words of a command line before they are parsed: what the parser would take another way than git, or not tell.
enum CommandLineWords {
  /// Changes to the directories that stand before the verb, as `git -C` does, and returns the rest.
  static func entering(_ arguments: [String]) throws -> [String] {
    var rest = arguments[...]
    while rest.first == "-C", rest.count > 1 {
      try Context.enter(rest[rest.startIndex + 1])
      rest = rest.dropFirst(2)
    }
    return Array(rest)
  }

  /// The words of the command line that are no UTF-8: Swift has put others in their place.
  static var odd: [[UInt8]] {
    (0..<Int(CommandLine.argc)).compactMap { index in
      guard let word = unsafe CommandLine.unsafeArgv[index] else { return nil }
      let bytes = unsafe Array(UnsafeRawBufferPointer(start: word, count: strlen(word)))
      return String(validating: bytes, as: UTF8.self) == nil ? bytes : nil
    }
  }

  /// What was typed where the parser has this text.
  static func bytes(of text: String) -> [UInt8] {
    guard text.contains("\u{FFFD}") else { return Array(text.utf8) }
    return odd.first { String(decoding: $0, as: UTF8.self) == text } ?? Array(text.utf8)
  }

  /// A flag that stands there twice and may not: the parser takes the last one, and what was typed first is lost.
  ///
  /// `push` hands its words on to git. A value that looks like a flag is typed as `--because=--title`.
  static func repeated(in arguments: [String]) -> Refusal? {
    guard arguments.first != "push" else { return nil }
    var seen: Set<Substring> = []
    for word in arguments.prefix(while: { $0 != "--" })
    where word.hasPrefix("--") || ["-F", "-m"].contains(word) {
      let flag = word.prefix { $0 != "=" }
      if TrailerName(key: String(flag.drop { $0 == "-" }))?.repeats != true, !seen.insert(flag).inserted {
        return Refusal("repeated-field", "'\(Text.printable(flag))' is given more than once")
      }
    }
    return nil
  }

  /// What there is for a verb that people try, or one that is nearly typed; nil for one of ours.
  static func unknownVerb(_ arguments: [String], among verbs: [String]) -> Refusal? {
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !verbs.contains(word) else {
      return nil
    }
    let near = BetID.nearMisses(of: word, among: verbs.compactMap { BetID(ifValid: $0) })
    let bet = arguments.dropFirst().first { !$0.hasPrefix("-") }.flatMap { BetID(ifValid: $0) }
    var (notes, hints) = (Refusal.guesses(near), ["git bet -h"])
    switch word {
    case "rm", "remove", "delete", "del", "drop":
      notes = ["a bet is not deleted: close it as abandoned, and its diary stays for those who ask why"]
      hints = bet.map { ["git bet close \($0)"] } ?? ["git bet close -h"]
    case "rename", "mv", "move":
      notes = ["an id stays, because commits and clones name it; the title can be changed with amend --title"]
      hints = bet.map { ["git bet show \($0)"] } ?? ["git bet amend -h"]
    case "edit", "change", "update", "set":
      notes = ["a claim is changed with amend, which says so for ever"]
      hints = ["git bet amend -h"]
    case "new", "add", "create", "place":
      notes = ["a bet is placed with declare"]
      hints = bet.map { ["git bet declare \($0)"] } ?? ["git bet declare -h"]
    default: break
    }
    return Refusal(
      "unknown-command", "'\(Text.printable(word))' is no command of git bet", notes: notes, hints: hints,
      exitStatus: .usage)
  }
}
