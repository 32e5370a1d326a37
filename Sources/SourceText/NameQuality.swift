import GitFormats

/// How much a name says by itself: whether it is likely that who writes it means the one thing that brought it.
package struct NameQuality: Equatable, Sendable {
  /// Of more than one part (`LessonFinder`, `lesson_finder`, `lesson-finder`).
  package let isComposite: Bool
  /// A part of it is none of the words that every code base has.
  package let hasUncommonPart: Bool
  private let isForTests: Bool
  private let length: Int

  private static let testWords = ["test", "mock", "stub", "fake"].map { Array($0.utf8) }

  package init(_ name: ArraySlice<UInt8>) {
    var count = 0
    var isUncommon = false
    var isForTests = false
    NameQuality.forEachPart(of: name) { part in
      count += 1
      let word = part.map(\.lowercasedASCII)[...]
      if word.contains(where: { !$0.isDigit }), !CommonWords.contain(word) { isUncommon = true }
      if NameQuality.testWords.contains(where: { word.elementsEqual($0) || word.elementsEqual($0 + [0x73]) })
      {
        isForTests = true
      }
    }
    isComposite = count > 1
    hasUncommonPart = isUncommon
    self.isForTests = isForTests
    length = name.count
  }

  /// Whether something that is defined so is known by its name.
  package func isGood(_ kind: Definitions.Kind) -> Bool {
    if isForTests || kind == .binding || length < 6 { return false }
    return isComposite || hasUncommonPart && (kind == .keyword || length >= 8)
  }

  /// `URLFinder_v2` in parts: `URL`, `Finder`, `v2`.
  private static func forEachPart(of name: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    var start = name.startIndex
    for at in name.indices {
      let byte = name[at]
      if byte == 0x5F || byte == .hyphen {
        if at > start { body(name[start..<at]) }
        start = at + 1
      } else if at > start, byte.isUpper {
        let endsCapitals = at + 1 < name.endIndex && name[at + 1].isLower && !isPlural(name, at)
        if !name[at - 1].isUpper || endsCapitals {
          body(name[start..<at])
          start = at
        }
      }
    }
    if start < name.endIndex { body(name[start...]) }
  }

  /// Whether the capital here ends a word of capitals of which there are several (`IDs`).
  private static func isPlural(_ name: ArraySlice<UInt8>, _ at: Int) -> Bool {
    name[at + 1] == 0x73 && (at + 2 == name.endIndex || !name[at + 2].isLower)
  }
}
