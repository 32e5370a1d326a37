import SourceText
import Testing

struct SourceFilesTests {
  @Test(
    arguments: [
      ("Sources/Shop/Finder.swift", .swift), ("a.H", .c), ("src/x.mm", .c), ("x.tsx", .javaScript),
      ("x.vue", .component),
      ("app/views/x.html.erb", .markup), ("resources/x.blade.php", .markup), ("x.php", .php),
      ("db/migrate/1_add_lessons.rb", .ruby),
      ("migrations/1.sql", .sql), ("api/x.proto", .protobuf), ("x.py", .python), ("latest.py", .python),
      ("src/testimony.go", .go),
      ("src/builder/x.rs", .rust), ("lib/vendor.ex", .elixir), ("contest/x.kt", .kotlin),
      ("a/schema.rb", .ruby),
      ("language/lang/x.java", .java), ("src/distance/out.ts", .javaScript), ("a.min/x.dart", .dart),
      ("minimum.js", .javaScript),
    ] as [(String, SourceLanguage)])
  func `source is known by its path`(_ path: String, _ language: SourceLanguage) {
    #expect(SourceFiles.language(of: Array(path.utf8)) == language)
  }

  @Test(arguments: [
    "README", "a.md", "x", ".swift", "a.", "a.swift/", "", "/", "Makefile", "a.json", "a.lock", "a.png",
    "a.verylongending12345", "spec/models/x.rb", "Tests/A/x.swift", "AppTests/x.swift", "x_test.go",
    "a/x.test.tsx", "FinderTest.php", "src/FinderTests.cs", "fixtures/x.js", "a/__mocks__/x.ts",
    "x.stories.tsx", "docs/conf.py", "doc/x.rb", "app/tests.py", "vendor/a/x.go", "web/node_modules/a/x.js",
    "dist/x.js", "build/x.js", "target/x.rs", "a/third_party/x.c", "Pods/x.m", "x.pb.go", "x_pb2.py",
    "api/x_generated.go", "x.g.dart", "Form.Designer.cs", "zz_generated.deepcopy.go", "x.min.js",
    "gen/x.ts", "locales/de.ts", "resources/lang/de/x.php", "i18n/en.js", "db/schema.rb",
    "app/db/schema.rb", "db/structure.sql", "__snapshots__/x.js", "Package.swift",
    "Package@swift-6.0.swift", "setup.py", "build.gradle.kts", "mix.exs", "x.gemspec", "next.config.js",
    ".eslintrc.cjs", "build.rs",
  ])
  func `what is no source, or only made or brought, is left out`(_ path: String) {
    #expect(SourceFiles.language(of: Array(path.utf8)) == nil)
  }

  @Test(arguments: [
    ("web/search-results.tsx", "search-results"), ("lesson-list.test.js", "lesson-list"), ("search.ts", nil),
    ("-a.ts", nil), ("a-.ts", nil),
    ("1-a.ts", nil), ("lesson-größe.ts", nil), ("a/lesson-list", "lesson-list"), ("", nil), ("a-b/", nil),
  ])
  func `a file gives the name with hyphens that it has`(_ path: String, _ name: String?) {
    #expect(
      SourceFiles.hyphenatedName(of: Array(path.utf8)).map { String(decoding: $0, as: UTF8.self) } == name)
  }

  @Test(arguments: [
    ("mod tests {", true), ("    mod test {", true), ("pub mod tests {", true), ("#[cfg(test)]", true),
    ("    #[test]", true), ("mod testing {", false),
    ("mod tests;", false), ("let tests = 1;", false), ("", false), ("#[cfg(feature = \"x\")]", false),
  ])
  func `where the tests of a file in Rust begin`(_ line: String, _ begins: Bool) {
    #expect(SourceFiles.beginsTests(Array(line.utf8)[...], .rust) == begins)
    #expect(!SourceFiles.beginsTests(Array(line.utf8)[...], .c))
  }

  @Test(arguments: [
    ("docs/a.txt", true), ("a/test/x.c", true), ("README", true), ("newsletter.js", false),
    ("readme_parser.py", false),
  ])
  func `documentation and tests support`(_ path: String, _ supports: Bool) {
    #expect(SupportingFiles.contain(Array(path.utf8)) == supports)
  }
}
