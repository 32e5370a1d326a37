import ArgumentParser
import BetAttribution

struct Close: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the call: validated, invalidated, inconclusive or abandoned.",
    discussion: """
      Only a validated bet lets others build on it. The evidence is what people read later; 'commit:<id>' and 'file:<path>' \
      name what is here. Without a verdict your editor opens on a form, on a terminal.
      """)

  @OptionGroup var bet: BetArgument
  @Argument(
    help: "validated, invalidated, inconclusive or abandoned.",
    completion: .list(Verdict.allCases.map(\.rawValue)))
  var verdict: String?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("What was seen; may repeat. Needed unless abandoned.", valueName: "text"))
  var evidence: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The last measurement, kept as an observation.", valueName: "number"))
  var observed: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("What we know now.", valueName: "text"))
  var learned: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("What we do about it.", valueName: "text"))
  var decision: String?
  @Flag(help: "Close it even though the observations say otherwise, or nothing was observed or has shipped.")
  var yes = false
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let (bet, verdict) = try words(context)
    try refuseClosed(bet)
    let call =
      try verdict.map { word in
        try Call(
          verdict: word,
          values: evidence.map { Event.Value(.evidence, $0) }
            + (learned.map { [Event.Value(.learned, $0)] } ?? [])
            + (decision.map { [Event.Value(.decision, $0)] } ?? []))
      } ?? context.call(of: bet)
    do { try close(bet, by: call, context) } catch let error as any DiagnosticError {
      guard let file = call.file else { throw error }
      throw Refusal(error.diagnostic.keeping(file))
    }
  }

  /// The bet and the verdict; a verdict alone is one on the current branch's bet, unless a bet is called so.
  private func words(_ context: Context) throws -> (bet: Bet, verdict: String?) {
    guard verdict == nil, let word = bet.text, Verdict(rawValue: word) != nil,
      try context.ledger.bet(BetID(word)) == nil
    else { return (try context.bet(bet), verdict) }
    return (try context.betOfWorkHere(), word)
  }

  private func close(_ bet: Bet, by call: Call, _ context: Context) throws {
    let ledger = try context.ledger
    let verdict = call.verdict
    let values =
      try [Event.Value(.verdict, verdict.rawValue)] + call.values.normalized(today: context.today, of: bet)
    let evidence = values.all(.evidence)
    try context.checkEvidence(evidence)
    let event = Event(
      .closed, in: bet.id.name, subject: "\(verdict.rawValue): \(evidence.first ?? bet.title)",
      body: call.text,
      values: values)
    if let problem = EventProblem(in: event) { throw needed(problem, toClose: bet) }
    let observation = try observed.map { text in
      let event = Event(
        .observed, in: bet.id.name, subject: "observed \(text)",
        values: try [Event.Value(.value, text)].normalized(today: context.today, of: bet))
      if let problem = EventProblem(in: event) { throw problem }
      return event
    }
    try context.leaveToPerson("closing a bet", typing: bet.id.name)
    try confirm(
      verdict, of: bet, observing: observation?.first(.value).flatMap { Quantity.number($0) }, context)

    let writer = try context.writer()
    if let observation {
      try ledger.append(to: bet.id.name, by: writer) { _ in
        try refuseClosed(try ledger.bet(bet.id))
        return observation
      }
    }
    try ledger.append(to: bet.id.name, by: writer) { _ in
      try refuseClosed(try ledger.bet(bet.id))
      return event
    }
    context.output.line("\(bet.id) is \(verdict.rawValue)")
    if verdict == .validated { try context.tellUnsigned(writer) }
    tell(verdict, of: bet.id, among: try ledger.digests(), in: context)
    do { try tellWork(verdict, of: bet.id, in: context) } catch {
      // The call is made, whatever can be said of the work.
      let why = GitBet.explain(error)?.0.message ?? "\(error)"
      context.errors.show(
        Diagnostic("work-unread", "the work it concerns cannot be told: \(why)", severity: .warning))
    }
  }

  private func refuseClosed(_ bet: Bet?) throws {
    if let bet, !bet.state.isUndecided { throw Refusal.closed(bet, verb: "closed again") }
  }

  private func needed(_ problem: EventProblem, toClose bet: Bet) -> any Error {
    guard case .missing(.evidence) = problem else { return problem }
    return Refusal(
      problem.diagnostic.code, problem.diagnostic.message,
      notes: problem.diagnostic.notes + ["say what was seen with --evidence"],
      hints: ["git bet show \(bet.id)"])
  }

  /// When the numbers say otherwise, or there is nothing to go by, the person is asked once; the call stays theirs.
  private func confirm(_ verdict: Verdict, of bet: Bet, observing value: Double?, _ context: Context) throws {
    guard !yes, let doubt = try doubt(about: verdict, of: bet, observing: value, context) else { return }
    guard context.isInteractive else {
      throw Refusal(
        doubt.code, doubt.message, notes: ["the call is yours: say so with --yes"],
        hints: ["git bet show \(bet.id)"])
    }
    context.errors.show(Diagnostic(doubt.code, doubt.message, severity: .warning))
    guard context.asks("close '\(bet.id)' as \(verdict.rawValue) all the same?") else {
      throw Stop(status: .blocked)
    }
  }

  private func doubt(
    about verdict: Verdict, of bet: Bet, observing value: Double?, _ context: Context
  ) throws -> Diagnostic? {
    let last = value ?? bet.lastObservation?.value
    if let last, let contradiction = bet.contradiction(to: verdict, at: last) {
      return Diagnostic("evidence-contradicts", contradiction)
    }
    guard verdict == .validated else { return nil }
    if last == nil, let metric = bet.first(.metric) {
      return Diagnostic("never-read", "no reading of '\(Text.printable(metric))' is kept with '\(bet.id)'")
    }
    if try context.attribution.shipment(of: bet.id) == nil {
      return Diagnostic("never-shipped", "no work of '\(bet.id)' has shipped, so nothing can have shown it")
    }
    return nil
  }

  /// What the verdict opens or strands.
  private func tell(_ verdict: Verdict, of id: BetID, among bets: [BetDigest], in context: Context) {
    let waiting = bets.filter { $0.buildsOn.contains(id) && !$0.state.isLost }
    guard !waiting.isEmpty else { return }
    if verdict != .validated {
      let (word, why) =
        verdict == .inconclusive ? ("still waiting on it", "") : ("stranded", ", which rest on it")
      context.output.line("\(word): \(waiting.map(\.id.name).joined(separator: ", "))\(why)")
      return
    }
    let states = Dictionary(uniqueKeysWithValues: bets.map { ($0.id, $0.state) })
    for bet in waiting {
      let rest = bet.buildsOn.filter { states[$0] != .validated }
      let note = rest.isEmpty ? "free to ship" : "still waits on \(rest.map(\.name).joined(separator: ", "))"
      context.output.line("\(bet.id): \(note)")
    }
  }

  /// A bet with more shipped commits than these is not looked into here: closing one is no report.
  private static let mostCommits = 300
  private static let mostNames = 5

  /// The branches that a verdict frees or strands, and the lines that rest on what is lost.
  private func tellWork(_ verdict: Verdict, of id: BetID, in context: Context) throws {
    guard verdict != .inconclusive else { return }
    let footprints = try context.footprints()
    let isLost = verdict != .validated
    let resting = try footprints.bets(restingOn: id).filter { !$0.state.isLost }
    var concerned = Set(resting.map(\.id))
    if isLost {
      concerned.insert(id)
    } else {
      let waits = try Dictionary(
        uniqueKeysWithValues: context.ledger.readableBets().map { ($0.id, $0.state != .validated) })
      concerned = Set(
        resting.filter { $0.buildsOn.contains(id) && !$0.buildsOn.contains { waits[$0] ?? true } }.map(\.id))
    }
    let branches = try footprints.branches(of: concerned).map { Text.printable($0.name) }
    if !branches.isEmpty {
      let rest = branches.count > Close.mostNames ? " and \(branches.count - Close.mostNames) more" : ""
      let names = branches.prefix(Close.mostNames).joined(separator: ", ")
      context.output.line("\(isLost ? "stranded" : "free to ship"), as branches: \(names)\(rest)")
    }
    guard isLost, let place = footprints.place else { return }
    var parts: [String] = []
    let bets = [id] + resting.map(\.id)
    for bet in bets.prefix(Close.mostNames) {
      switch try footprints.remainder(of: bet, limit: Close.mostCommits) {
      case .lines(0, 0): break
      case .lines(let lines, 0): parts.append("\(lines.of("line")) of \(bet)")
      case .lines(let lines, let untold):
        parts.append(
          "\(lines.of("line")) and \(untold.of("unread file")) of \(bet)"
        )
      case .commits(let count): parts.append("\(count) commits of \(bet)")
      }
    }
    guard !parts.isEmpty else { return }
    let rest =
      bets.count > Close.mostNames ? ", and what \(bets.count - Close.mostNames) more bets brought" : ""
    context.output.line(
      "still in \(place.name): \(parts.joined(separator: ", "))\(rest); git bet footprint \(id) says how to take it out"
    )
  }
}

extension Bet {
  /// Why the numbers do not fit the verdict, in a sentence; nil when they do or say nothing.
  func contradiction(to verdict: Verdict, at value: Double) -> String? {
    let target = first(.target).flatMap { Threshold($0) }
    let kill = first(.kill).flatMap { Threshold($0) }
    switch verdict {
    case .validated:
      if let kill, kill.isMet(by: value) {
        return "the last observation, \(value), meets the stop line '\(first(.kill) ?? "")'"
      }
      if let target, !target.isMet(by: value) {
        return "the last observation, \(value), does not meet the target '\(first(.target) ?? "")'"
      }
      return nil
    case .invalidated:
      guard let target, target.isMet(by: value) else { return nil }
      return "the last observation, \(value), meets the target '\(first(.target) ?? "")'"
    case .inconclusive, .abandoned: return nil
    }
  }
}
