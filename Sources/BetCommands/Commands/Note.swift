import ArgumentParser
import BetLedger

struct Note: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep a piece of feedback with a bet.",
    discussion: "The text comes from -m, from -F, or from standard input.")

  @OptionGroup var bet: BetArgument
  @Option(
    name: .customShort("m"), parsing: .unconditional, help: ArgumentHelp("The feedback.", valueName: "text"))
  var message: String?
  @Option(
    name: .customShort("F"),
    help: ArgumentHelp("Read it from a file; '-' is standard input.", valueName: "file"))
  var file: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Where it comes from.", valueName: "text"))
  var source: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("1: nice to have, 3: deal-breaker.", valueName: "1..3"))
  var weight: String?
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let bet = try context.bet(bet)
    let raw =
      if let message {
        message
      } else if let file, file != "-" {
        try TextFile.text(file)
      } else {
        try TextFile.standardInputText()
      }
    // Line ends of another system are no control characters.
    let text = Text.trimmed(
      raw.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\n"))
    guard !text.isEmpty else {
      throw Refusal(
        "empty-note", "there is nothing to keep",
        hints: ["git bet note \(bet.id) -m \(Placeholder.feedback.quoted)"])
    }
    try refusePlaceholder(text)
    let first = text.split(separator: "\n")[0]
    var values: [Event.Value] = []
    if let source { values.append(Event.Value(.source, Text.trimmed(source))) }
    if let weight { values.append(Event.Value(.weight, Text.trimmed(weight))) }
    let event = Event(
      .noted, in: bet.id.name, subject: "note: \(Text.trimmed(first).shortened(to: 66))", body: text,
      values: values)
    if let problem = EventProblem(in: event) { throw problem }
    try context.ledger.append(to: bet.id.name, by: context.writer()) { _ in event }
    context.output.line("noted on \(bet.id)")
  }
}
