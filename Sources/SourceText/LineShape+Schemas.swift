import GitFormats

/// What is said in a little language of its own: relations and columns, tables, messages.
extension LineShape {
  /// What a class of Ruby's says about itself, a migration's columns, and constants.
  func rubyField(_ body: Found) {
    symbols(LineShape.rubyRelations, only: 1, body)
    symbols(LineShape.rubyAttributes, body)
    symbols(LineShape.rubyColumns, from: 1, only: 1, body)
    if let first = word(at: start) {
      if first.count == 1, byte(at: first.upperBound) == UInt8(ascii: "."),
        let type = word(at: first.upperBound + 1), !LineShape.rubyNoColumns.contains(Word(code, type))
      {
        symbols(at: type.upperBound, from: 0, only: .max, body)
      }
      if code[start].isUpper, !code[first].contains(where: \.isLower) {
        let next = skipBlanks(first.upperBound)
        if byte(at: next) == UInt8(ascii: "="), byte(at: next + 1) != UInt8(ascii: "=") {
          body(first, .field)
        }
      }
    }
  }

  /// The `:name`s after a word that begins the line: those from one on, and only so many.
  func symbols(_ words: [Word], from: Int = 0, only count: Int = .max, _ body: Found) {
    guard let first = word(at: start), words.contains(Word(code, first)) else { return }
    symbols(at: first.upperBound, from: from, only: count, body)
  }

  private func symbols(at place: Int, from first: Int, only count: Int, _ body: Found) {
    var at = place
    var number = 0
    while number - first < count {
      at = skipBlanks(at)
      if byte(at: at) == UInt8(ascii: "(") { at = skipBlanks(at + 1) }
      guard byte(at: at) == .colon, let name = word(at: at + 1) else { return }
      if number >= first { body(name, .field) }
      number += 1
      at = skipBlanks(name.upperBound)
      guard byte(at: at) == UInt8(ascii: ",") else { return }
      at += 1
    }
  }

  /// `create [unique …] table [if not exists] [shop.]name` and `add column name`, in either case.
  func sqlNames(_ body: Found) {
    var cursor = start
    var isCreating = false
    var previous: Word?
    while let range = nextWord(&cursor) {
      let word = Word(code, range, lowercased: true)
      if word == "create" { isCreating = true }
      let isKind = LineShape.sqlKinds.contains(word)
      if isCreating && isKind || word == "column" && previous == "add" {
        var at = behind(LineShape.sqlConditions, skipBlanks(range.upperBound))
        var name: Range<Int>?
        while true {
          while let byte = byte(at: at), "\"`[]".utf8.contains(byte) { at += 1 }
          guard let part = self.word(at: at) else { break }
          name = part
          at = part.upperBound
          while let byte = byte(at: at), "\"`]".utf8.contains(byte) { at += 1 }
          guard byte(at: at) == UInt8(ascii: ".") else { break }
          at += 1
        }
        if let name { body(name, isKind ? .keyword : .field) }
        isCreating = false
        cursor = max(cursor, at)
      }
      previous = word
    }
  }

  /// `repeated Shop name = 3;`
  func protobufField(_ body: Found) {
    guard indent > 0, last == UInt8(ascii: ";"),
      let sign = code[start..<end].firstIndex(of: UInt8(ascii: "=")),
      let digit = byte(at: skipBlanks(sign + 1)), digit.isDigit,
      let last = code[start..<sign].lastIndex(where: { !$0.isBlank })
    else { return }
    var low = last + 1
    while low > start, code[low - 1].isWordASCII { low -= 1 }
    if low > start, let name = word(at: low) { body(name, .field) }
  }
}
