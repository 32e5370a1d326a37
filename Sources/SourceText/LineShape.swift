import GitFormats

/// A line of code that holds something, and what can be asked about how it is built.
struct LineShape {
  let code: ArraySlice<UInt8>
  /// Where it begins and ends without white.
  let start: Int
  let end: Int

  init?(_ code: ArraySlice<UInt8>) {
    guard let start = code.firstIndex(where: { !$0.isBlank }),
      let last = code.lastIndex(where: { !$0.isBlank })
    else {
      return nil
    }
    self.code = code
    self.start = start
    end = last + 1
  }

  /// In columns, a tab counting as four.
  var indent: Int { code[..<start].reduce(0) { $0 + ($1 == .tab ? 4 : 1) } }

  var last: UInt8 { code[end - 1] }

  func byte(at place: Int) -> UInt8? { place < end ? code[place] : nil }

  func byte(before place: Int) -> UInt8? { place > start ? code[place - 1] : nil }

  func skipBlanks(_ place: Int) -> Int {
    var place = place
    while place < end, code[place].isBlank { place += 1 }
    return place
  }

  /// The identifier that begins here; nil where none does.
  func word(at place: Int) -> Range<Int>? {
    guard place < end, code[place].isWordStart else { return nil }
    var stop = place
    while stop < end, code[stop].isWordASCII { stop += 1 }
    // A name that goes on outside of ASCII is none.
    return stop < end && code[stop] >= 0x80 ? nil : place..<stop
  }

  /// The next identifier from the cursor on, which moves behind it.
  func nextWord(_ cursor: inout Int) -> Range<Int>? {
    while cursor < end {
      if code[cursor].isWordASCII || code[cursor] >= 0x80 {
        let from = cursor
        while cursor < end, code[cursor].isWordASCII || code[cursor] >= 0x80 { cursor += 1 }
        if let range = word(at: from) { return range }
      } else {
        cursor += 1
      }
    }
    return nil
  }

  func beginsWith(_ words: [Word]) -> Bool {
    guard let first = word(at: start) else { return false }
    return words.contains(Word(code, first))
  }

  /// Behind what is in brackets from here on; the place itself where no bracket opens, nil where none closes.
  func skipBrackets(at place: Int, _ open: Unicode.Scalar, _ close: Unicode.Scalar) -> Int? {
    guard byte(at: place) == UInt8(ascii: open) else { return place }
    var depth = 0
    for index in place..<end {
      if code[index] == UInt8(ascii: open) { depth += 1 }
      if code[index] == UInt8(ascii: close) { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return nil
  }

  /// The name after a word that defines one: of `Shop::Finder`, `self.find` and `(s *Shop) Find` the last part.
  func name(after place: Int, _ language: SourceLanguage) -> Range<Int>? {
    var at = skipBlanks(place)
    switch language {
    // A function without a name has no blank here.
    case .go where at > place, .kotlin:
      guard let receiver = skipBrackets(at: at, "(", ")"),
        let generics = skipBrackets(at: skipBlanks(receiver), "<", ">")
      else {
        return nil
      }
      at = skipBlanks(generics)
    case .erlang where byte(at: at) == UInt8(ascii: "("): at += 1
    case .javaScript where byte(at: at) == UInt8(ascii: "*"), .rust where byte(at: at) == UInt8(ascii: "!"):
      at += 1
    default: if at == place { return nil }
    }
    at = behind(LineShape.mutable, skipBlanks(at))
    while let byte = byte(at: at), "*&$@%`".utf8.contains(byte) { at += 1 }
    guard var name = word(at: at) else { return nil }
    while let next = part(after: name.upperBound, language) { name = next }
    return name
  }

  /// The next part of a name of several.
  private func part(after place: Int, _ language: SourceLanguage) -> Range<Int>? {
    if byte(at: place) == UInt8(ascii: ".") { return word(at: place + 1) }
    if language == .kotlin, let behind = skipBrackets(at: place, "<", ">"),
      byte(at: behind) == UInt8(ascii: ".")
    {
      return word(at: behind + 1)
    }
    guard byte(at: place) == .colon else { return nil }
    if byte(at: place + 1) == .colon { return word(at: place + 2) }
    return language == .lua ? word(at: place + 1) : nil
  }

  /// Behind those of the words that come next, in either case.
  func behind(_ words: [Word], _ place: Int) -> Int {
    var at = place
    while let range = word(at: at), words.contains(Word(code, range, lowercased: true)) {
      at = skipBlanks(range.upperBound)
    }
    return at
  }

  /// Whether `: Type` follows.
  func hasType(after place: Int) -> Bool {
    let at = skipBlanks(place)
    return byte(at: at) == .colon && byte(at: at + 1) != .colon
  }

  /// Whether a name is given a value here, or at least a place for one: no pattern, no type before a name.
  func isBound(after place: Int, _ language: SourceLanguage) -> Bool {
    let at = skipBlanks(place)
    guard let byte = byte(at: at) else { return true }
    if let next = word(at: at) { return LineShape.looping.contains(Word(code, next)) }
    return "=:;,)".utf8.contains(byte) || byte == UInt8(ascii: "{") && language == .swift
  }

  /// Whether what comes is brought in under this name: `= require('./finder')`, `= lazy(() => import('./finder'))`.
  func isBroughtIn(after place: Int) -> Bool {
    var cursor = place
    while let word = nextWord(&cursor) {
      if LineShape.bringing.contains(Word(code, word)) { return byte(at: word.upperBound) != .colon }
    }
    return false
  }

  /// Whether C defines a type here and does not only name it: nothing, a brace or its ancestors follow.
  func opensType(after place: Int) -> Bool {
    if code[start] == .numberSign || code[start] == UInt8(ascii: "@") { return last != UInt8(ascii: ";") }
    switch byte(at: skipBlanks(place)) {
    case nil, UInt8(ascii: "{"), .colon: return true
    default: return false
    }
  }
}
