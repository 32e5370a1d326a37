import ArgumentParser
import BetLedger
import BetReports

struct Log: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the diary of a bet, of the gate, or of everything, newest first.")

  @Argument(help: ArgumentHelp("A bet's id, or 'gate'.", valueName: "bet"), completion: .bets)
  var bet: String?
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let ledger = try context.ledger
    let names: [String]
    switch bet {
    case Event.gateDiary?: names = [Event.gateDiary]
    case let text?:
      // A damaged bet has a diary to read, though it is no bet.
      let exact = try BetID(text)
      names = try ledger.diary(exact.name) != nil ? [exact.name] : [try context.bet(text).id.name]
    case nil: names = try ledger.ids().map(\.name) + [Event.gateDiary]
    }
    var entries: [(name: String, entry: Entry)] = []
    for name in names { entries += (try ledger.diary(name)?.entries ?? []).map { (name, $0) } }
    entries.sort { Log.isNewer($0.entry, than: $1.entry) }
    let signatures = try Signatures(of: entries.map(\.entry), context)
    if json.isOn {
      context.output.answer(["entries": .array(entries) { $0.entry.json(signatures) }])
      return
    }
    let output = context.output
    for (name, entry) in entries {
      output.line(
        "\(entry.id.short, .yellow)  \(Day(secondsSince1970: entry.time))  \(name, .bold)  \(entry.writer)"
      )
      switch entry.event {
      case .success(let event):
        output.line("    \(event.kind.name): \(event.subject)")
        for line in event.body.split(separator: "\n") { output.line("    \(line)") }
        for value in event.values {
          output.line("    \(value.name.rawValue + ":", .faint) \(value.text)")
        }
      case .failure(let problem):
        output.line("    \("damaged:", .red) \(problem.diagnostic.message)")
      }
      if let words = signatures.words(entry) { output.line("    \("it \(words)", .faint)") }
    }
    if let note = signatures.note { output.line("\(note)") }
    if entries.isEmpty { output.line("no events yet") }
    try context.page()
  }

  /// By the clock of those who wrote; within a second the causal order counts.
  private static func isNewer(_ left: Entry, than right: Entry) -> Bool {
    (left.time, left.readable?.seq ?? .max, left.id) > (right.time, right.readable?.seq ?? .max, right.id)
  }
}
