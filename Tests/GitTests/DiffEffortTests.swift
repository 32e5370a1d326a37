import Git
import TestSupport
import Testing

@Suite("what a diff costs") struct DiffEffortTests {
  private static let most = 1_000_000

  private func text(_ lines: some Sequence<String>) -> TextBlob {
    TextBlob(bytes: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  private func code(_ count: Int) -> [String] {
    (0..<count).map { $0 % 5 == 4 ? "}" : "  let value\($0) = \($0 &* 7_919)" }
  }

  @Test func `a large file with a few changes costs little`() throws {
    var lines = code(50_000)
    let before = text(lines)
    for place in stride(from: 10, to: 50_000, by: 2_500) { lines[place] = "changed \(place)" }
    let effort = try #require(before.effort(ofDiffTo: text(lines), most: Self.most))
    #expect(effort < 300_000)
  }

  @Test func `what is written anew, or indented anew, costs little`() throws {
    let old = code(10_000)
    #expect(text(old).effort(ofDiffTo: text(old.map { "\t\t" + $0 }), most: Self.most) != nil)
    let new = (0..<10_000).map { "other \($0)" }
    #expect(text(old).effort(ofDiffTo: text(new), most: Self.most) != nil)
    #expect(text(old).effort(ofDiffTo: text([]), most: Self.most) != nil)
    #expect(text([]).effort(ofDiffTo: text([]), most: Self.most) == 0)
  }

  @Test(arguments: [1, 2, 10]) func `the same few lines over and over are given up on`(length: Int) {
    var dice = Dice(state: 7)
    func lines() -> [String] {
      (0..<40_000).map { _ in
        String(repeating: "x", count: length - 1) + String(Int.random(in: 0..<30, using: &dice), radix: 36)
      }
    }
    #expect(text(lines()).effort(ofDiffTo: text(lines()), most: Self.most) == nil)
  }
}
