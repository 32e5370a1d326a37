import ArgumentParser
import BetLedger

struct Policy: BetCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Set levels of rules, and what is judged, for every clone, CI and servers; without arguments, list them.",
    discussion: """
      A level is block, warn or off. Settings are \(ConfigKey.shared.map(\.name).joined(separator: ", ")): patterns are \
      separated by spaces, and nothing after the = brings the default back. 'git config' sets one in this clone alone.
      """)

  @Argument(
    help: ArgumentHelp(
      "What to set: a rule's level, like unlinked=warn, or a key, like bet.ship='main develop'.",
      valueName: "setting"),
    completion: .policies)
  var settings: [String] = []
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    guard !settings.isEmpty else { return try Rules.list(in: context, json: json.isOn) }
    let settings = try settings.map(checked)
    let told = settings.joined(separator: ", ")
    let event = Event(
      .policy, in: Event.gateDiary, subject: "policy \(told)", values: settings.map { Event.Value(.rule, $0) }
    )
    if let problem = EventProblem(in: event) { throw problem }
    let gate = try context.ledger.gate()
    try context.leaveToPerson(
      event, after: .gate(gate), as: "asking less of every clone", typing: Event.gateDiary)
    try context.ledger.append(to: Event.gateDiary, by: context.writer()) { _ in event }
    context.output.line("set for every clone: \(told)")
    try tellOfTheLock(settings, context)
  }

  /// Who may not sign may not take the lock off: the event stands in the ledger and does not count.
  private func tellOfTheLock(_ settings: [String], _ context: Context) throws {
    let rule = Rule.unsigned.name
    guard let wanted = settings.last(where: { $0.hasPrefix("\(rule)=") }),
      let level = try context.ledger.policy()[rule], wanted != "\(rule)=\(level.name)"
    else { return }
    context.errors.show(
      Diagnostic(
        "lock-stays", "'\(rule)' stays at '\(level.name)'", severity: .warning,
        notes: ["once it is raised, only an event that is signed with a trusted key lowers it"],
        hints: ["git -c bet.sign=true bet policy \(wanted)"]))
  }

  /// A setting as the event has it; refused when it is none.
  private func checked(_ text: String) throws -> String {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    if name.lowercased().hasPrefix("bet.") {
      return try sharedSetting(name, parts.count == 2 ? parts[1] : nil)
    }
    guard Rule.named(name) != nil else {
      throw Refusal(
        "unknown-rule", "'\(Text.printable(name))' is not a rule",
        notes: ["the rules are \(Rule.all.map(\.name).joined(separator: ", "))"],
        hints: ["git bet rules"])
    }
    guard parts.count == 2, Level(name: parts[1]) != nil else {
      throw Refusal(
        "unknown-level", "'\(Text.printable(text))' names no level", notes: ["a level is block, warn or off"],
        hints: ["git bet policy \(name)=warn"])
    }
    return text
  }

  private func sharedSetting(_ name: String, _ value: Substring?) throws -> String {
    guard let key = ConfigKey.sharedKey(name) else {
      throw Refusal(
        "unknown-setting", "'\(Text.printable(name))' is no setting that clones share",
        notes: ["those are \(ConfigKey.shared.map(\.name).joined(separator: ", "))"],
        hints: ["git bet policy bet.ship='main develop'"])
    }
    guard let value, let shared = SharedValue(value, of: key) else {
      throw Refusal(
        "bad-setting", "'\(Text.printable(value ?? ""))' cannot be what \(key.name) holds",
        hints: ["git bet policy bet.depth=0"])
    }
    return "\(key.name)=\(shared.description)"
  }
}
