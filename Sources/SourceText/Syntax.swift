/// How a language marks what is no code: its comments and strings.
struct Syntax: Sendable {
  /// A comment that has an end of its own.
  struct Block: Sendable {
    let start: [UInt8]
    let end: [UInt8]
    var nests = false
    /// Its end is no code either: one that nothing began was begun above the hunk.
    var endsAlone = false
    /// Only at the beginning of a line.
    var isLine = false
    /// Only behind a blank or a sign: `accept="image/*"` begins none.
    var standsFree = false
  }

  /// What within a string is code again.
  enum Fill: Sendable {
    case none
    /// `\(code)`
    case backslash
    /// `#{code}`
    case number
    /// `${code}`
    case dollar
    /// `$name`, `${code}` and `{$code}`
    case dollarName
    /// `{code}`, where the string says so in front
    case brace
  }

  struct Quote: Sendable {
    let mark: [UInt8]
    var spansLines = false
    var escapes = true
    var fill = Fill.none
    /// What stands in it says what code does, as a comment would.
    var isDocumentation = false
  }

  var lineComments: [[UInt8]] = []
  var blocks: [Block] = []
  /// Those that begin like others come first.
  var quotes: [Quote] = []
  /// A line comment has a blank or a sign in front: `$#` and `https://` begin none.
  var commentsStandFree = false
  /// `'a'` is a character and `'a` no string.
  var hasCharacters = false
  /// `/…/` may be a pattern, and then what is in it is no code.
  var hasPatterns = false
  /// Text stands between the code (`<p>Don't</p>`): an apostrophe after a letter is one.
  var hasText = false
  enum Mark: UInt8, Sendable {
    /// Code, and nothing else.
    case none
    /// It may end code that stands in a string.
    case bracket
    /// Something else than code may begin or end with it.
    case edge
  }

  /// What each byte may be.
  private(set) var marks: [Mark] = []

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  init(lines lineComments: [String], _ blocks: [Block], _ quotes: [Quote]) {
    self.lineComments = lineComments.map(Syntax.bytes)
    self.blocks = blocks
    self.quotes = quotes
  }

  /// To be called when all is said.
  mutating func mark() {
    marks = Array(repeating: .none, count: 256)
    let starts =
      lineComments + blocks.map(\.start) + blocks.filter(\.endsAlone).map(\.end) + quotes.map(\.mark)
      + (hasCharacters ? [[0x27]] : []) + (hasPatterns ? [[.slash]] : [])
    if !quotes.isEmpty {
      for byte in "(){}".utf8 { marks[Int(byte)] = .bracket }
    }
    for start in starts { marks[Int(start[0])] = .edge }
  }

  private static let all = SourceLanguage.allCases.map { Syntax($0) }

  static func of(_ language: SourceLanguage) -> Syntax { all[language.rawValue] }
}
