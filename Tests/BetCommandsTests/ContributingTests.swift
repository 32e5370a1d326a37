import Foundation
import Testing

/// What those who carry on are told, held against what is there.
@Suite struct ContributingTests {
  private static func file(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// What the targets under `Sources` depend on, as `A --> B`; products of other packages are left out.
  private static func dependencies() throws -> Set<String> {
    let manifest = try file("Package.swift")
    let target = /\.(?:target|executableTarget)\(\s*name: "([\w-]+)"(.*?)(?=\n    \.|\n  \])/
      .dotMatchesNewlines()
    var edges: Set<String> = []
    for match in manifest.matches(of: target) where !match.2.contains("path: \"Tests/") {
      guard let list = match.2.firstMatch(of: /dependencies: \[(.*?)\]/.dotMatchesNewlines()) else {
        continue
      }
      for name in list.1.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"([\w-]+)"/) {
        edges.insert("\(match.1) --> \(name.1)")
      }
    }
    return edges
  }

  @Test func `the graph of the rooms is the one that the package has`() throws {
    let page = try Self.file("CONTRIBUTING.md").components(separatedBy: "```mermaid\n")[1]
    let graph = page.components(separatedBy: "```")[0].split(separator: "\n").dropFirst()
    let drawn = graph.map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(Set(drawn) == (try Self.dependencies()))
    #expect(drawn.count == Set(drawn).count && drawn.count > 10)
  }

  @Test func `every room is in the table, and begins with a file of its own name`() throws {
    let page = try Self.file("CONTRIBUTING.md")
    let rooms = Set(try Self.dependencies().flatMap { $0.components(separatedBy: " --> ") })
    for room in rooms.subtracting(["git-bet"]) {
      #expect(page.contains("| `\(room)`") || page.contains(", `\(room)`"), "\(room)")
    }
    for room in rooms.subtracting(["git-bet", "COffline", "Clibgit2", "Czlib"]) {
      #expect(try Self.file("Sources/\(room)/\(room).swift").hasPrefix("/// "), "\(room)")
    }
  }
}
