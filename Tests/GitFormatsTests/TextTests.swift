import GitFormats
import TestSupport
import Testing

@Suite struct TextTests {
  /// The classes of characters that a terminal acts on, or that hide.
  static let hidden: [ClosedRange<UInt32>] = [
    0x00...0x1F, 0x7F...0x7F, 0x80...0x9F, 0x61C...0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069,
    0xFEFF...0xFEFF,
  ]

  @Test func `every character that a terminal acts on is escaped, and its neighbours are not`() {
    for value in (0...0x3000).map({ UInt32($0) }) + Array(0xFE00...0xFFFD) {
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
