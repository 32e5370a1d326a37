import ArgumentParser
import BetLedger

struct Amend: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Change what a bet claims; the ledger says so for ever.",
    discussion: "A named field is replaced whole. An empty value ('') removes it.")

  @OptionGroup var bet: BetArgument
  @Option(parsing: .unconditional, help: "What it is about, in one line.")
  var title: String?
  @OptionGroup(title: "Claim") var claim: ClaimOptions
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let ledger = try context.ledger
    let bet = try context.bet(bet)
    let given = (title.map { [Event.Value(.title, $0)] } ?? []) + claim.values
    let values = try given.normalized(today: context.today, of: bet)
    guard !values.isEmpty else {
      throw Refusal(
        "nothing-to-amend", "no field was named", hints: ["git bet amend \(bet.id) --check-by 14d"])
    }
    for name in [TrailerName.title, .if, .expect, .because] where values.all(name).contains("") {
      throw EventProblem.missing(name)
    }
    try context.checkFoundations(of: bet.id, values)
    let fields = ([.title] + TrailerName.claim).filter { name in values.contains { $0.name == name } }
    let event = Event(
      .amended, in: bet.id.name, subject: "amend \(fields.map(\.rawValue).joined(separator: ", "))",
      values: values)
    if let problem = EventProblem(in: event) { throw problem }
    let isGoalpost = fields.contains(where: TrailerName.goalposts.contains)
    try context.leaveToPerson(
      event, after: .bet(bet), as: isGoalpost ? "moving the goalposts" : "asking less of a bet",
      typing: bet.id.name)
    try ledger.append(to: bet.id.name, by: context.writer()) { _ in
      guard let now = try ledger.bet(bet.id),
        now.state.isUndecided || now.contests.contains(where: { fields.contains($0.field) })
      else { throw Refusal.closed(try context.bet(bet.id.name), verb: "amended") }
      return event
    }
    context.output.line("amended \(bet.id): \(fields.map(\.rawValue).joined(separator: ", "))")
    // A first value is no move as long as nothing has shipped.
    let hasShipped = try isGoalpost && context.attribution.shipment(of: bet.id) != nil
    let moved = fields.filter(TrailerName.goalposts.contains).filter {
      (hasShipped || !bet.all($0).isEmpty) && bet.all($0) != values.all($0).filter { !$0.isEmpty }
    }
    if !moved.isEmpty {
      context.errors.show(
        Diagnostic(
          "moved-goalposts", "the goalposts moved: \(moved.map(\.rawValue).joined(separator: ", "))",
          severity: .note,
          notes: ["git bet show \(bet.id) lists it for ever"]))
    }
    let now = try context.bet(bet.id.name)
    let movesLine = fields.contains(.target) || fields.contains(.kill)
    let codes =
      (fields.contains(.checkBy) ? ["date-past"] : []) + (movesLine ? ["overlapping-lines"] : [])
    for warning in Weakness.found(in: now, on: context.today, states: { _ in .validated })
    where codes.contains(warning.code) {
      context.errors.show(warning)
    }
    if fields.contains(.because) {
      for warning in Belief.warnings(about: now, among: try ledger.readableBets()) {
        context.errors.show(warning)
      }
    }
  }
}

extension Refusal {
  /// A closed bet stays as it is until a person opens it again.
  static func closed(_ bet: Bet, verb: String) -> Refusal {
    Refusal(
      "bet-closed", "'\(bet.id)' is closed, so it cannot be \(verb)", notes: ["it is \(bet.state.rawValue)"],
      hints: ["git bet reopen \(bet.id) --because \(Placeholder.change.quoted)"])
  }
}
