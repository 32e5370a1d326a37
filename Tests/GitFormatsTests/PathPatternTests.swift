import GitFormats
import TestSupport
import Testing

struct PathPatternTests {
  static let patterns = [
    "*.lock", "go.sum", "docs", "docs/", "/docs", "src/*.c", "src/**", "**/gen", "**/gen/*.c", "a/**/z",
    "a/**",
    "src/gen?.c", "[a-c]*", "[!a-c]*.c", "[]x]*", "x[", "\\*", "**", "*", "/", "a//b", "*a*a*b", "src/a", "?",
    "**/*.c",
  ]
  static let paths = [
    "yarn.lock", "x/y.lock", "go.sum", "x/go.sum", "docs/a", "x/docs/b", "src/a.c", "src/x/a.c", "gen",
    "x/gen/a.c",
    "gen/x/a.c", "a/z", "a/b/z", "a/b/c/z", "src/gen1.c", "b", "d.c", "*", "]", "aaab", "aaac", "src/a/b",
    "x",
  ]

  @Test(arguments: patterns) func `a pattern matches what git ignores by it`(_ text: String) throws {
    try expectIgnored(by: text, PathPatternTests.paths, in: TestRepository())
  }

  /// Two patterns are nothing to git: it never ignores everything by a lone slash, and a set has to end.
  private func expectIgnored(by text: String, _ paths: [String], in repository: TestRepository) throws {
    try repository.write(".git/info/exclude", text + "\n")
    let told = try repository.tryGit(
      ["check-ignore", "--no-index", "--stdin", "-z"],
      input: Array(paths.joined(separator: "\0").utf8)
    ).text.split(separator: "\0").map(String.init)
    let matched = paths.filter { PathPattern(text).matches(Array($0.utf8)) }
    #expect(matched == told, "\(text)")
  }

  @Test func `random patterns match what git ignores by them`() throws {
    let repository = try TestRepository()
    var random = Dice(state: 1)
    func any(_ words: [String], _ count: ClosedRange<Int>) -> String {
      (0..<Int.random(in: count, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        .joined()
    }
    let pieces = ["a", "b", "c", "*", "*", "?", "[ab]", "[!a]", "[^b-c]", "[]a]", "[c-a]", "\\a", "\\*", "-"]
    for _ in 0..<150 {
      let names = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        Bool.random(using: &random) ? any(pieces, 1...4) : any(["**", "a", "*b"], 1...1)
      }
      let text = any(["", "", "/"], 1...1) + names.joined(separator: "/")
      let paths = Set(
        (0..<60).map { _ in
          (0..<Int.random(in: 1...4, using: &random)).map { _ in any(["a", "b", "c", "*", "-", "]"], 1...4) }
            .joined(separator: "/")
        })
      try expectIgnored(by: text, paths.sorted(), in: repository)
    }
  }

  @Test(arguments: patterns) func `in .gitattributes a folder does not stand for its files`(_ text: String)
    throws
  {
    let repository = try TestRepository()
    let file = "\(text) linguist-generated\n"
    try repository.write(".gitattributes", file)
    let told = try repository.git(
      ["check-attr", "--stdin", "-z", "linguist-generated"],
      input: Array(PathPatternTests.paths.joined(separator: "\0").utf8)
    ).text.split(separator: "\0").map(String.init)
    let attributes = PathAttributes(Array(file.utf8))
    for (place, path) in PathPatternTests.paths.enumerated() {
      let isSet = attributes.isSet("linguist-generated", for: Array(path.utf8)) ?? false
      #expect(isSet == (told[place * 3 + 2] == "set"), "\(text) \(path)")
    }
  }

  @Test(
    arguments: [
      ("* linguist-generated\n*.c -linguist-generated", false), ("*.c linguist-generated=true", true),
      ("*.c linguist-generated=false", false), ("*.c !linguist-generated", false),
      ("*.c linguist-generated -linguist-generated", false), ("# *.c linguist-generated", nil),
      ("*.c linguist-generatedx", nil), ("\"*.c\" linguist-generated", nil),
      ("  *.c\ttext\tlinguist-generated\r", true),
      ("", nil), ("*.c", nil), ("[attr]x linguist-generated\n*.c x", nil),
    ] as [(String, Bool?)])
  func `the last line that says something decides`(_ file: String, _ isSet: Bool?) {
    #expect(PathAttributes(Array(file.utf8)).isSet("linguist-generated", for: Array("src/a.c".utf8)) == isSet)
  }

  @Test func `a pattern made to take for ever does not`() {
    let pattern = PathPattern(String(repeating: "*a", count: 40) + "*b")
    #expect(!pattern.matches(Array(String(repeating: "a", count: 4000).utf8)))
    let folders = PathPattern(String(repeating: "**/a/", count: 40) + "b")
    #expect(!folders.matches(Array(String(repeating: "a/", count: 2000).utf8)))
  }
}
