import GitFormats

/// The language of a source file, as far as reading it line by line tells languages apart.
package enum SourceLanguage: Int, CaseIterable, Sendable {
  case swift, c, rust, go, python, ruby, php, javaScript, java, kotlin, scala, cSharp, dart, elixir, erlang,
    haskell
  case lua, perl, shell, sql, protobuf, graphQL, css
  /// Scripts and markup in one file: Vue, Svelte, Astro.
  case component
  /// Pages and templates. What stands between quotes there is as good as code.
  case markup

  /// Those of C++ and Objective-C are C's, those of TypeScript JavaScript's.
  private var endings: [Word] {
    switch self {
    case .swift: ["swift"]
    case .c:
      [
        "c", "h", "cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "h++", "ipp", "inl", "m", "mm", "metal",
        "cu",
      ]
    case .rust: ["rs"]
    case .go: ["go"]
    case .python: ["py", "pyi", "pyx", "pyw"]
    case .ruby: ["rb", "rake", "ru"]
    case .php: ["php", "phtml", "inc"]
    case .javaScript: ["js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts", "es6"]
    case .java: ["java", "groovy", "gvy"]
    case .kotlin: ["kt", "kts"]
    case .scala: ["scala", "sc"]
    case .cSharp: ["cs", "csx"]
    case .dart: ["dart"]
    case .elixir: ["ex", "exs"]
    case .erlang: ["erl", "hrl"]
    case .haskell: ["hs", "lhs", "elm", "purs"]
    case .lua: ["lua"]
    case .perl: ["pl", "pm"]
    case .shell: ["sh", "bash", "zsh", "ksh", "fish"]
    case .sql: ["sql"]
    case .protobuf: ["proto"]
    case .graphQL: ["graphql", "gql", "graphqls"]
    case .css: ["css", "scss", "sass", "less", "pcss", "styl"]
    case .component: ["vue", "svelte", "astro"]
    case .markup:
      [
        "html", "htm", "xhtml", "erb", "haml", "slim", "ejs", "hbs", "mustache", "handlebars", "liquid",
        "twig", "jinja", "jinja2", "j2", "njk", "pug", "jade", "eex", "heex", "leex", "tmpl", "gohtml",
        "tpl", "cshtml", "razor", "jsp", "xaml", "marko", "latte",
      ]
    }
  }

  private static let byEnding = Dictionary(
    allCases.flatMap { language in language.endings.map { ($0, language) } },
    uniquingKeysWith: { first, _ in first })
  private static let blade = Array(".blade.php".utf8)

  /// By the ending of the name; nil for what is no source, as far as a path tells.
  package init?(path: [UInt8]) {
    let name = path[((path.lastIndex(of: .slash) ?? -1) + 1)...]
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return nil }
    guard let language = SourceLanguage.byEnding[Word(path[...], (dot + 1)..<path.count, lowercased: true)]
    else {
      return nil
    }
    self =
      language == .php && path.suffix(SourceLanguage.blade.count).elementsEqual(SourceLanguage.blade)
      ? .markup : language
  }
}
