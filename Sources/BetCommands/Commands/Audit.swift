import ArgumentParser
import BetGate
import BetReports

struct AuditCommand: BetCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Show what stands on the ship branch that the gate would stop today, and how it got there.",
    discussion: """
      Overridden: by a recorded decision. Passed: this clone's gate saw it, and the ledger let it through then. \
      Weakened: this clone asked less than the ledger. Unseen: it went round this clone's gate, or came from elsewhere. \
      Unsigned: by an override that nobody who is trusted has signed. Elsewhere: it stands at another remote to which \
      this clone pushes. Undeclared: it rewrites lines of an open bet and does not say that it builds on it. Judged by \
      the ledger's settings alone. Exit status 1 when something is unseen, weakened or unsigned, or undeclared where the \
      rule overlap blocks.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Show what came since: a commit, or a date (UTC).", valueName: "rev|date")
  )
  var since: String?
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let site = try context.site
    let audit = try Audit(site, log: DecisionLog(commonDirectory: site.repository.commonDirectory))
    let entries = try audit.entries(since: start(context), today: context.today)
    if json.isOn {
      context.output.answer(["entries": .array(entries.map(\.json))])
    } else {
      show(entries, of: audit, context)
      try context.offerLinks(for: context.ledger.ids())
    }
    if entries.contains(where: \.isWrong) { throw Stop(status: .blocked) }
  }

  private func start(_ context: Context) throws -> Audit.Start? {
    guard let since else { return nil }
    if let day = Day(since) { return .time(Int64(day.number) * 86_400) }
    return .revision(try context.commit(since))
  }

  private func show(_ entries: [Audit.Entry], of audit: Audit, _ context: Context) {
    let output = context.output
    let place = audit.place.name.map { "\($0)/" } ?? ""
    let names = audit.branches.map { Text.printable(place + $0.name) }.joined(separator: ", ")
    guard !audit.branches.isEmpty else {
      output.line("no ship branch is known here; git fetch, or set bet.ship")
      return
    }
    guard !entries.isEmpty else {
      output.line("\(names): nothing that the gate would stop")
      return
    }
    var table = Table(["", "rule", "bet", "rests on", "branch", "commits", "how"])
    for entry in entries {
      let count = entry.commits.count
      let newest = entry.commits.first?.id.short ?? ""
      table.add([
        .init(entry.word, entry.isWrong ? .red : nil),
        .init(entry.finding.rule.name),
        .init(entry.finding.bet?.description ?? "-", .bold),
        .init(entry.finding.blockers.map(\.bet.description).joined(separator: ", ")),
        .init((entry.remote.map { "\($0)/" } ?? "") + entry.branch),
        .init(count > 1 ? "\(newest) and \(count - 1) more" : newest, .yellow),
        .init(entry.how),
      ])
    }
    table.print(to: output)
    let unseen = entries.filter(\.isUnseen)
    guard let first = unseen.first?.commits.first else { return }
    output.line()
    output.show(
      Diagnostic(
        "unseen-work", "\(unseen.count.of("finding")) went round this clone's gate, or came from elsewhere",
        severity: .warning,
        hints: ["git show \(first.id.short)"]))
  }
}

extension Audit.Entry {
  var isUnseen: Bool { if case .unseen = passage { true } else { false } }
  /// Whether somebody should look at it.
  var isWrong: Bool {
    switch passage {
    case .unseen, .unsigned, .weakened: true
    case .undeclared: finding.blocks
    case .overridden, .passed, .elsewhere: false
    }
  }

  var word: String {
    switch passage {
    case .overridden: "overridden"
    case .unsigned: "unsigned"
    case .passed: "passed"
    case .weakened: "weakened"
    case .unseen: "unseen"
    case .elsewhere: "elsewhere"
    case .undeclared: "undeclared"
    }
  }

  /// By whom and why, or when and where.
  fileprivate var how: String {
    switch passage {
    case .overridden(let override):
      return "by \(override.author) on \(Day(secondsSince1970: override.time)): \(override.shortReason)"
    case .unsigned(let override, let trust): return "the override \(override.id.short) \(trust.sentence)"
    case .passed(let decision):
      return "\(decision.run.hook) of \(decision.ref) on \(Day(secondsSince1970: decision.run.time))"
    case .weakened(let decision):
      let settings = decision.loosened.joined(separator: ", ")
      return "\(decision.run.hook) on \(Day(secondsSince1970: decision.run.time)), by \(settings)"
    case .undeclared(.none): return "says Bet: none"
    case .undeclared(.nothing): return "names no bet"
    case .undeclared(.bet(let name)): return "says Bet: \(name)"
    case .undeclared(.late(let name, let stop)):
      return
        "says Bet: \(name), declared after the gate had stopped \(stop.ref) on \(Day(secondsSince1970: stop.run.time))"
    case .unseen, .elsewhere: return ""
    }
  }

  var json: JSON {
    var override = JSON.null
    var passed = JSON.null
    switch passage {
    case .overridden(let record), .unsigned(let record, _):
      override = [
        "id": .string(record.id.hex), "author": .string(record.author), "time": .integer(Int(record.time)),
        "reason": .string(record.reason), "until": .optional(record.until?.description),
      ]
    case .passed(let decision), .weakened(let decision):
      passed = [
        "time": .integer(Int(decision.run.time)), "hook": .string(decision.run.hook),
        "ref": .string(decision.ref), "state": .string(decision.state.rawValue),
        "loosened": .strings(decision.loosened),
      ]
    case .unseen, .elsewhere, .undeclared: break
    }
    return [
      "status": .string(word), "passage": .string(word), "remote": .optional(remote),
      "branch": .string(branch), "rule": .string(finding.rule.name),
      "bet": .optional(finding.bet?.description),
      "blockedBy": .strings(finding.blockers.map(\.bet.description)),
      "commits": .array(commits.map(\.json)), "override": override, "passed": passed,
    ]
  }
}
