import ArgumentParser
import BetGate
import BetReports

struct OverrideCommand: BetCommand {
  static let configuration = CommandConfiguration(
    commandName: "override",
    abstract: "Record the decision to ship although the gate objects.",
    discussion: """
      It covers what the gate finds now, for the commits that are judged now, wherever they go: one commit on top needs \
      a new one. What has landed already can be overridden by its commit, alone. Every later push that rests on it says so.
      """)

  @Argument(
    help: ArgumentHelp("A branch or commit; the current branch if not given.", valueName: "branch|commit"),
    completion: .branches)
  var work: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Why it cannot wait.", valueName: "text"))
  var because: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Make it a standing one, with this last day: a date, or 7d.", valueName: "date"))
  var until: String?
  @Flag(help: "List what was overridden.")
  var list = false
  @Option(parsing: .unconditional, help: ArgumentHelp("Take an override back.", valueName: "id"))
  var revoke: String?
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    if list { return try listOverrides(context) }
    if let revoke { return try take(back: revoke, context) }
    let because = try context.reason(because, for: "can it not wait")
    let question = try Question(work, remote: nil, context)
    let last = try until.map {
      try [Event.Value(.checkBy, $0)].normalized(today: context.today)[0].text
    }
    let count = try context.override(try question.judgeAsItStands(context), because: because, until: last)
    guard count > 0 else {
      throw Refusal(
        "nothing-to-override", "nothing stands in the way of '\(Text.printable(question.name))'",
        hints: ["git bet check"], exitStatus: .blocked)
    }
    context.output.line("next: git push")
  }

  private func listOverrides(_ context: Context) throws {
    let overrides = try context.ledger.gate().overrides
    if json.isOn {
      context.output.answer(["overrides": .array(overrides.map(\.json))])
      return
    }
    guard !overrides.isEmpty else { return context.output.line("nothing was overridden") }
    var table = Table(["id", "day", "who", "for", "rules", "blocked by", "tip", "state", "why"])
    for override in overrides.reversed() {
      let state =
        override.isRevoked
        ? "revoked" : override.until.map { $0 < context.today ? "ended \($0)" : "until \($0)" } ?? "this tip"
      table.add([
        .init(override.id.short, .yellow), .init(Day(secondsSince1970: override.time).description),
        .init(override.author), .init(override.bet?.name ?? "none"),
        .init(override.rules.sorted().joined(separator: ",")),
        .init(override.blockedBy.sorted().map(\.name).joined(separator: ",")), .init(override.tip.short),
        .init(state),
        .init(override.shortReason, .faint),
      ])
    }
    table.print(to: context.output)
    try context.page()
  }

  private func take(back text: String, _ context: Context) throws {
    let ledger = try context.ledger
    let found = try ledger.gate().overrides.filter {
      $0.id.hex.hasPrefix(text.lowercased()) && text.count >= 4
    }
    guard found.count == 1 else {
      throw Refusal(
        "unknown-override",
        "'\(Text.printable(text))' names \(found.isEmpty ? "no override" : "several overrides")",
        hints: ["git bet override --list"])
    }
    guard !found[0].isRevoked else {
      throw Refusal(
        "already-revoked", "\(found[0].id.short) is revoked already", hints: ["git bet override --list"])
    }
    try ledger.append(to: Event.gateDiary, by: context.writer()) { _ in
      Event(
        .revoked, in: Event.gateDiary, subject: "revoke \(found[0].id.short)",
        values: [Event.Value(.override, found[0].id.hex)])
    }
    context.output.line("revoked \(found[0].id.short): the gate objects again")
  }
}

extension Override {
  var json: JSON {
    [
      "id": .string(id.hex), "for": .optional(bet?.name), "rules": .strings(rules.sorted()),
      "blockedBy": .strings(blockedBy.sorted().map(\.name)), "branch": .optional(branch),
      "tip": .string(tip.hex), "until": .optional(until?.description), "revoked": .bool(isRevoked),
      "author": .string(author), "time": .integer(Int(time)), "reason": .string(reason),
    ]
  }
}

extension Context {
  /// Records overrides for all that a decision stops, one event for each bet and tip; returns how many.
  func override(_ judgement: Judgement, because reason: String, until: String? = nil) throws -> Int {
    let blocking = judgement.decision.findings.filter(\.blocks)
    struct Key: Hashable {
      let bet: BetID?
      let update: RefUpdate
    }
    var keys: [Key] = []
    for finding in blocking {
      let key = Key(bet: finding.bet?.id, update: finding.update)
      if !keys.contains(key) { keys.append(key) }
    }
    guard let first = blocking.first else { return 0 }
    let word = first.blockers.lazy.compactMap(\.bet.id).first?.name ?? first.work
    try leaveToPerson("an override", typing: word)
    let writer = try writer()
    for key in keys {
      let findings = blocking.filter { $0.bet?.id == key.bet && $0.update == key.update }
      let tip = try commit(key.update.localID.hex)
      let rules = Set(findings.map(\.rule.name)).sorted()
      let blockers = Set(findings.flatMap(\.blockers).compactMap(\.bet.id)).sorted()
      var values = [Event.Value(.for, key.bet?.name ?? "none")]
      values += rules.map { Event.Value(.rule, $0) } + blockers.map { Event.Value(.blockedBy, $0.name) }
      if let work = findings.first?.work, !Text.hasControlCharacter(work) {
        values.append(Event.Value(.branch, work))
      }
      values.append(Event.Value(.commit, tip.hex))
      values += try judged(judgement.ranges.first { $0.update == key.update })
      if let name = try settings.repository { values.append(Event.Value(.repository, name)) }
      if let until { values.append(Event.Value(.until, until)) }
      let event = Event(
        .overridden, in: Event.gateDiary,
        subject: "override \(rules.joined(separator: ", ")) for \(key.bet?.name ?? "no bet")",
        body: Text.trimmed(reason), values: values)
      if let problem = EventProblem(in: event) { throw problem }
      let id = try ledger.append(to: Event.gateDiary, by: writer) { _ in event }
      let what =
        blockers.isEmpty ? rules.joined(separator: ", ") : blockers.map(\.name).joined(separator: ", ")
      output.line(
        "overridden \(id.short): \(key.bet?.name ?? Text.printable(findings[0].work)) may ship over \(what), at \(tip.short)"
      )
    }
    try tellUnsigned(writer)
    return keys.count
  }

  /// What an override keeps of the work, so that it is known again when it was squashed or carried elsewhere.
  private func judged(_ range: PushRange?) throws -> [Event.Value] {
    guard let range else { return [] }
    let (changes, walk) = (try attribution.changes, try attribution.walk)
    var values = try covered(range.commits.prefix(Override.Judged.mostCommits).map(\.id)).map {
      Event.Value(.covers, CoveredCommit($0.commit, change: $0.change).text)
    }
    let edge = range.commits.edge
    let parting = try walk.parting(at: edge)
    if let tree = try walk.commit(range.tip)?.tree {
      values.append(Event.Value(.tree, tree.hex))
      if edge.isEmpty || parting != nil,
        let change = try changes.id(of: Changes.Step(from: parting?.tree, to: tree))
      {
        values.append(Event.Value(.change, change.hex))
      }
    }
    let bases = edge.isEmpty ? Set(range.commits.filter(\.parents.isEmpty).map(\.id)) : edge
    return values + bases.sorted().prefix(Context.mostBases).map { Event.Value(.base, $0.hex) }
  }

  private static let mostBases = 50
}
