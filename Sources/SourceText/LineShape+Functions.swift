import GitFormats

/// Functions and members of the languages that have no word for them.
extension LineShape {
  /// `static int find_lesson(…` at the beginning of a line, and Objective-C's `- (void)findLesson:`.
  func cFunction(_ body: Found) {
    guard start == code.startIndex else { return }
    if code[start] == .hyphen || code[start] == UInt8(ascii: "+") {
      let at = skipBlanks(start + 1)
      guard byte(at: at) == UInt8(ascii: "("), let behind = skipBrackets(at: at, "(", ")") else { return }
      if let name = word(at: skipBlanks(behind)) { body(name, .keyword) }
    } else if !beginsWith(LineShape.cStatements) {
      calledName(behindWords: 1).map { body($0, .keyword) }
    }
  }

  /// The name before the first bracket, when at least so many words, and no `=`, stand in front of it.
  private func calledName(behindWords least: Int) -> Range<Int>? {
    var cursor = start
    var count = 0
    var before = start
    while let name = nextWord(&cursor) {
      if code[before..<name.lowerBound].contains(where: { "=.;{}(".utf8.contains($0) }) { return nil }
      if byte(at: name.upperBound) == UInt8(ascii: "(") { return count >= least ? name : nil }
      before = name.upperBound
      count += 1
    }
    return nil
  }

  /// A member of a class in languages that write the type in front: a modifier, a type, a name.
  func typedMember(_ body: Found) {
    let from = behind(LineShape.accessWords, start)
    guard from > start else { return }
    if let name = calledName(behindWords: 2) {
      body(name, .keyword)
    } else if !beginsWith(LineShape.exporting) {
      let stop = code[from..<end].firstIndex { "=;{".utf8.contains($0) } ?? end
      let isType = code[from..<stop].contains { $0 == UInt8(ascii: "(") }
      guard !isType, let last = code[from..<stop].lastIndex(where: { !$0.isBlank }) else { return }
      var low = last + 1
      while low > from, code[low - 1].isWordASCII { low -= 1 }
      // A type stands in front of it.
      if low > from, let name = word(at: low) { body(name, .field) }
    }
  }

  /// A function at the beginning of a line: `find_lesson() {`, `find_lesson(X) ->`, `findLesson :: Shop`.
  func plainFunction(_ language: SourceLanguage, _ body: Found) {
    guard start == code.startIndex, let name = word(at: start) else { return }
    let next = skipBlanks(name.upperBound)
    let isFunction =
      switch language {
      case .shell: byte(at: next) == UInt8(ascii: "(") && byte(at: next + 1) == UInt8(ascii: ")")
      case .erlang: byte(at: next) == UInt8(ascii: "(") && (last == UInt8(ascii: ">") || last == .hyphen)
      default: byte(at: next) == .colon && byte(at: next + 1) == .colon
      }
    if isFunction { body(name, .keyword) }
  }
}
