import ArgumentParser
import BetLedger
import Bets

struct Declare: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Place a bet: if we build X, we expect Y to move, because Z is true.",
    discussion: """
      On a terminal, with parts missing, your editor opens on a template. A bet without a number, a date or a \
      metric is accepted with a warning: a weak bet written down beats a strong one in the head.
      """)

  @Argument(help: ArgumentHelp("A short name: a-z, 0-9 and '-'.", valueName: "id"))
  var id: String
  @Option(parsing: .unconditional, help: ArgumentHelp("One line for people.", valueName: "text"))
  var title: String?
  @OptionGroup(title: "Claim") var claim: ClaimOptions
  @Option(
    name: .customShort("F"),
    help: ArgumentHelp("Read the bet from a file; '-' is standard input.", valueName: "file"))
  var file: String?
  @Flag(help: "Make the bet's branch and switch to it.")
  var start = false
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let id = try BetID(id)
    let ledger = try context.ledger.get()
    func refuseDeclared() throws {
      guard let bet = try ledger.bet(id) else { return }
      throw Refusal(
        "already-declared", "'\(id)' is already declared: \(Text.printable(bet.title))",
        notes: ["it is \(bet.state.rawValue)"],
        hints: ["git bet show \(id)", "git bet amend \(id)"])
    }
    try refuseDeclared()

    let (title, body, given) = try draft(for: id, context)
    var values = try given.normalized(today: context.today)
    if values.first(.checkBy) == nil, let checkBy = try context.settings.get().checkBy {
      values += try [Event.Value(.checkBy, checkBy)].normalized(today: context.today)
    }
    values = TrailerName.claim.flatMap { name in values.filter { $0.name == name } }
    try context.checkFoundations(of: id, values)
    let event = Event(
      .declared, in: id.name, subject: title.isEmpty ? values.first(.if) ?? "" : title, body: body,
      values: values)
    // The claim is checked before git is asked who writes: what is missing comes first.
    if let problem = EventProblem(in: event) { throw missing(problem, id) }
    try ledger.append(to: id.name, by: context.writer()) { _ in
      try refuseDeclared()
      return event
    }
    let bet = try context.bet(id.name)
    context.output.line("declared \(id): \(Text.printable(bet.title))")
    for warning in try Weakness.found(in: bet, states: { try ledger.bet($0)?.state }).prefix(3) {
      context.errors.show(warning)
    }
    if start {
      try Start.start(bet, branch: "bet/\(id)", in: context)
    } else {
      context.output.line("next:    git bet start \(id)")
    }
  }

  private func missing(_ problem: EventProblem, _ id: BetID) -> any Error {
    guard case .missing = problem else { return problem }
    return Refusal(
      problem.diagnostic.code, problem.diagnostic.message, notes: problem.diagnostic.notes,
      hints: ["git bet declare \(id) --if 'we build X' --expect 'Y rises from 2 to 3' --because 'Z is true'"])
  }

  /// The claim from flags, a file, or the editor.
  private func draft(for id: BetID, _ context: Context) throws -> (String, String, [Event.Value]) {
    let flags = claim.values
    if let file {
      let text =
        file == "-" ? String(decoding: try TextFile.standardInput(), as: UTF8.self) : try TextFile.read(file)
      let draft = try Draft(text)
      return (
        title ?? draft.title, draft.body,
        flags + draft.values.filter { value in !flags.contains { $0.name == value.name } }
      )
    }
    let isComplete = [TrailerName.if, .expect, .because].allSatisfy { flags.first($0) != nil }
    guard !isComplete, context.isInteractive else { return (title ?? "", "", flags) }
    let template = Draft.template(
      for: id, title: title ?? "", values: flags, checkBy: try context.settings.get().checkBy ?? "14d")
    guard let edited = try context.edit(template, file: "BET_DECLARE") else {
      throw Refusal("empty-bet", "nothing was filled in, so nothing was declared")
    }
    let draft = try Draft(edited)
    return (draft.title, draft.body, draft.values)
  }
}
