import GitFormats

/// Which files something is built in that others can build on.
package enum SourceFiles {
  /// What tests need beside tests.
  private static let testing = [
    "fixtures/**", "__fixtures__/**", "mocks/**", "__mocks__/**", "stubs/**", "e2e/**", "cypress/**",
    "androidTest/**", "*Tests/**", "*-tests/**", "*_tests/**", "testutil/**", "snapshots/**",
    "__snapshots__/**", "*Test.*", "*Tests.*", "*Spec.scala", "*Spec.kt", "*Spec.hs", "*Spec.js",
    "*Spec.ts", "*Spec.groovy", "*.cy.*", "*.e2e.*", "*.stories.*", "*.story.*", "*_tests.*", "tests.*",
    "test.*", "conftest.py", "playwright/**",
  ]
  /// What others wrote, or a tool.
  private static let brought = [
    "vendor/**", "vendored/**", "third_party/**", "third-party/**", "thirdparty/**", "node_modules/**",
    "bower_components/**", "jspm_packages/**", "site-packages/**", "Pods/**", "Carthage/**", "dist/**",
    "build/**", "out/**", "target/**", "_build/**", ".build/**", ".next/**", ".nuxt/**", "DerivedData/**",
    "obj/**", "generated/**", "__generated__/**", "gen/**", "autogen/**", "*.pb.*", "*_pb2.*",
    "*_pb2_grpc.*", "*_pb.*", "*.pbobjc.*", "*.twirp.*", "*_generated.*", "*.generated.*", "*-generated.*",
    "generated.*", "zz_generated*", "*.gen.*", "*_gen.*", "*.g.dart", "*.freezed.dart", "*.designer.cs",
    "*.Designer.cs", "*.g.cs", "*.g.i.cs", "bindata.go", "*.min.*", "*-min.js", "*.bundle.*", "*.chunk.*",
  ]
  /// Words for people, in tables.
  private static let translations = [
    "locales/**", "locale/**", "translations/**", "i18n/**", "l10n/**", "lang/**/*.php", "lproj/**",
    "*.lproj/**",
  ]
  /// Written down by a tool from what stands elsewhere.
  private static let schemas = [
    "db/schema.rb", "*structure.sql", "cable_schema.rb", "cache_schema.rb", "queue_schema.rb", "schema.sql",
    "*.dump.sql", "dump.sql",
  ]
  /// What a package is and how it is built, said in the language itself.
  private static let manifests = [
    "Package.swift", "Package@swift-*.swift", "setup.py", "conf.py", "noxfile.py", "fabfile.py", "build.rs",
    "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "build.sbt", "mix.exs",
    "rebar.config", "Podfile", "Gemfile", "Rakefile", "*.gemspec", "*.config.*", "*.conf.js", ".*rc.js",
    ".*rc.cjs", ".*rc.mjs", "gulpfile.*", "Gruntfile.*", "gruntfile.*", "karma.conf.*", "Dangerfile",
    "Setup.hs", "fastlane/**", "webpack.*", "magefile.go", "tools.go",
  ]

  private static let leftOut = PathNames(
    SupportingFiles.documentation + SupportingFiles.tests + testing + brought + translations + schemas
      + manifests)

  /// The language of a source file; nil for any other, and for tests and what belongs to them, documentation, what
  /// others or a tool wrote, translations and package manifests. Migrations are source.
  package static func language(of path: [UInt8]) -> SourceLanguage? {
    guard let language = SourceLanguage(path: path), !leftOut.match(path) else { return nil }
    return language
  }

  /// The name that a file gives to what is in it (`search-results` for `web/search-results.tsx`); nil where that is no
  /// name with hyphens.
  package static func hyphenatedName(of path: [UInt8]) -> ArraySlice<UInt8>? {
    let name = path[((path.lastIndex(of: .slash) ?? -1) + 1)...].prefix { $0 != UInt8(ascii: ".") }
    guard let first = name.first, let last = name.last, first.isWordStart, last.isWordASCII,
      name.contains(.hyphen), name.allSatisfy({ $0.isWordASCII || $0 == .hyphen })
    else { return nil }
    return name
  }

  private static let testModules: [Word] = ["test", "tests"]

  /// Whether from this line on a file of the language holds its own tests: Rust's `mod tests {`.
  ///
  /// What follows in the same hunk is test as well, and where git names the block in a hunk's heading all of the hunk.
  package static func beginsTests(_ code: ArraySlice<UInt8>, _ language: SourceLanguage) -> Bool {
    guard language == .rust, let line = LineShape(code) else { return false }
    let text = code[line.start..<line.end]
    if text.starts(with: "#[cfg(test)]".utf8) || text.starts(with: "#[test]".utf8) { return true }
    var cursor = line.behind(LineShape.rustAccess, line.start)
    guard let word = line.nextWord(&cursor), Word(code, word) == "mod", let name = line.nextWord(&cursor)
    else {
      return false
    }
    return testModules.contains(Word(code, name)) && line.last == UInt8(ascii: "{")
  }
}
