import ArgumentParser
import BetLedger
import Bets
import Git

struct Check: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask the gate without pushing: the same decision, now.",
    discussion: "Exit status 0: it may ship. 1: it is stopped. 128: it could not be judged.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(
    help: ArgumentHelp("A branch or a range; the current branch if not given.", valueName: "branch|range"))
  var work: String?
  @Option(help: ArgumentHelp("The remote it would go to.", valueName: "name"))
  var remote: String?
  @Option(help: "text or json.")
  var format: Format = .text
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let question = try Question(work, remote: remote, context)
    let decision = try question.judge(context)
    if json.isOn || format == .json {
      context.output.line(decision.json.printed())
    } else if decision.isSilent {
      let name = Text.printable(question.name)
      context.output.line(
        decision.state == .notApplicable ? "\(name): no bet is concerned" : "\(name): nothing is in the way")
    } else {
      try context.message(for: decision, remote: question.remote.name).print(to: context.errors)
      if !decision.isBlocked { context.output.line("\(Text.printable(question.name)): may ship") }
    }
    if decision.isBlocked { throw Stop(status: .blocked) }
  }
}
