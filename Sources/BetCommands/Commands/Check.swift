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
      where HEAD is detached, --branch says whose work it is.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github, junit
  }

  @Argument(
    help: ArgumentHelp("A branch or a range; the current branch if not given.", valueName: "branch|range"))
  var work: String?
  @Option(help: ArgumentHelp("The remote it would go to.", valueName: "name"))
  var remote: String?
  @Option(help: ArgumentHelp("The branch the work stands on, if HEAD does not say it.", valueName: "name"))
  var branch: String?
  @Option(
    help: ArgumentHelp("The remote branch it would go to; the same name if not given.", valueName: "name"))
  var into: String?
  @Option(help: "text, json, github (annotations and a step summary) or junit.")
  var format: Format = .text
  @Flag(name: .customLong("ci"), help: "The levels of the rules come from the ledger alone.")
  var isCI = false
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

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
    let question = try Question(work, remote: remote, branch: branch, into: into, context)
    let authority: Settings.Authority = isCI || format == .github || format == .junit ? .ledger : .clone
    let judgement = try question.judge(context, authority: authority)
    let decision = judgement.decision
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
      let place = try context.place(of: decision, remote: question.remote.name)
      TextReport(decision, at: place, isPush: false, today: context.today).print(to: context.errors)
      if !decision.isBlocked { context.output.line("\(name): may ship") }
    }
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
