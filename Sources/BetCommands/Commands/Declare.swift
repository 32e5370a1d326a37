import ArgumentParser
import BetLedger

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
    try refuseDeclared(id, context)
    let draft = try draft(for: id, context)
    do { try place(draft, as: id, context) } catch let error as any DiagnosticError {
      throw Refusal(goOn(after: error.diagnostic, keptIn: draft.file, of: id))
    }
    if start {
      try Start.start(try context.bet(id.name), branch: "bet/\(id)", in: context)
    } else {
      context.output.line("next: git bet start \(id)")
    }
  }

  private func refuseDeclared(_ id: BetID, _ context: Context) throws {
    guard let bet = try context.ledger.bet(id) else { return }
    throw Refusal(
      "already-declared", "'\(id)' is already declared: \(Text.printable(bet.title))",
      notes: ["it is \(bet.state.rawValue)"], hints: ["git bet show \(id)"])
  }

  private func place(_ draft: Draft, as id: BetID, _ context: Context) throws {
    let ledger = try context.ledger
    var values = try draft.values.normalized(today: context.today)
    if values.first(.checkBy) == nil, let checkBy = try context.settings.checkBy {
      values += try [Event.Value(.checkBy, checkBy)].normalized(today: context.today)
    }
    func declaration() -> Event {
      Event(
        .declared, in: id.name, subject: draft.title.isEmpty ? values.first(.if) ?? "" : draft.title,
        body: draft.body,
        values: TrailerName.claim.flatMap { name in values.filter { $0.name == name } })
    }
    // The claim is checked before the ledger is searched and git is asked who writes: what is missing comes first.
    if let problem = EventProblem(in: declaration()) { throw problem }
    try context.checkFoundations(of: id, values)
    // Who used the editor has seen the list.
    if draft.file == nil {
      values += try Foundations(of: id, values, context).asked(context).map {
        Event.Value(.buildsOn, $0.name)
      }
    }
    try ledger.append(to: id.name, by: context.writer()) { _ in
      try refuseDeclared(id, context)
      return declaration()
    }
    let bet = try context.bet(id.name)
    context.output.line("declared \(id): \(bet.title)")
    for warning in try Weakness.found(in: bet, on: context.today, states: { try ledger.bet($0)?.state })
      .prefix(3)
    {
      context.errors.show(warning)
    }
    for warning in Belief.warnings(about: bet, among: try ledger.readableBets()) {
      context.errors.show(warning)
    }
    if draft.file == nil { try Foundations(of: id, values, context).tell(context) }
  }

  /// Nothing that was typed into an editor is lost, whatever was wrong with it.
  private func goOn(after problem: Diagnostic, keptIn file: String?, of id: BetID) -> Diagnostic {
    var diagnostic = problem
    if let file {
      diagnostic = diagnostic.keeping(file)
      diagnostic.hints = ["git bet declare \(id) -F \(Text.shellQuoted(file))"]
    } else if problem.code == "missing-field" {
      diagnostic.hints = [
        "git bet declare \(id) --if 'we build X' --expect 'Y rises from 2 to 3' --because 'Z is true'"
      ]
    }
    return diagnostic
  }

  /// The claim from flags, a file, or the editor.
  private func draft(for id: BetID, _ context: Context) throws -> Draft {
    let flags = claim.values
    if let file {
      let text = try file == "-" ? TextFile.standardInputText() : TextFile.text(file)
      var draft = try Draft(text)
      if !draft.leftOut.isEmpty {
        context.errors.show(
          Diagnostic(
            "left-out",
            "of the front matter was left out: \(Text.printable(draft.leftOut.joined(separator: ", ")))",
            severity: .note))
      }
      draft.title = title ?? draft.title
      draft.values = flags + draft.values.filter { value in !flags.contains { $0.name == value.name } }
      return draft
    }
    let isComplete = [TrailerName.if, .expect, .because].allSatisfy { flags.first($0) != nil }
    guard !isComplete, context.isInteractive else { return Draft(title: title ?? "", values: flags) }
    let template = Draft.template(
      for: id, title: title ?? "", values: flags, checkBy: try context.settings.checkBy ?? "14d",
      open: try Foundations(of: id, flags, context).lines)
    let file = try context.repository.gitDirectory + "/BET_DECLARE"
    guard let edited = try context.edit(template, in: file) else {
      throw Refusal("empty-bet", "nothing was filled in, so nothing was declared")
    }
    do {
      var draft = try Draft(edited)
      draft.file = file
      return draft
    } catch let error as Refusal { throw Refusal(goOn(after: error.diagnostic, keptIn: file, of: id)) }
  }
}
