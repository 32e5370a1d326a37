import ArgumentParser
import BetLedger

struct Reopen: BetCommand {
  static let configuration = CommandConfiguration(abstract: "Open a closed bet again.")

  @OptionGroup var bet: BetArgument
  @Option(parsing: .unconditional, help: ArgumentHelp("What has changed.", valueName: "text"))
  var because: String
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let ledger = try context.ledger
    let bet = try context.bet(bet)
    func refuseOpen(_ bet: Bet) throws {
      // A contested bet is open as one side has it: one event on top of both settles it so.
      guard bet.state == .open else { return }
      throw Refusal(
        "bet-open", "'\(bet.id)' is open, so there is nothing to reopen",
        hints: ["git bet show \(bet.id)"])
    }
    try refuseOpen(bet)
    let reason =
      Placeholder.isOne(because)
      ? try context.reason(because, for: "is '\(bet.id)' open again") : Text.trimmed(because)
    let event = Event(.reopened, in: bet.id.name, subject: "reopen \(bet.id)", body: reason)
    if let problem = EventProblem(in: event) { throw problem }
    try context.leaveToPerson(event, after: .bet(bet), as: "opening a lost bet again", typing: bet.id.name)
    try ledger.append(to: bet.id.name, by: context.writer()) { _ in
      if let now = try ledger.bet(bet.id) { try refuseOpen(now) }
      return event
    }
    context.output.line("\(bet.id) is open again")
  }
}
