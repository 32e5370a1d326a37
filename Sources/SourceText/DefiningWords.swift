/// The words of a language after which a name is defined.
struct DefiningWords: Sendable {
  let keywords: [Word]
  /// Those that define for everybody at the beginning of a line, and else for a function.
  let bindings: [Word]

  var isEmpty: Bool { keywords.isEmpty && bindings.isEmpty }

  func contains(_ word: Word) -> Bool {
    keywords.contains(word) || bindings.contains(word) || DefiningWords.others.contains(word)
  }

  /// What may stand where a name would, and is none.
  private static let others: [Word] = [
    "mut", "static", "async", "abstract", "default", "extends", "implements", "if",
  ]

  private init(_ language: SourceLanguage) {
    (keywords, bindings) =
      switch language {
      case .swift:
        (
          ["class", "struct", "enum", "protocol", "actor", "func", "typealias", "associatedtype", "macro"],
          ["let", "var"]
        )
      case .c: (["class", "struct", "enum", "union", "namespace", "define", "interface", "protocol"], [])
      case .rust:
        (
          ["struct", "enum", "trait", "fn", "mod", "type", "union", "macro_rules"],
          ["let", "const", "static"]
        )
      case .go: (["func", "type"], ["const", "var"])
      case .python: (["class", "def"], [])
      case .ruby: (["class", "module", "def"], [])
      case .php: (["class", "interface", "trait", "enum", "function", "namespace"], [])
      case .javaScript, .component:
        (["class", "interface", "enum", "type", "function", "namespace"], ["const", "let", "var"])
      case .java: (["class", "interface", "enum", "record"], ["var"])
      case .kotlin: (["class", "interface", "object", "fun", "typealias"], ["val", "var"])
      case .scala: (["class", "object", "trait", "enum", "def", "type"], ["val", "var"])
      case .cSharp: (["class", "interface", "struct", "enum", "record"], ["var"])
      case .dart: (["class", "enum", "mixin", "typedef", "extension"], ["var", "final", "const"])
      case .elixir: (["defmodule", "def", "defp", "defmacro", "defmacrop", "defprotocol", "defguard"], [])
      case .erlang: (["module", "record"], [])
      case .haskell: (["data", "newtype", "class", "type"], ["let"])
      case .lua: (["function"], ["local"])
      case .perl: (["sub", "package"], ["my", "our"])
      case .shell: (["function"], ["local", "readonly"])
      case .protobuf: (["message", "service", "enum", "rpc", "oneof"], [])
      case .graphQL:
        (["type", "interface", "input", "enum", "scalar", "union", "fragment", "query", "mutation"], [])
      case .css: (["mixin", "function"], [])
      case .sql, .markup: ([], [])
      }
  }

  private static let all = SourceLanguage.allCases.map(DefiningWords.init)

  static func of(_ language: SourceLanguage) -> DefiningWords { all[language.rawValue] }
}
