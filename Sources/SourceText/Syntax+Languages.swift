/// The comments and strings of each language.
extension Syntax {
  private static let stars = Block(start: bytes("/*"), end: bytes("*/"), endsAlone: true)
  private static let nestedStars = Block(start: bytes("/*"), end: bytes("*/"), nests: true, endsAlone: true)
  private static let arrows = Block(start: bytes("<!--"), end: bytes("-->"), endsAlone: true)
  /// Where what stands between quotes is not told apart.
  private static let freeStars = Block(start: bytes("/*"), end: bytes("*/"), standsFree: true)
  /// Those of ERB, HEEx, Blade, Handlebars, Twig and Razor.
  private static let templates = [
    Block(start: bytes("<%#"), end: bytes("%>")), Block(start: bytes("<%!--"), end: bytes("--%>")),
    Block(start: bytes("{{--"), end: bytes("--}}")), Block(start: bytes("{{!--"), end: bytes("--}}")),
    Block(start: bytes("{{!"), end: bytes("}}")),
    Block(start: bytes("{#"), end: bytes("#}"), standsFree: true),
    Block(start: bytes("@*"), end: bytes("*@"), standsFree: true),
  ]

  private static func quote(_ mark: String, _ fill: Fill = .none) -> Quote {
    Quote(mark: bytes(mark), fill: fill)
  }

  private static func long(_ mark: String, _ fill: Fill = .none, isDocumentation: Bool = false) -> Quote {
    Quote(mark: bytes(mark), spansLines: true, fill: fill, isDocumentation: isDocumentation)
  }

  init(_ language: SourceLanguage) {
    switch language {
    case .swift:
      self.init(
        lines: ["//"], [Syntax.nestedStars],
        [Syntax.long("\"\"\"", .backslash), Syntax.quote("\"", .backslash)])
    case .c: self.init(lines: ["//"], [Syntax.stars], [Syntax.quote("\"")])
    case .rust: self.init(lines: ["//"], [Syntax.nestedStars], [Syntax.quote("\"")])
    case .go:
      self.init(
        lines: ["//"], [Syntax.stars],
        [Quote(mark: Syntax.bytes("`"), spansLines: true, escapes: false), Syntax.quote("\"")])
    case .python:
      self.init(
        lines: ["#"], [],
        [
          Syntax.long("\"\"\"", isDocumentation: true), Syntax.long("'''", isDocumentation: true),
          Syntax.quote("\""),
          Syntax.quote("'"),
        ])
    case .ruby:
      let pod = Block(start: Syntax.bytes("=begin"), end: Syntax.bytes("=end"), isLine: true)
      self.init(lines: ["#"], [pod], [Syntax.quote("\"", .number), Syntax.quote("'")])
    case .php:
      self.init(
        lines: ["//", "#"], [Syntax.stars, Syntax.arrows],
        [Syntax.quote("\"", .dollarName), Syntax.quote("'")])
    case .javaScript:
      self.init(
        lines: ["//"], [Syntax.stars], [Syntax.long("`", .dollar), Syntax.quote("\""), Syntax.quote("'")])
    case .java: self.init(lines: ["//"], [Syntax.stars], [Syntax.long("\"\"\""), Syntax.quote("\"")])
    case .kotlin, .scala:
      self.init(
        lines: ["//"], [Syntax.nestedStars],
        [Syntax.long("\"\"\"", .dollarName), Syntax.quote("\"", .dollarName)])
    case .cSharp: self.init(lines: ["//"], [Syntax.stars], [Syntax.long("\"\"\""), Syntax.quote("\"")])
    case .dart:
      self.init(
        lines: ["//"], [Syntax.nestedStars],
        [
          Syntax.long("\"\"\"", .dollarName), Syntax.long("'''", .dollarName),
          Syntax.quote("\"", .dollarName),
          Syntax.quote("'", .dollarName),
        ])
    case .elixir:
      self.init(
        lines: ["#"], [],
        [
          Syntax.long("\"\"\"", .number, isDocumentation: true),
          Syntax.long("'''", .number, isDocumentation: true),
          Syntax.quote("\"", .number),
        ])
    case .erlang: self.init(lines: ["%"], [], [Syntax.quote("\"")])
    case .haskell:
      let braces = Block(start: Syntax.bytes("{-"), end: Syntax.bytes("-}"), nests: true)
      self.init(lines: ["--"], [braces], [Syntax.quote("\"")])
    case .lua:
      let brackets = Block(start: Syntax.bytes("--[["), end: Syntax.bytes("]]"))
      self.init(lines: ["--"], [brackets], [Syntax.quote("\""), Syntax.quote("'")])
    case .perl:
      let pod = Block(start: Syntax.bytes("=pod"), end: Syntax.bytes("=cut"), isLine: true)
      let head = Block(start: Syntax.bytes("=head"), end: Syntax.bytes("=cut"), isLine: true)
      self.init(lines: ["#"], [pod, head], [Syntax.quote("\"", .dollarName), Syntax.quote("'")])
    case .shell:
      self.init(
        lines: ["#"], [], [Syntax.quote("\"", .dollarName), Quote(mark: Syntax.bytes("'"), escapes: false)])
    case .sql: self.init(lines: ["--"], [Syntax.stars], [Quote(mark: Syntax.bytes("'"), escapes: false)])
    case .protobuf: self.init(lines: ["//"], [Syntax.stars], [Syntax.quote("\""), Syntax.quote("'")])
    case .graphQL:
      self.init(lines: ["#"], [], [Syntax.long("\"\"\"", isDocumentation: true), Syntax.quote("\"")])
    case .css: self.init(lines: ["//"], [Syntax.stars], [Syntax.quote("\""), Syntax.quote("'")])
    case .component: self.init(lines: ["//"], [Syntax.freeStars, Syntax.arrows], [])
    case .markup: self.init(lines: ["//"], [Syntax.arrows, Syntax.freeStars] + Syntax.templates, [])
    }
    commentsStandFree = [.ruby, .perl, .shell, .css, .component, .markup, .elixir, .php].contains(language)
    hasCharacters = [.c, .rust, .go, .java, .kotlin, .scala, .cSharp, .haskell].contains(language)
    hasPatterns = language == .javaScript || language == .ruby
    hasText = language == .javaScript || language == .php
    mark()
  }
}
