import ArgumentParser
import BetLedger

struct Policy: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set the levels of rules for every clone, CI and servers; without arguments, list them.",
    discussion:
      "A level is block, warn or off. 'git config bet.rule.<rule> <level>' sets one in this clone alone.")

  @Argument(help: ArgumentHelp("What to set, like unlinked=warn.", valueName: "rule=level"))
  var levels: [String] = []
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    guard !levels.isEmpty else { return try Rules.list(in: context, json: json.isOn) }
    for level in levels { try check(level) }
    try context.leaveToPerson("setting a shared level", typing: Event.gateDiary)
    try context.ledger.append(to: Event.gateDiary, by: context.writer()) { _ in
      Event(
        .policy, in: Event.gateDiary, subject: "policy \(levels.joined(separator: ", "))",
        values: levels.map { Event.Value(.rule, $0) })
    }
    context.output.line("set for every clone: \(levels.joined(separator: ", "))")
    try tellOfTheLock(context)
  }

  /// Who may not sign may not take the lock off: the event stands in the ledger and does not count.
  private func tellOfTheLock(_ context: Context) throws {
    let rule = Rule.unsigned.name
    guard let wanted = levels.last(where: { $0.hasPrefix("\(rule)=") }),
      let level = try context.ledger.policy()[rule], wanted != "\(rule)=\(level.name)"
    else { return }
    context.errors.show(
      Diagnostic(
        "lock-stays", "'\(rule)' stays at '\(level.name)'", severity: .warning,
        notes: ["once it is raised, only an event that is signed with a trusted key lowers it"],
        hints: ["git -c bet.sign=true bet policy \(wanted)"]))
  }

  private func check(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard Rule.named(parts[0]) != nil else {
      throw Refusal(
        "unknown-rule", "'\(Text.printable(parts[0]))' is not a rule",
        notes: ["the rules are \(Rule.all.map(\.name).joined(separator: ", "))"],
        hints: ["git bet rules"])
    }
    guard parts.count == 2, Level(name: parts[1]) != nil else {
      throw Refusal(
        "unknown-level", "'\(Text.printable(text))' names no level", notes: ["a level is block, warn or off"],
        hints: ["git bet policy \(parts[0])=warn"])
    }
  }
}
