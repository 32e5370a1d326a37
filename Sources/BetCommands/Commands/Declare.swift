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
    if isInEditor, context.isInteractive {
      try declareInEditor(id, context)
    } else {
      let draft = try draft(context)
      do { try place(draft, as: id, context) } catch let error as any DiagnosticError {
        throw Refusal(goOn(after: error.diagnostic, of: id))
      }
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
      values += try Foundations(of: id, values, context).asked(context, forNames: true).map {
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
    if draft.file == nil, !context.isInteractive { try Foundations(of: id, values, context).tell(context) }
  }

  private func goOn(after problem: Diagnostic, of id: BetID) -> Diagnostic {
    guard problem.code == "missing-field" else { return problem }
    var diagnostic = problem
    diagnostic.hints = [
      "git bet declare \(id) --if 'we build X' --expect 'Y rises from 2 to 3' --because 'Z is true'"
    ]
    return diagnostic
  }

  /// Whether something that a bet needs is asked for in the editor.
  private var isInEditor: Bool {
    file == nil && ![TrailerName.if, .expect, .because].allSatisfy { claim.values.first($0) != nil }
  }

  /// Nothing that was typed is lost, whatever was wrong with it.
  private func declareInEditor(_ id: BetID, _ context: Context) throws {
    let flags = claim.values
    let template = Draft.template(
      for: id, title: title ?? "", values: flags, checkBy: try context.settings.checkBy ?? "14d",
      open: try Foundations(of: id, flags, context).lines)
    let file = try context.repository.gitDirectory + "/BET_DECLARE"
    do {
      let isPlaced: Void? = try context.filledIn(template, in: file) { text in
        var draft = try Draft(text)
        draft.file = file
        try place(draft, as: id, context)
      }
      guard isPlaced != nil else {
        throw Refusal("empty-bet", "nothing was filled in, so nothing was declared")
      }
    } catch let error as any DiagnosticError where error.diagnostic.code != "empty-bet" {
      var problem = error.diagnostic
      problem.hints = ["git bet declare \(id) -F \(Text.shellQuoted(file))"]
      throw Refusal(problem)
    }
  }

  /// The claim from flags or a file.
  private func draft(_ context: Context) throws -> Draft {
    let flags = claim.values
    guard let file else { return Draft(title: title ?? "", values: flags) }
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
}
