import Bets
import Git

/// A bet as a text that a person fills in: a title, and lines like `Expect: …`.
struct Draft {
  var title = ""
  var body = ""
  var values: [Event.Value] = []
  /// Keys of front matter that say nothing of a bet.
  private(set) var leftOut: [String] = []
  /// Where an editor left it.
  var file: String?

  init(title: String, values: [Event.Value]) {
    self.title = title
    self.values = values
  }

  /// Reads what an editor left or a file holds: these fields, `#` lines as comments, and the rest as title and free text.
  ///
  /// A field stands at the beginning of a line and goes on in the indented lines below it, joined by one space, as in git's
  /// trailers; an empty line ends it. What cannot be told apart from a slip of the hand is refused: nothing typed is lost.
  init(_ text: String, fields: [TrailerName] = TrailerName.claim) throws {
    var reader = DraftReader(fields: fields)
    try reader.read(text)
    values = reader.values.filter { !$0.text.isEmpty }
    let start = reader.prose.drop { Text.trimmed($0).isEmpty }
    title = reader.title ?? start.first.map { Text.trimmed($0) } ?? ""
    body = Text.trimmed(start.dropFirst(reader.title == nil ? 1 : 0).joined(separator: "\n"))
    leftOut = reader.leftOut
  }

  /// What `$EDITOR` shows: the reason is asked for first, because it is what people leave out.
  static func template(for id: BetID, title: String, values: [Event.Value], checkBy: String, open: [String])
    -> String
  {
    func line(_ name: TrailerName) -> String {
      let given = values.all(name)
      if given.isEmpty { return "\(name.rawValue): " }
      return given.map { "\(name.rawValue): \($0)" }.joined(separator: "\n")
    }
    return """
      \(title)

      \(line(.because))
      \(line(.if))
      \(line(.expect))

      \(line(.metric))
      \(line(.baseline))
      \(line(.target))
      \(line(.kill))
      \(values.first(.checkBy) == nil ? "Check-By: \(checkBy)" : line(.checkBy))
      \(line(.instrument))
      \(line(.buildsOn))

      # The bet '\(id)': if we build X, we expect Y to move, because Z is true.
      # First line: a title. Lines that begin with '#' are left out, and so is every
      # field that stays empty. A long value goes on in an indented line below it.
      #
      # Because     the belief it rests on. What have you seen? (needed)
      # If          one change, not a programme (needed)
      # Expect      what moves, which way, how far (needed)
      # Metric      what is measured; Baseline: its value today
      # Target      what would prove it, like '>= 2.6'
      # Kill        what would disprove it, like '< 2.2'
      # Check-By    when to look: a date, or '14d' from today
      # Instrument  an event name that must be in the shipped tree; may repeat
      # Builds-On   a bet that this one rests on; may repeat\(open.isEmpty ? "" : ". Open are:")\(open.map { "\n#             \($0)" }.joined())
      # Also: Independent-Of, Appetite ('15 commits'), Outcome, Reach, Impact,
      # Confidence, Effort
      #
      # A file that is empty or left as it is declares nothing.

      """
  }
}

extension Context {
  /// Lets the person fill in a text, again and again with what was wrong on top, until it can be read; nil when it was left
  /// alone or emptied.
  ///
  /// Whoever leaves it as it is once something is wrong gives up: then that is thrown, with where the text is kept.
  func filledIn<Value>(_ template: String, in file: String, _ read: (String) throws -> Value) throws -> Value?
  {
    guard var text = try edit(template, in: file) else { return nil }
    while true {
      do { return try read(text) } catch let error as any DiagnosticError {
        let problem = error.diagnostic
        let lines = [problem.message] + problem.notes
        let wrong = lines.flatMap { Text.folded(Text.printable($0), to: 76) }.map { "#! \($0)\n" }.joined()
        guard isInteractive, let next = try edit(wrong + text, in: file).map(Context.withoutProblem),
          next != text
        else {
          // What is kept is what was typed.
          try TextFile.write(text, to: file)
          throw Refusal(problem.keeping(file))
        }
        text = next
      }
    }
  }

  /// What a person left, without what was written on top.
  private static func withoutProblem(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("#! ") }
      .joined(separator: "\n")
  }

  /// Lets the person edit a text in git's own editor; nil when it was left alone or emptied.
  func edit(_ text: String, in file: String) throws -> String? {
    try TextFile.write(text, to: file)
    let editor = try GitCommand.checked(["var", "GIT_EDITOR"]).text
    // As git does it: the editor's command is the user's own shell text, the file an argument.
    let status = try GitCommand.passThrough(["-c", "\(editor) \"$@\"", editor, file], program: "sh")
    guard status == 0 else {
      throw Refusal(
        "editor-failed", "the editor ended with status \(status)",
        notes: ["nothing was written to the ledger; what you typed is kept in \(Text.printable(file))"])
    }
    let edited = try TextFile.text(file)
    let isEmpty = edited.split(whereSeparator: \.isNewline).allSatisfy {
      $0.hasPrefix("#") || Text.trimmed($0).isEmpty
    }
    return isEmpty || edited == text ? nil : edited
  }
}
