import TestSupport
import Testing

/// The repository's own files keep its rules.
@Suite struct SourceTests {
  @Test func `a test is in the suite that is named like its file`() throws {
    let tests = try TestRepository()
      .run(
        "grep", ["-rl", "--include=*.swift", "^ *@Test", "."], directory: folder
      )
      .succeeded("grep").text.split(separator: "\n")
    #expect(tests.count > 100)
    for file in tests {
      let name = file.split(separator: "/").last?.split(separator: ".").first ?? ""
      #expect(name.hasSuffix("Tests"), "\(file)")
      let text = String(decoding: try readFile("\(folder)/\(file)"), as: UTF8.self)
      #expect(Set(suites(text)) == [name], "\(file)")
    }
  }

  @Test func `a function leaves at most two of its parameters without a label`() throws {
    let sources = folder.replacing(/Tests$/, with: "Sources")
    let files = try TestRepository().run("find", [".", "-name", "*.swift"], directory: sources)
      .succeeded("find").text.split(separator: "\n").map { $0.dropFirst(2) }
    #expect(files.count > 200)
    for file in files {
      let text = String(decoding: try readFile("\(sources)/\(file)"), as: UTF8.self)
      #expect(unlabelled(text).isEmpty, "\(file)")
    }
  }

  @Test func `parameters without a label are found over several lines and behind types with commas`() {
    let text = """
      func one(
        _ a: [Int: (Int, Int)], b: Int = f(1, 2), _ c: (Int, _ d: Int) -> Int,
        _ e: some Sequence<Int>
      ) {}
      init(_ a: Int, _ b: Int, c d: Int) { two(a, b, d) }
      func three<A, B>(_ a: A, _ b: B, _ c: inout Int) {}
      """
    #expect(unlabelled(text) == ["func one", "func three"])
  }

  /// The functions and initialisers of a file that leave three or more parameters without a label.
  private func unlabelled(_ text: String) -> [Substring] {
    text.matches(of: /\b(func [\w`]+|init)[?!]?(?:<[^(]*>)?\(/).filter { declaration in
      var count = 0
      var depth = 1
      var isAtStart = true
      for character in text[declaration.range.upperBound...] {
        switch character {
        case "(", "[", "{": depth += 1
        case ")", "]", "}": depth -= 1
        case "_" where depth == 1 && isAtStart: count += 1
        default: break
        }
        if depth == 0 { break }
        isAtStart = depth == 1 && (character == "," || isAtStart && character.isWhitespace)
      }
      return count > 2
    }.map(\.1)
  }

  /// The type, or nothing, that each test of a file stands in.
  private func suites(_ text: String) -> [Substring] {
    var type: Substring = ""
    var suites: [Substring] = []
    for line in text.split(separator: "\n") {
      if let match = line.prefixMatch(
        of: /(?:@Suite(?:\(.*\))? )?(?:\w+ )*?(?:struct|class|actor|enum|extension) (`.+`|\w+)/)
      {
        type = match.1
      } else if line == "}" {
        type = ""
      } else if line.drop(while: { $0 == " " }).hasPrefix("@Test") {
        suites.append(type)
      }
    }
    return suites
  }

  /// The folder `Tests`.
  private var folder: String { #filePath.split(separator: "/BetCommandsTests/")[0].description }
}
