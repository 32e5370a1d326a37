import GitFormats

/// What a line defines by its shape: fields, cases, columns, and functions of the languages that have no word for them.
extension LineShape {
  typealias Found = (Range<Int>, Definitions.Kind) -> Void

  func fields(_ language: SourceLanguage, _ body: Found) {
    switch language {
    case .swift: swiftCases(body)
    case .c: cFunction(body)
    case .rust: rustField(body)
    case .go: goField(body)
    case .python: pythonField(body)
    case .ruby: rubyField(body)
    case .php: phpField(body)
    case .javaScript, .component: scriptField(body)
    case .java, .cSharp, .dart: typedMember(body)
    case .kotlin, .scala: break
    case .elixir: symbols(LineShape.elixirFields, only: 1, body)
    case .erlang, .shell, .haskell: plainFunction(language, body)
    case .lua, .perl: break
    case .sql: sqlNames(body)
    case .protobuf: protobufField(body)
    case .graphQL: if indent > 0 { named(at: start, before: [.colon, UInt8(ascii: "(")], .field, body) }
    case .css:
      if last == UInt8(ascii: ";"), code[start] == UInt8(ascii: "$") {
        named(at: start + 1, before: [.colon], .field, body)
      }
    case .markup: break
    }
  }

  /// The word here, when one of these bytes comes next.
  func named(at place: Int, before bytes: [UInt8], _ kind: Definitions.Kind, _ body: Found) {
    guard let name = word(at: place), let next = byte(at: skipBlanks(name.upperBound)), bytes.contains(next)
    else {
      return
    }
    body(name, kind)
  }

  /// `case one, two(Int)`, but not the `case one:` of a switch.
  private func swiftCases(_ body: Found) {
    var at = behind(LineShape.indirect, start)
    guard let first = word(at: at), Word(code, first) == "case", last != .colon else { return }
    at = first.upperBound
    while let name = word(at: skipBlanks(at)) {
      if LineShape.swiftBindings.contains(Word(code, name)) { return }
      body(name, .field)
      guard let behind = skipBrackets(at: name.upperBound, "(", ")") else { return }
      guard let comma = code[behind..<end].firstIndex(of: UInt8(ascii: ",")) else { return }
      at = comma + 1
    }
  }

  /// `name: Type,` and the variants `Name,`, `Name(Type),`, `Name {`.
  private func rustField(_ body: Found) {
    guard indent > 0 else { return }
    var at = start
    if let first = word(at: at), Word(code, first) == "pub" {
      at = skipBlanks(skipBrackets(at: first.upperBound, "(", ")") ?? first.upperBound)
    }
    guard let name = word(at: at) else { return }
    if hasType(after: name.upperBound) {
      if last == UInt8(ascii: ",") || at > start { body(name, .field) }
    } else if code[at].isUpper, !code[at..<end].contains(UInt8(ascii: "=")) {
      let next = byte(at: skipBlanks(name.upperBound)) ?? 0
      if ",({".utf8.contains(next), ",{}".utf8.contains(last) { body(name, .field) }
    }
  }

  /// `\tName Type`, and the local `name :=`.
  private func goField(_ body: Found) {
    if let sign = code[start..<end].firstIndex(of: .colon), byte(at: sign + 1) == UInt8(ascii: "=") {
      var place = sign
      while place > start,
        code[place - 1].isBlank || code[place - 1].isWordASCII || code[place - 1] == UInt8(ascii: ",")
      {
        place -= 1
      }
      var cursor = place
      while cursor < sign, let name = nextWord(&cursor), name.upperBound <= sign {
        if !LineShape.flow.contains(Word(code, name)) { body(name, .binding) }
      }
    } else if indent > 0, code[start].isUpper, let name = word(at: start) {
      let type = skipBlanks(name.upperBound)
      if type > name.upperBound, let byte = byte(at: type), byte.isWordStart || "*[".utf8.contains(byte) {
        body(name, .field)
      }
    }
  }

  /// `name = …` and `name: Type` of a module or a class.
  private func pythonField(_ body: Found) {
    guard indent <= 4, let name = word(at: start) else { return }
    let next = skipBlanks(name.upperBound)
    if byte(at: next) == UInt8(ascii: "="), byte(at: next + 1) != UInt8(ascii: "=") { body(name, .field) }
    if byte(at: next) == .colon, next + 1 < end { body(name, .field) }
  }

  /// `public ?Shop $name`, `case Name`, `const NAME`.
  private func phpField(_ body: Found) {
    let at = behind(LineShape.phpAccess, start)
    if let first = word(at: at), LineShape.phpConstants.contains(Word(code, first)) {
      if last != .colon {
        named(at: skipBlanks(first.upperBound), before: [UInt8(ascii: "="), UInt8(ascii: ";")], .field, body)
      }
    } else if at > start, let sign = code[at..<end].firstIndex(of: UInt8(ascii: "$")),
      !code[at..<sign].contains(UInt8(ascii: "("))
    {
      named(at: sign + 1, before: Array("=;,)".utf8), .field, body)
    }
  }

  /// `name?: Type`, `readonly name: Type`, `name: Type;`, and methods.
  private func scriptField(_ body: Found) {
    guard indent > 0 else { return }
    let at = behind(LineShape.accessWords, start)
    guard let name = word(at: byte(at: at) == .numberSign ? at + 1 : at) else { return }
    var next = name.upperBound
    let isOptional = byte(at: next) == UInt8(ascii: "?") || byte(at: next) == UInt8(ascii: "!")
    if isOptional { next += 1 }
    if byte(at: next) == .colon {
      if isOptional || at > start || last == UInt8(ascii: ";") { body(name, .field) }
    } else if byte(at: next) == UInt8(ascii: "("), last == UInt8(ascii: "{"),
      !LineShape.scriptStatements.contains(Word(code, name))
    {
      // A call that takes a function ends with a brace too, but its bracket is still open.
      if skipBrackets(at: next, "(", ")") != nil { body(name, .field) }
    } else if at > start, byte(at: skipBlanks(next)) == UInt8(ascii: "=") {
      body(name, .field)
    }
  }
}
