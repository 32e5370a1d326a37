import ArgumentParser
import BetLedger
import BetReports

/// Where a command runs; every command takes it.
struct Location: ParsableArguments {
  @Option(
    name: .customShort("C"), help: ArgumentHelp("Run as if started in this directory.", valueName: "path"))
  var directory: String?
}

/// Makes a reading command answer in JSON.
struct JSONOption: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print a JSON object: {\"version\": 1, ...}.")
  var isOn = false
}

/// One verb: `run()` builds the context, `run(in:)` works.
protocol BetCommand: ParsableCommand {
  var location: Location { get }
  /// Whether it says so where nothing stops a push.
  var tellsGateOff: Bool { get }
  func run(in context: Context) throws
}

extension BetCommand {
  var tellsGateOff: Bool { true }

  func run() throws {
    let context = try Context(directory: location.directory)
    defer { context.errors.flush() }
    do { try run(in: context) } catch {
      // An answer that is no yes has to arrive as well.
      if error is Stop {
        if tellsGateOff { context.tellGateOff() }
        try context.output.end()
      }
      context.output.flush()
      throw error
    }
    if tellsGateOff { context.tellGateOff() }
    context.exchangeAfterWriting()
    try context.output.end()
  }
}

/// How a bet is named on the command line; without a name the current branch's is meant.
struct BetArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The bet's id, or the beginning of one that is unique; the current branch's bet if not given.",
      valueName: "bet"),
    completion: .bets)
  var text: String?
}
