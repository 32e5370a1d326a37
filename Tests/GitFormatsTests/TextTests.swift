import GitFormats
import TestSupport
import Testing

@Suite struct TextTests {
  /// The classes of characters that a terminal acts on, or that hide.
  static let hidden: [ClosedRange<UInt32>] = [
    0x00...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5,
    0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F,
    0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0x13430...0x1345F, 0x1BCA0...0x1BCA3,
    0x1D173...0x1D17A,
    0xE0000...0xE0FFF,
  ]

  @Test func `every character that a terminal acts on is escaped, and its neighbours are not`() {
    for value: UInt32 in 0...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(Character(scalar))b"
      let isHidden = Self.hidden.contains { $0.contains(value) }
      let expected = isHidden ? "a\\u{\(String(value, radix: 16))}b" : text
      #expect(Text.printable(text).unicodeScalars.elementsEqual(expected.unicodeScalars), "\(value)")
    }
  }

  @Test(arguments: [
    ("\u{1B}[2J", "\\u{1b}[2J"), ("\u{1B}]8;;http://x\u{7}", "\\u{1b}]8;;http://x\\u{7}"),
    ("a\rb", "a\\u{d}b"), ("a\r\nb", "a\\u{d}\\u{a}b"), ("e\u{301}\u{202E}", "e\u{301}\\u{202e}"),
    ("Grüße 日本 🙂", "Grüße 日本 🙂"), ("", ""),
  ])
  func `text is safe to print`(text: String, expected: String) { #expect(Text.printable(text) == expected) }

  @Test(arguments: [
    // Persian, its ه for hijri, Hindi, Malayalam, Sinhala; a family, a waving hand of dark skin, a heart, a keycap.
    "می‌خواهم", "۱۴۰۳ ه\u{200D}.ق", "क्\u{200D}ष", "ക്\u{200D} ഷ", "ශ්\u{200D}රී", "👩\u{200D}👩\u{200D}👧", "👋🏿",
    "❤\u{FE0F}\u{200D}🔥", "1\u{FE0F}\u{20E3}", "葛\u{E0100}", "ᠠ\u{180B}",
    "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "e\u{301}", "אב", "한국",
  ])
  func `what writing needs stays as it is`(_ text: String) {
    #expect(Text.printable(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(Text.printable(text + text).unicodeScalars.elementsEqual((text + text).unicodeScalars))
  }

  @Test(arguments: [
    "a\u{200D}b", "a\u{200C}b", "é\u{200D}é", "می\u{200C}", "می\u{200C}\u{200C}م", "\u{200D}م", "a\u{200D}🔥",
    "🔥\u{200D}a", "🔥\u{200D}\u{200D}🔥", "🔥\u{200C}🔥", "1\u{FE0F}2", "a\u{FE0F}", "🔥\u{FE0F}\u{FE0F}",
    "a\u{E0100}",
    "葛\u{E0100}\u{E0101}", "a\u{E0067}\u{E007F}", "🏴\u{E0067}\u{E007F}", "ᄀ\u{115F}",
    "🏴\u{E0068}\u{E0069}\u{E0064}\u{E0065}\u{E007F}", "\u{FE0F}\u{200D}🔥",
  ])
  func `what nobody sees is escaped where no writing needs it`(_ text: String) {
    let printable = Text.printable(text)
    #expect(printable.contains("\\u{"), "\(printable)")
    #expect(Text.printable(printable).utf8.elementsEqual(printable.utf8))
  }

  @Test(
    arguments: [
      ([], ""), (Array("Grüße 日本 🙂".utf8), "Grüße 日本 🙂"), ([0x66, 0xFC, 0x72], "f\\xfcr"),
      ([0xC3], "\\xc3"), ([0xE2, 0x82, 0x41, 0xE2, 0x82, 0xAC], "\\xe2\\x82A€"),
      ([0xC0, 0x80], "\\xc0\\x80"),
      ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xFF, 0x0A, 0xFE], "\\xff\n\\xfe"),
    ] as [([UInt8], String)])
  func `bytes that are no UTF-8 are told one by one`(bytes: [UInt8], expected: String) {
    #expect(Text.decoded(bytes) == expected)
  }

  @Test func `control characters are C0, DEL and C1`() {
    for value: UInt32 in 0...0x300 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isControl = value < 0x20 || (0x7F...0x9F).contains(value)
      #expect(Text.hasControlCharacter("a\(Character(scalar))") == isControl)
    }
  }

  @Test(arguments: [
    "", "plain", "feature/x-1.2@{u}", "a b", "it's", "''", "'", "$(touch pwned)", "`x`", "a\"b", "a\\b",
    "a\nb", "*",
    "~", "!x", "#x", "-x", "--upload-pack=x", "a;b", "a&b|c>d<e", "é", "=x", "[a]", "{a,b}", "\t",
    "a'\u{301}b",
    "'\u{301}; touch pwned; '\u{301}", "'\u{200D}'", "\u{1F642}", "\r\n",
  ])
  func `a quoted word is one word for the shell`(_ word: String) throws {
    let git = try TestRepository(bare: true)
    let run = try git.run("sh", ["-c", "printf '%s\\0' \(Text.shellQuoted(word))"])
    #expect(run.status == 0)
    #expect(run.out == Array(word.utf8) + [0])
    #expect(try git.run("ls", ["pwned"]).status != 0)
  }

  @Test(arguments: ["main", "feature/x", "a@b", "HEAD~1", "x+y"])
  func `what needs no quotes has none`(_ word: String) {
    #expect(Text.shellQuoted(word) == (word.contains("~") ? "'\(word)'" : word))
  }

  @Test func `white space goes from both ends`() {
    #expect(Text.trimmed(" \t\n a b \u{A0}\r\n") == "a b")
    #expect(Text.trimmed(" \n").isEmpty)
  }
}
