import GitFormats
import TestSupport
import Testing

/// A message and the trailers that `git log` finds in it, in the signs of `bytes(_:)`.
struct TrailerCase: Sendable, CustomTestStringConvertible {
  let input: String
  let expected: String
  var testDescription: String { input }

  /// A body under the title `s`, with the final LF.
  static func body(_ input: String, _ expected: String) -> TrailerCase {
    .whole("s⏎⏎" + input + (input.hasSuffix("✂") ? "" : "⏎"), expected)
  }

  static func whole(_ input: String, _ expected: String) -> TrailerCase {
    TrailerCase(input: input, expected: expected.isEmpty ? "" : expected + "⏎")
  }
}

/// ⏎ LF, ⇥ TAB, ␍ CR, ␋ VT, ␌ FF, ␀ NUL, ␦ the byte FF, ✂ the scissors line with its LF.
func bytes(_ signs: String) -> [UInt8] {
  signs.unicodeScalars.flatMap { sign -> [UInt8] in
    switch sign {
    case "⏎": [0x0A]
    case "⇥": [0x09]
    case "␍": [0x0D]
    case "␋": [0x0B]
    case "␌": [0x0C]
    case "␀": [0x00]
    case "␦": [0xFF]
    case "✂": Array("# ------------------------ >8 ------------------------\n".utf8)
    default: Array(String(sign).utf8)
    }
  }
}

/// What `git log --format='%(trailers:only,unfold)'` prints for these trailers.
func printed(_ trailers: Trailers) -> [UInt8] {
  trailers.flatMap { Array("\($0.key): ".utf8) + $0.valueBytes + [0x0A] }
}

@Suite struct TrailersTests {
  @Test(arguments: TrailerCase.all)
  func `a message has the trailers that git finds in it`(_ trial: TrailerCase) throws {
    #expect(printed(try Trailers(parsing: bytes(trial.input))) == bytes(trial.expected))
  }

  @Test func `git log finds the same in every row`() throws {
    let found = try GitTrailers().log(TrailerCase.all.map { bytes($0.input) })
    for (trial, found) in zip(TrailerCase.all, found) {
      #expect(found == bytes(trial.expected), "\(trial.input)")
    }
  }

  @Test func `git interpret-trailers finds the same, but for leading blank lines`() throws {
    let git = try GitTrailers()
    for trial in TrailerCase.all where !["⏎", " ", "␍"].contains(trial.input.first) {
      // NUL ends a commit's message only; and newer versions complete a missing final LF.
      guard !trial.input.contains("␀"), trial.input != "s⏎⏎Bet: a⏎⏎Conflicts:" else { continue }
      let found = try git.interpret(bytes(trial.input))
      #expect(found == bytes(trial.expected), "\(trial.input)")
    }
  }

  @Test func `keys compare without case and values keep their order`() throws {
    let trailers = try Trailers(parsing: bytes("s⏎⏎Bet: b⏎X: 1⏎bET: a⏎Betty: c⏎"))
    #expect(trailers.values(of: "bet") == ["b", "a"])
    #expect(trailers.values(of: "Be").isEmpty)
    #expect(trailers.map(\.key) == ["Bet", "X", "bET", "Betty"])
  }

  @Test func `only ASCII letters have a case`() {
    #expect(Trailer(key: "K", value: "").named("k"))
    #expect(!Trailer(key: "K", value: "").named("\u{212A}"))
    #expect(!Trailer(key: "@", value: "").named("`"))
  }

  @Test func `the block is given in bytes of the message`() throws {
    func block(_ input: String) throws -> [UInt8]? {
      let message = bytes(input)
      return try Trailers(parsing: message).block.map { Array(message[$0]) }
    }
    #expect(try block("⏎ ⏎s⏎⏎body⏎⏎Bet: a⏎ b⏎# c⏎⏎# d⏎") == bytes("Bet: a⏎ b⏎"))
    #expect(try block("s⏎⏎(cherry picked from commit 1)⏎") == bytes("(cherry picked from commit 1)⏎"))
    #expect(try block("s⏎⏎prose⏎Bet: a⏎") == nil)
    #expect(try block("") == nil)
  }

  @Test func `bytes that are not UTF-8 are kept, and told`() throws {
    let trailers = try Trailers(parsing: bytes("s⏎⏎Bet: ␦a⏎Bet: \u{FFFD}a⏎Bet: é⏎"))
    #expect(trailers.map(\.value) == ["\u{FFFD}a", "\u{FFFD}a", "é"])
    #expect(trailers.map { Array($0.value.utf8) == $0.valueBytes } == [false, true, true])
    #expect(trailers[0].valueBytes == bytes("␦a"))
    #expect(trailers[0] != trailers[1])
    #expect(Trailer(key: "Bet", value: "é") == trailers[2])
  }

  @Test func `a message over the limit is refused whole`() throws {
    let trailer = bytes("s⏎⏎Bet: a⏎")
    let line = [UInt8](repeating: 0x78, count: Trailers.largestMessage - trailer.count - 1)
    #expect(try Trailers(parsing: line + [0x0A] + trailer).count == 1)
    let message = line + [0x78, 0x0A] + trailer
    let error = #expect(throws: Trailers.TooLarge.self) { try Trailers(parsing: message) }
    #expect(error?.count == Trailers.largestMessage + 1)
    #expect(throws: Trailers.TooLarge.self) { try Trailers.strays(of: "Bet", in: message) }
  }

  @Test func `many trailers and long values are answered`() throws {
    let many = Array(repeating: bytes("Bet: a⏎"), count: 100_000).joined()
    #expect(try Trailers(parsing: bytes("s⏎⏎") + many).count == 100_000)

    let folded = Array(repeating: bytes(" a⏎"), count: 200_000).joined()
    let trailers = try Trailers(parsing: bytes("s⏎⏎Bet:⏎") + folded)
    #expect(trailers.map(\.valueBytes.count) == [399_999])

    let longer = Array(repeating: bytes(" abcd⏎"), count: 200_000).joined()
    #expect(throws: Trailers.TooLarge.self) { try Trailers(parsing: bytes("s⏎⏎Bet:⏎") + longer) }
  }
}
