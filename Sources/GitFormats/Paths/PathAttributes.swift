/// What a `.gitattributes` file says about one attribute.
///
/// Macros other than git's own are not known, and no built-in one is about the attributes asked for here.
package struct PathAttributes: Sendable {
  private let lines: [(pattern: PathPattern, words: [ArraySlice<UInt8>])]

  package init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: 10).compactMap { line in
      let words = line.split { $0 == 32 || $0 == 9 || $0 == 13 }
      // A quoted pattern has a blank or a byte beyond ASCII; nothing here needs one.
      guard let pattern = words.first, pattern.first != UInt8(ascii: "#"),
        pattern.first != UInt8(ascii: "!"), !pattern.starts(with: "[attr]".utf8)
      else { return nil }
      return (PathPattern(pattern, coversFolders: false), Array(words.dropFirst()))
    }
  }

  /// Whether the attribute is set for a path that counts from the file's folder; nil when the file does not say.
  ///
  /// The last line that matches decides. A value is set as well, but `false`.
  package func isSet(_ attribute: String, for path: [UInt8]) -> Bool? {
    for line in lines.reversed() {
      guard let answer = PathAttributes.answer(line.words, Array(attribute.utf8)) else { continue }
      if line.pattern.matches(path) { return answer }
    }
    return nil
  }

  private static func answer(_ words: [ArraySlice<UInt8>], _ attribute: [UInt8]) -> Bool? {
    var answer: Bool?
    for word in words {
      if word.elementsEqual(attribute) { answer = true }
      if word.dropFirst().elementsEqual(attribute), [45, 33].contains(word.first) { answer = false }
      if word.starts(with: attribute), word.dropFirst(attribute.count).first == UInt8(ascii: "=") {
        answer = !word.dropFirst(attribute.count + 1).elementsEqual("false".utf8)
      }
    }
    return answer
  }
}
