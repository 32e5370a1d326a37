import ArgumentParser
import BetGate
import BetReports

struct AuditCommand: BetCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Show what stands on the ship branch that the gate would stop today, and how it got there.",
    discussion: """
      Overridden: by a recorded decision. Passed: this clone's gate saw it and let it through. Unseen: it went round \
      this clone's gate, or came from elsewhere. Unsigned: by an override that nobody who is trusted has signed. Judged \
      by the ledger's levels alone. Exit status 1 when something is unseen or unsigned.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Where to begin: a commit, or a date (UTC); the oldest bet's date if not given.", valueName: "rev|date")
  )
  var since: String?
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let site = try context.site
    let audit = try Audit(site, log: DecisionLog(commonDirectory: site.repository.commonDirectory))
    let entries = try audit.entries(since: start(audit, context), today: context.today)
    if json.isOn {
      context.output.answer(["entries": .array(entries.map(\.json))])
    } else {
      show(entries, of: audit, context)
    }
    if entries.contains(where: { $0.isUnseen || $0.isUnsigned }) { throw Stop(status: .blocked) }
  }

  private func start(_ audit: Audit, _ context: Context) throws -> Audit.Start {
    guard let since else { return try audit.start(now: context.now) }
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
        .init(entry.word, entry.isUnseen || entry.isUnsigned ? .red : nil),
        .init(entry.finding.rule.name),
        .init(entry.finding.bet?.description ?? "-", .bold),
        .init(entry.finding.blockers.map(\.bet.description).joined(separator: ", ")),
        .init(place + entry.branch), .init(count > 1 ? "\(newest) and \(count - 1) more" : newest, .yellow),
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
  var isUnsigned: Bool { if case .unsigned = passage { true } else { false } }

  var word: String {
    switch passage {
    case .overridden: "overridden"
    case .unsigned: "unsigned"
    case .passed: "passed"
    case .unseen: "unseen"
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
    case .unseen: return ""
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
    case .passed(let decision):
      passed = [
        "time": .integer(Int(decision.run.time)), "hook": .string(decision.run.hook),
        "ref": .string(decision.ref), "state": .string(decision.state.rawValue),
      ]
    case .unseen: break
    }
    return [
      "status": .string(word), "branch": .string(branch), "rule": .string(finding.rule.name),
      "bet": .optional(finding.bet?.description),
      "blockedBy": .strings(finding.blockers.map(\.bet.description)),
      "commits": .array(commits.map(\.json)), "override": override, "passed": passed,
    ]
  }
}
