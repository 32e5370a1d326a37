import ArgumentParser
import BetLedger
import BetReports

struct Check: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask the gate without pushing: the same decision, now.",
    discussion: """
      Exit status 0: it may ship. 1: it is stopped. 128: it could not be judged.

      In CI the levels of the rules come from the ledger alone, not from a clone's configuration: the formats github \
      and junit always judge so, the others with --ci. A range is judged as it came, also when it has landed since; \
      zeros as its beginning, and in CI a commit that is gone, mean that nothing was there before. Where HEAD is \
      detached, --branch says whose work it is. A branch may be spelled as refs/heads/main or origin/main.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github, junit
  }

  @Argument(
    help: ArgumentHelp("A branch or a range; the current branch if not given.", valueName: "branch|range"),
    completion: .branches)
  var work: String?
  @Option(help: ArgumentHelp("The remote it would go to.", valueName: "name"), completion: .remotes)
  var remote: String?
  @Option(
    help: ArgumentHelp("The branch the work stands on, if HEAD does not say it.", valueName: "name"),
    completion: .branches)
  var branch: String?
  @Option(
    help: ArgumentHelp(
      "The remote branch it would go to, or refs/tags/<name>; the same name if not given.", valueName: "name"),
    completion: .branches
  )
  var into: String?
  @Option(help: "text, json, github (annotations and a step summary) or junit.")
  var format: Format = .text
  @Flag(name: .customLong("ci"), help: "The levels of the rules come from the ledger alone.")
  var isCI = false
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  /// Nobody pushes from a CI job.
  var tellsGateOff: Bool { !isCI }

  func run(in context: Context) throws {
    do { try judge(context) } catch {
      // What cannot be judged has its place in a report too; the words on standard error are the caller's.
      if let (diagnostic, _) = GitBet.explain(error) {
        let report = CheckReport(work: work ?? "HEAD", answer: .notJudged(diagnostic), today: context.today)
        switch format {
        case .text: break
        case .json: if !json.isOn { context.output.answer(["error": diagnostic.json]) }
        case .github, .junit: publish(report, context)
        }
      }
      throw error
    }
  }

  private func judge(_ context: Context) throws {
    let authority: Settings.Authority = isCI || format == .github || format == .junit ? .ledger : .clone
    let question = try Question(
      work, remote: remote, branch: branch, into: into, mayLoseBase: authority == .ledger, context)
    if let lost = question.lostBase { context.errors.show(.lostBase(lost)) }
    let judgement = try question.judge(context, authority: authority)
    let decision = judgement.decision
    if authority == .ledger { try expectKnownShips(question, for: decision, context) }
    // What is written for programs goes to a file; the log says it in words.
    if isCI || format == .junit, ![.text, .github].contains(format), !decision.isSilent {
      try report(decision, on: question, context)
    }
    switch format {
    case .json: context.output.answer(decision.json)
    case .text where json.isOn: context.output.answer(decision.json)
    case .text:
      try tell(decision, on: question, context)
      context.tellWeakened(judgement)
    case .github, .junit:
      let policy = try context.ledger.policy()
      let settings = try context.settings
      let place = try context.place(of: decision, remote: question.remote.name)
      publish(
        CheckReport(
          work: question.name, answer: .decided(decision), ways: WaysOn(from: decision, at: place).ways,
          rules: Rule.all.filter {
            settings.level(of: $0, policy: policy, for: authority).level != .off
          },
          today: context.today), context)
    }
    if decision.isBlocked { throw Stop(status: .blocked) }
  }

  private func tell(_ decision: Decision, on question: Question, _ context: Context) throws {
    let name = Text.printable(question.name)
    if decision.isSilent {
      context.output.line(
        decision.state == .notApplicable ? "\(name): no bet is concerned" : "\(name): nothing is in the way")
    } else {
      try report(decision, on: question, context)
      if !decision.isBlocked { context.output.line("\(name): may ship") }
    }
  }

  private func report(_ decision: Decision, on question: Question, _ context: Context) throws {
    let place = try context.place(of: decision, remote: question.remote.name)
    TextReport(decision, at: place, isPush: false, today: context.today).print(to: context.errors)
  }

  /// A bet's work may pass on a branch that ships nothing and be stopped on one that ships: who cannot tell stops it.
  private func expectKnownShips(_ question: Question, for decision: Decision, _ context: Context) throws {
    guard decision.state != .notApplicable, !decision.isBlocked, let branch = question.update.remoteBranch,
      try context.site.judged(by: .ledger).mayShip(branch), let home = try context.site.home.remote.name
    else { return }
    throw Refusal(
      "ship-branch-unknown", "nobody can tell here whether '\(Text.printable(branch))' ships",
      notes: [
        "the main branch of '\(Text.printable(home))' is not known here; a clone for CI does not bring it"
      ],
      hints: [
        "git fetch \(Text.shellOperands(home, "+refs/heads/*:refs/remotes/\(home)/*")) && git remote set-head \(Text.shellOperands(home)) --auto",
        "git bet policy bet.ship=\(Text.shellQuoted(branch))",
      ])
  }

  private func publish(_ report: CheckReport, _ context: Context) {
    if format == .junit {
      context.output.write(JUnit(report))
      return
    }
    context.output.write(GitHubAnnotations(report))
    guard let path = context.variable("GITHUB_STEP_SUMMARY") else { return }
    do { try TextFile.append(StepSummary(report).text, to: path) } catch {
      // The answer is the exit status; a page that cannot be written does not change it.
      guard var (diagnostic, _) = GitBet.explain(error) else { return }
      diagnostic.severity = .warning
      context.errors.show(diagnostic)
    }
  }
}

extension Diagnostic {
  fileprivate static func lostBase(_ id: ObjectID) -> Diagnostic {
    Diagnostic(
      "base-gone", "\(id.short) is not here any more, as after a forced push", severity: .note,
      notes: ["so all that has not shipped from another branch is judged"])
  }
}
