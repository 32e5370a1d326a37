import TestSupport
import Testing

/// The repository's own files keep its rules.
@Suite struct SourceTests {
  @Test func `a test is in the suite that is named like its file`() throws {
    // The suites of GitTests are still named by sentences.
    let tests = try TestRepository()
      .run(
        "grep", ["-rl", "--include=*.swift", "--exclude-dir=GitTests", "^ *@Test", "."], directory: folder
      )
      .succeeded("grep").text.split(separator: "\n")
    #expect(tests.count > 80)
    for file in tests {
      let name = file.split(separator: "/").last?.split(separator: ".").first ?? ""
      #expect(name.hasSuffix("Tests"), "\(file)")
      let text = String(decoding: try readFile("\(folder)/\(file)"), as: UTF8.self)
      #expect(Set(suites(text)) == [name], "\(file)")
    }
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
