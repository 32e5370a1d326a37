import Bets
import Foundation
import Git
import TestSupport
import Testing

/// The pages that people read, held against what the program knows of itself.
@Suite struct ManualPageTests {
  private static func file(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The items of a section of the manual page, each with its text; mdoc's macros are taken out of both.
  private static func items(_ section: String, _ macro: String) throws -> [(names: String, text: String)] {
    let page = try file("Sources/git-bet/git-bet.1.in")
    let start = try #require(page.range(of: ".Sh \(section)\n")).upperBound
    let end = page[start...].range(of: "\n.Sh ")?.lowerBound ?? page.endIndex
    return page[start..<end].components(separatedBy: "\n.It \(macro) ").dropFirst().map { item in
      let lines = item.split(separator: "\n", omittingEmptySubsequences: false)
      let words = lines.dropFirst().map { line in
        line.hasPrefix(".")
          ? line.split(separator: " ").dropFirst().joined(separator: " ") : String(line)
      }
      let text = plain(words.joined(separator: " "))
      return (String(lines[0]), text.trimmingCharacters(in: .whitespaces))
    }
  }

  /// Without what mdoc puts between words, so that sentences compare.
  private static func plain(_ text: String) -> String {
    text.replacing("Fl -", with: "--").replacing(" ,", with: ",").replacing(" .", with: ".")
      .replacing(" :", with: ":").replacing("-check-by", with: "--check-by")
      .replacing("----", with: "--").replacing(" ;", with: ";")
  }

  /// `bet.rule. Ns Ar rule` → `bet.rule.<rule>`
  private static func key(_ names: String) -> String {
    names.replacing(" Ns Cm ", with: "").replacing(/\ Ns\ Ar\ (\w+)/) { "<\($0.1)>" }
  }

  @Test func `the manual page lists every configuration key, and none that is not read`() throws {
    let keys = try Self.items("CONFIGURATION", "Cm").map { Self.key($0.names) }
    #expect(Set(keys) == Set(ConfigKey.all.map(\.name)))
    #expect(keys.count == ConfigKey.all.count)
  }

  @Test(arguments: ConfigKey.all) func `a key's purpose and default stand in the manual page`(
    _ key: ConfigKey
  )
    throws
  {
    let item = try #require(
      try Self.items("CONFIGURATION", "Cm").first { Self.key($0.names) == key.name })
    #expect(item.text.contains(key.purpose), "\(key.name): \(item.text)")
    for value in key.standard ?? [] { #expect(item.text.contains(value), "\(key.name): \(item.text)") }
    if case .word(let words) = key.kind { for word in words { #expect(item.text.contains(word)) } }
  }

  @Test func `the manual page lists every file of ours, and none that is gone`() throws {
    let names = try Self.items("FILES", "Pa").flatMap { $0.names.components(separatedBy: " , ") }
    #expect(Set(names.filter { $0.hasPrefix("bet/") }) == Set(OwnFile.allCases.map(\.name)))
  }

  @Test func `the manual page lists every rule with its level and when it fires`() throws {
    let told = try Self.items("RULES", "Cm").map { "\($0.names): \($0.text)" }
    #expect(told == Rule.all.map { "\($0.name) Pq \($0.defaultLevel.name): \($0.summary)." })
  }

  @Test func `the README's table of rules says what git bet rules says`() throws {
    let readme = try Self.file("README.md")
    let start = try #require(readme.range(of: "## The rules\n")).upperBound
    let rows = readme[start...].split(separator: "\n")
      .drop { !$0.hasPrefix("| `") }.prefix { $0.hasPrefix("| `") }
    let told = rows.map { row in
      row.split(separator: "|").prefix(3).map {
        $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces)
      }
    }
    #expect(told == Rule.all.map { [$0.name, $0.defaultLevel.name, $0.summary] })
  }
}
