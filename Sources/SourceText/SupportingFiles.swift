import GitFormats

/// Files in which nothing is built: documentation and tests, by the names that people give them.
package enum SupportingFiles {
  /// Where code is only talked about. `newsletter.js` and `readme_parser.py` are code.
  package static let documentation =
    ["*.md", "*.markdown", "*.rst", "*.adoc", "*.asciidoc", "*.org", "docs/**", "doc/**"]
    + ["README", "CHANGELOG", "CHANGES", "NEWS"].flatMap { [$0, $0 + ".txt"] }

  /// All but documentation, as git's own pathspecs.
  package static let withoutDocumentation =
    [":(top)"] + documentation.map { ":(top,exclude,icase,glob)**/\($0)" }

  static let tests = [
    "test/**", "tests/**", "Tests/**", "spec/**", "specs/**", "__tests__/**", "testdata/**", "*_test.*",
    "*.test.*", "*_spec.*", "*.spec.*", "test_*.py", "*Test.java", "*Test.kt", "*Tests.swift", "*Tests.cs",
  ]

  private static let patterns = (documentation + tests).map { PathPattern("**/\($0)") }

  package static func contain(_ path: [UInt8]) -> Bool { patterns.contains { $0.matches(path) } }
}
