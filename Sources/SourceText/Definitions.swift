import GitFormats

/// What a line of code defines, as far as a line tells.
package enum Definitions {
  package enum Kind: Sendable {
    /// The word after `class`, `func`, `message` …, or a function of the languages that have no such word.
    case keyword
    /// A field, a property, a case, a column, a route.
    case field
    /// A local name (`let x =`, `x :=`): whoever has one of their own does not use another's.
    case binding
  }

  /// The names that the line defines, with their places in it. A typed property comes twice: as a field and as a binding.
  ///
  /// What looks like a definition and is none (a call spread over lines) does no harm where names are asked for that
  /// stood nowhere before.
  package static func forEach(
    in code: ArraySlice<UInt8>, _ language: SourceLanguage, _ body: (Range<Int>, Kind) -> Void
  ) {
    guard let line = LineShape(code) else { return }
    let words = DefiningWords.of(language)
    if words.isEmpty || !define(in: line, by: words, language, body) { line.fields(language, body) }
  }

  /// Whether a word of the language defines something here.
  private static func define(
    in line: LineShape, by words: DefiningWords, _ language: SourceLanguage,
    _ body: (Range<Int>, Kind) -> Void
  ) -> Bool {
    // `import type Shop` and `extend type Shop` only name it.
    if language != .perl && TellingLine.bringsIn(line.code) || line.beginsWith(LineShape.extending) {
      return false
    }
    var isFound = false
    var cursor = line.start
    while let range = line.nextWord(&cursor) {
      guard range.count <= 16, line.code[range.lowerBound] | 0x20 >= 0x61 else { continue }
      let word = Word(line.code, range)
      let isBinding = words.bindings.contains(word)
      guard isBinding || words.keywords.contains(word) else { continue }
      if let before = line.byte(before: range.lowerBound), ".-$:'&".utf8.contains(before), language != .erlang
      {
        continue
      }
      guard let name = line.name(after: range.upperBound, language), !words.contains(Word(line.code, name))
      else {
        continue
      }
      cursor = name.upperBound
      if isBinding {
        guard line.isBound(after: name.upperBound, language), !line.isBroughtIn(after: name.upperBound) else {
          continue
        }
        let isTop =
          line.indent == 0 && !line.beginsWith(LineShape.flow)
          && !line.code[line.start..<range.lowerBound].contains(UInt8(ascii: "("))
        if !isTop, line.hasType(after: name.upperBound) { body(name, .field) }
        body(name, isTop ? .keyword : .binding)
      } else if language != .c || line.opensType(after: name.upperBound) {
        body(name, .keyword)
      } else {
        continue
      }
      isFound = true
    }
    return isFound
  }
}
