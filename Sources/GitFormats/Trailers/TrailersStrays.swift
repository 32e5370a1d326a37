/// A line that looks like a trailer and is none to git, such as a `Bet:` in the middle of a message.
package struct StrayTrailer: Hashable, Sendable {
  /// The key as it was asked for.
  package let key: String
  /// The line's number in the message as given, from 1.
  package let line: Int
  /// What stands behind the colon on that line; what is not UTF-8 has been replaced by U+FFFD.
  package let value: String
  package let indented: Bool
  package let reason: Reason

  /// Why git does not read the line; the first one that is true.
  package enum Reason: String, CaseIterable, Hashable, Sendable {
    case afterNUL, afterScissors, inTitle, notLastParagraph, indented, mixedParagraph

    /// Whether the line stands where nothing is read any more.
    package var isCutOff: Bool { self == .afterNUL || self == .afterScissors }
  }
}

extension StrayTrailer.Reason {
  /// The reason in a sentence about the line, with what to do where that is not plain.
  package var sentence: String {
    switch self {
    case .afterNUL: "it stands behind a NUL byte, where git stops reading"
    case .afterScissors: "it stands below the scissors line, where git stops reading"
    case .inTitle: "it stands in the title paragraph; leave a blank line above it"
    case .notLastParagraph: "it stands above the last paragraph, and git reads only the last one"
    case .indented: "it is indented; start the line with the key"
    case .mixedParagraph: "it shares its paragraph with prose; give the trailers a paragraph of their own"
    }
  }
}

extension Trailers {
  /// The lines `key:`, indented or not and in any case, that are no trailers; in order.
  ///
  /// An indented line inside the block is one: git reads it as a part of the value above it.
  package static func strays(of keys: String..., in message: [UInt8]) throws(TooLarge) -> [StrayTrailer] {
    strays(of: keys.map { Array($0.utf8) }, in: try TrailerGrammar(message))
  }

  /// The trailers and those lines, from one reading.
  package static func parse(
    _ message: [UInt8], straysOf keys: [[UInt8]]
  ) throws(TooLarge) -> (trailers: Trailers, strays: [StrayTrailer]) {
    let grammar = try TrailerGrammar(message)
    return (Trailers(grammar), strays(of: keys, in: grammar))
  }

  private static func strays(of keys: [[UInt8]], in grammar: TrailerGrammar) -> [StrayTrailer] {
    let message = grammar.message
    let lines = MessageLines(bytes: message, count: message.count)
    var strays: [StrayTrailer] = []
    var (line, number) = (0, 1)
    while line < message.count {
      let next = lines.next(line)
      let word = firstWord(of: line, in: message)
      for key in keys {
        guard let colon = colon(after: key, at: word, in: message),
          let reason = grammar.reason(for: line, indented: word > line)
        else { continue }
        let value = String(decoding: message[(colon + 1)..<next].trimmed, as: UTF8.self)
        strays.append(
          StrayTrailer(
            key: String(decoding: key, as: UTF8.self), line: number, value: value, indented: word > line,
            reason: reason))
      }
      (line, number) = (next, number + 1)
    }
    return strays
  }

  /// Whether a line begins, after any white, with one of the keys; ASCII letters compare without case.
  ///
  /// False means that the message has neither a trailer nor a stray of these keys. Allocates nothing and
  /// takes a message of any size: it is meant to be asked before parsing.
  package static func mention(_ keys: [[UInt8]], in message: [UInt8]) -> Bool {
    let lines = MessageLines(bytes: message, count: message.count)
    var line = 0
    while line < message.count {
      let word = firstWord(of: line, in: message)
      for key in keys where begins(word, with: key, in: message) { return true }
      line = lines.next(word)
    }
    return false
  }

  private static func firstWord(of line: Int, in message: [UInt8]) -> Int {
    var index = line
    while index < message.count, message[index] == .space || message[index] == .tab { index += 1 }
    return index
  }

  private static func begins(_ word: Int, with key: [UInt8], in message: [UInt8]) -> Bool {
    guard message.count - word >= key.count else { return false }
    var index = 0
    while index < key.count {
      guard message[word + index].lowercasedASCII == key[index].lowercasedASCII else { return false }
      index += 1
    }
    return true
  }

  private static func colon(after key: [UInt8], at word: Int, in message: [UInt8]) -> Int? {
    guard begins(word, with: key, in: message) else { return nil }
    var index = word + key.count
    while index < message.count, message[index] == .space || message[index] == .tab { index += 1 }
    return index < message.count && message[index] == .colon ? index : nil
  }
}

extension TrailerGrammar {
  /// Why a line that looks like a trailer is none; nil when it is one.
  fileprivate func reason(for line: Int, indented: Bool) -> StrayTrailer.Reason? {
    if line >= nul { return .afterNUL }
    if line >= scissors { return .afterScissors }
    if line < titleEnd { return .inTitle }
    if line < lastParagraph.lowerBound { return .notLastParagraph }
    if indented { return .indented }
    return holdsTrailers ? nil : .mixedParagraph
  }
}
