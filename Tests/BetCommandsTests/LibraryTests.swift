import Foundation
import TestSupport
import Testing

/// The library as somebody uses it who has nothing but `import BetGate`.
@Suite struct LibraryTests {
  private static func file(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func `the example in the documentation is the one that is built, and prints what the page says`()
    throws
  {
    let page = try Self.file("Sources/BetGate/BetGate.docc/BetGate.md")
    let blocks = page.components(separatedBy: "```")
    let example = try Self.file("Tests/LibraryExample/main.swift")
    #expect(blocks[1] == "swift\n" + example)
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    let run = try repository.run(binary("LibraryExample"), [repository.path])
    #expect(run.status == 0, "\(run.errorText)")
    #expect("\n" + run.text + "\n" == blocks[3] || "\n" + run.text == blocks[3], "\(run.text)")
  }
}
