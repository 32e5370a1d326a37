import GitFormats

/// Strings, characters and patterns: their marks stay, what is in them goes, but for code within a string.
extension CodeReader {
  mutating func beginQuote(_ at: Int) -> Int? {
    guard let index = syntax.quotes.firstIndex(where: { has($0.mark, at) }) else { return nil }
    let quote = syntax.quotes[index]
    if syntax.hasText, quote.mark == [0x27], at > 0, code[at - 1].isWordASCII { return nil }
    if quote.spansLines, frames.isEmpty, endsString(at, quote.mark) {
      blank(0..<at)
      return at + quote.mark.count
    }
    var frame = Frame(kind: .quote, index: index, escapes: quote.escapes, fill: quote.fill)
    frame.isDoubtful = quote.spansLines && !followsOpening(at)
    // What stands in front changes the string: `f"{x}"`, `r#"…"#`, `@"…"`, `$"{x}"`, `s"$x"`.
    var before = at
    while before > 0, at - before < 16, code[before - 1] == .numberSign { before -= 1 }
    let signs = at - before
    let letters = before
    while before > 0, letters - before < 3,
      code[before - 1].isWordASCII || "@$".utf8.contains(code[before - 1])
    {
      before -= 1
    }
    let prefix = code[before..<letters]
    switch language {
    case .swift where signs > 0: (frame.signs, frame.escapes) = (signs, false)
    case .rust where prefix.last == UInt8(ascii: "r"): (frame.signs, frame.escapes) = (signs, false)
    case .python where !prefix.isEmpty:
      if prefix.contains(where: { $0 | 0x20 == UInt8(ascii: "f") }) { frame.fill = .brace }
    case .cSharp:
      if prefix.contains(UInt8(ascii: "$")) { frame.fill = .brace }
      if prefix.contains(UInt8(ascii: "@")) { frame.escapes = false }
    case .scala where prefix.isEmpty: frame.fill = .none
    default: break
    }
    frames.append(frame)
    return at + quote.mark.count
  }

  private static let openers = Array("=(,:[+?{|&>".utf8)

  /// Whether a mark can hardly be but the end of a string that began above the hunk.
  ///
  /// It is the last of its line; text stands in front of it, or nothing does and the line above asks for no string.
  private func endsString(_ at: Int, _ mark: [UInt8]) -> Bool {
    let behind = at + mark.count
    if code.indices.dropFirst(behind).contains(where: { has(mark, $0) }) { return false }
    if code[..<at].contains(where: { !$0.isBlank }) { return !followsOpening(at) }
    guard let previous, behind == code.count || code[behind].isBlank || ");,.]}".utf8.contains(code[behind])
    else { return false }
    return !CodeReader.openers.contains(previous)
  }

  /// Whether what stands before a mark says that it begins a string.
  private func followsOpening(_ at: Int) -> Bool {
    guard let last = code[..<at].lastIndex(where: { !$0.isBlank }) else { return false }
    if CodeReader.openers.contains(code[last]) { return true }
    var word = last + 1
    while word > 0, code[word - 1].isWordASCII { word -= 1 }
    if last == at - 1, word <= last {
      // A tag, as in gql`…`, or letters that say how to read the string; the last word of a text is longer or has a sign
      // behind it.
      return language == .javaScript
        ? !(at + 1 < code.count && ");,".utf8.contains(code[at + 1])) : at - word <= 2
    }
    return Word(code[...], word..<(last + 1)) == "return"
  }

  mutating func readQuote(_ start: Int) -> Int {
    let frame = frames[frames.count - 1]
    let quote = syntax.quotes[frame.index]
    var at = start
    while at < code.count {
      let byte = code[at]
      if byte == quote.mark[0], has(quote.mark, at), signs(at + quote.mark.count, atLeast: frame.signs) {
        frames.removeLast()
        return at + quote.mark.count + frame.signs
      }
      if let end = beginHole(at, frame) {
        blank(at..<end)
        frames.append(Frame(kind: .hole, fill: frame.fill, depth: 1))
        return end
      }
      if byte == UInt8(ascii: "\\"), frame.escapes {
        blank(at..<min(at + 2, code.count))
        at += 2
      } else if frame.fill == .dollarName, byte == UInt8(ascii: "$") {
        at += 1
        while at < code.count, code[at].isWordASCII { at += 1 }
      } else if frame.fill == .brace, byte == UInt8(ascii: "{") {
        // Two of them stand for one.
        blank(at..<min(at + 2, code.count))
        at += 2
      } else {
        if (byte | 0x20).isLower, !quote.isDocumentation { hasString = true }
        code[at] = .space
        at += 1
      }
    }
    return at
  }

  /// The end of the mark that begins code within a string.
  private func beginHole(_ at: Int, _ frame: Frame) -> Int? {
    func follows(_ offset: Int, _ byte: Unicode.Scalar) -> Bool {
      at + offset < code.count && code[at + offset] == UInt8(ascii: byte)
    }
    switch frame.fill {
    case .none: return nil
    case .backslash:
      guard code[at] == UInt8(ascii: "\\"), signs(at + 1, atLeast: frame.signs) else { return nil }
      return follows(frame.signs + 1, "(") ? at + frame.signs + 2 : nil
    case .number: return code[at] == .numberSign && follows(1, "{") ? at + 2 : nil
    case .dollar: return code[at] == UInt8(ascii: "$") && follows(1, "{") ? at + 2 : nil
    case .dollarName:
      if code[at] == UInt8(ascii: "$") { return follows(1, "{") ? at + 2 : nil }
      return code[at] == UInt8(ascii: "{") && follows(1, "$") ? at + 1 : nil
    case .brace: return code[at] == UInt8(ascii: "{") && !follows(1, "{") ? at + 1 : nil
    }
  }

  private func signs(_ at: Int, atLeast count: Int) -> Bool {
    count == 0 || at + count <= code.count && code[at..<(at + count)].allSatisfy { $0 == .numberSign }
  }

  /// The end of `'a'` or `'\n'`, whose inside is blanked.
  mutating func skipCharacter(_ at: Int) -> Int? {
    guard syntax.hasCharacters, code[at] == 0x27, at + 2 < code.count else { return nil }
    var end = at + 1
    if code[end] == UInt8(ascii: "\\") {
      end += 2
      while end < code.count, end - at < 12, code[end] != 0x27 { end += 1 }
    } else {
      // One character, of up to four bytes.
      end += 1
      while end < code.count, code[end] & 0xC0 == 0x80, end - at < 5 { end += 1 }
    }
    guard end < code.count, code[end] == 0x27 else { return nil }
    blank((at + 1)..<end)
    return end + 1
  }

  /// The end of `/pattern/` where no division can stand, whose inside is blanked.
  mutating func skipPattern(_ at: Int) -> Int? {
    guard syntax.hasPatterns, code[at] == .slash else { return nil }
    if let last = code[..<at].lastIndex(where: { !$0.isBlank }) {
      guard
        "(,=:[!&|?{;~".utf8.contains(code[last]) || code[..<(last + 1)].suffix(6).elementsEqual("return".utf8)
      else { return nil }
    }
    var isInSet = false
    var end = at + 1
    while end < code.count, code[end] != .slash || isInSet {
      switch code[end] {
      case UInt8(ascii: "["): isInSet = true
      case UInt8(ascii: "]"): isInSet = false
      case UInt8(ascii: "\\"): end += 1
      default: break
      }
      end += 1
    }
    guard end < code.count, end > at + 1 else { return nil }
    blank((at + 1)..<end)
    return end + 1
  }

  private static let importing: [Word] = [
    "from", "import", "require", "require_relative", "include", "include_once", "part",
  ]

  /// `import … from './search-results'` names a file, and a file's name may be one that a bet brought.
  mutating func keepImportedName(from line: ArraySlice<UInt8>) {
    guard hasString, let end = code.lastIndex(where: { $0 == 0x22 || $0 == 0x27 }),
      let open = code[..<end].lastIndex(of: code[end])
    else { return }
    var stop = open
    while stop > 0, code[stop - 1].isBlank || code[stop - 1] == UInt8(ascii: "(") { stop -= 1 }
    var word = stop
    while word > 0, code[word - 1].isWordASCII { word -= 1 }
    guard CodeReader.importing.contains(Word(code[...], word..<stop)) else { return }
    // What comes after the last folder, without an ending.
    let path = line[(line.startIndex + open + 1)..<(line.startIndex + end)]
    let file = path[((path.lastIndex(of: .slash) ?? path.startIndex - 1) + 1)...]
    let name = file.prefix { $0.isWordASCII || $0 == .hyphen }
    guard name.contains(.hyphen) else { return }
    for index in name.indices { code[index - line.startIndex] = line[index] }
  }
}
