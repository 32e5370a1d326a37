import Git
import TestSupport
import Testing

struct LineDiffTests {
  private func text(_ text: String) -> TextBlob { TextBlob(bytes: Array(text.utf8)) }

  /// `git diff -U0` between two texts, as hunks.
  private func oracle(_ scratch: Scratch, _ old: String, _ new: String, _ options: String...) throws
    -> [String]
  {
    try scratch.write(old, to: "old")
    try scratch.write(new, to: "new")
    let output = try scratch.attempt(
      ["diff", "--no-index", "-U0", "--text"] + options + [scratch.root + "/old", scratch.root + "/new"])
    return output.text.split(separator: "\n").filter { $0.hasPrefix("@@") }
      .map { $0.split(separator: " ")[1...2].joined(separator: " ") }
  }

  private func shown(_ hunk: LineHunk) -> String {
    func side(_ range: Range<Int>) -> String {
      let start = range.isEmpty ? range.lowerBound - 1 : range.lowerBound
      return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
    }
    return "-\(side(hunk.old)) +\(side(hunk.new))"
  }

  @Test(arguments: [
    ("", "a\n"), ("a\n", ""), ("a\n", "a"), ("a\nb\n", "a\r\nb\r\n"), ("a\nb\nc\n", "b\nc\nd\n"),
    ("a\n", "a\n"),
    ("x\n\ny\n", "x\n\n\ny\n"), ("a", "b"), ("a\nb", "a\nb\nc"), ("{\n}\n", "{\n}\n{\n}\n"),
  ])
  func `a change has git's hunks`(_ old: String, _ new: String) throws {
    let scratch = try Scratch()
    #expect(try text(old).hunks(to: text(new)).map(shown) == oracle(scratch, old, new))
    let quiet = try text(old).hunks(to: text(new), ignoringBlanks: true)
    #expect(try quiet.map(shown) == oracle(scratch, old, new, "-w"))
  }

  @Test func `random changes have git's hunks`() throws {
    let scratch = try Scratch()
    var dice = Dice(state: 3)
    for _ in 0..<60 {
      let words = ["", "}", "  a", "b", "\tc", "d", "e"]
      func lines() -> [String] {
        (0..<Int.random(in: 0...30, using: &dice)).map { _ in words.randomElement(using: &dice) ?? "" }
      }
      let old = lines()
      var new = old
      for line in lines().prefix(4) { new.insert(line, at: Int.random(in: 0...new.count, using: &dice)) }
      if new.count > 4 { new.removeSubrange(1..<Int.random(in: 2...4, using: &dice)) }
      let (before, after) = (old.map { $0 + "\n" }.joined(), new.map { $0 + "\n" }.joined())
      #expect(try text(before).hunks(to: text(after)).map(shown) == oracle(scratch, before, after))
    }
  }

  @Test func `in a large file too, though most of it is not compared`() throws {
    let scratch = try Scratch()
    var dice = Dice(state: 5)
    for _ in 0..<30 {
      let size = Int.random(in: 100...900, using: &dice)
      let old = (0..<size).map { $0 % 5 == 0 ? "}" : "line \($0)" }
      var new = old
      let place = Int.random(in: 0...size, using: &dice)
      new.insert(contentsOf: ["}", "new", "}"].prefix(Int.random(in: 0...3, using: &dice)), at: place)
      let start = Int.random(in: 0..<new.count, using: &dice)
      new.removeSubrange(start..<min(new.count, start + Int.random(in: 0...3, using: &dice)))
      let before = old.joined(separator: "\n") + "\n"
      let after = new.joined(separator: "\n") + (Bool.random(using: &dice) ? "\n" : "")
      #expect(try text(before).hunks(to: text(after)).map(shown) == oracle(scratch, before, after))
      let quiet = try text(before).hunks(to: text(after), ignoringBlanks: true)
      #expect(try quiet.map(shown) == oracle(scratch, before, after, "-w"))
    }
  }

  @Test(arguments: [("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2), ("\n", 1), ("\n\n", 2), ("a\r\nb\r\n", 2)])
  func `lines are counted as git counts them`(_ content: String, _ count: Int) {
    #expect(text(content).lineCount == count)
    #expect(text(content).lines.count == count)
  }

  @Test func `a blob is text, binary, too large or missing`() throws {
    let scratch = try Scratch()
    func blob(_ content: String) throws -> Blob {
      try scratch.repository().blob(scratch.id("hash-object", "-w", "--stdin", input: content))
    }
    guard case .text(let text) = try blob("a\nb") else { throw Scratch.Failed(text: "no text") }
    #expect(text.bytes == Array("a\nb".utf8))
    guard case .binary = try blob("a\u{0}b") else { throw Scratch.Failed(text: "not binary") }
    guard case .binary = try blob(String(repeating: "a", count: 7999) + "\u{0}") else {
      throw Scratch.Failed(text: "not binary at its end")
    }
    guard case .text = try blob(String(repeating: "a", count: 8000) + "\u{0}") else {
      throw Scratch.Failed(text: "binary by a late NUL")
    }
    guard case .tooLarge = try blob(String(repeating: "a", count: 1 << 20 + 1)) else {
      throw Scratch.Failed(text: "not too large")
    }
    guard case .tooLarge = try blob(String(repeating: "\n", count: 50_001)) else {
      throw Scratch.Failed(text: "not too many lines")
    }
    let absent = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    guard case .missing = try scratch.repository().blob(absent) else {
      throw Scratch.Failed(text: "not missing")
    }
    #expect(throws: GitError.self) { try scratch.repository().blob(.emptyTree) }
  }
}
