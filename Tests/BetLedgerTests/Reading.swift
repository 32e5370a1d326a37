import BetLedger

/// What a ledger says, as plain text that stays the same as long as the reading does: one line for each fact.
///
/// In words of the ledger's specification and never of the code, so that a renamed case changes nothing here.
struct Reading {
  private(set) var lines: [String] = []
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// Reads every bet and the gate's diary; what cannot be read is a line as well.
  init(_ ledger: Ledger) throws {
    for id in try ledger.ids() { add(try Reading(id.name, in: ledger)) }
    add(try Reading(Event.gateDiary, in: ledger))
  }

  /// Reads one diary. `joins` false leaves the events out that say nothing of their own.
  init(_ name: String, in ledger: Ledger, joins: Bool = true) throws {
    guard let diary = try ledger.diary(name) else {
      add("\(name): none")
      return
    }
    if let id = BetID(ifValid: name) {
      if let bet = Bet(id, from: diary) { add(bet) } else { add("bet \(name): not declared") }
    } else {
      add(GateDiary(from: diary))
    }
    for entry in diary.entries where joins || entry.readable?.kind != .merged { add(entry, joins: joins) }
    add("")
  }

  private mutating func add(_ line: String) { lines.append(line) }
  private mutating func add(_ other: Reading) { lines += other.lines }

  private mutating func add(_ bet: Bet) {
    add("bet \(bet.id): \(bet.state.rawValue): \(bet.title)")
    add("  declared \(bet.declaredAt) by \(bet.declaredBy)")
    for field in TrailerName.claim {
      for value in bet.all(field) { add("  claim \(field.rawValue): \(value)") }
    }
    for contest in bet.contests {
      add(
        "  contested \(contest.field.rawValue): \(contest.values.map { "\($0)" }.joined(separator: " or "))")
    }
    for moved in bet.movedGoalposts {
      add("  moved \(moved.field.rawValue): \(moved.from) -> \(moved.to) at \(moved.time) by \(moved.author)")
    }
    for seen in bet.observations {
      add("  observed \(seen.text) on \(seen.day) of \(seen.metric ?? "-") from \(seen.source ?? "-")")
    }
    for branch in bet.linkedBranches.sorted() { add("  branch \(branch)") }
    for commit in bet.linkedCommits.sorted() { add("  commit \(commit)") }
    for other in bet.linkedElsewhere { add("  in \(other.repository) \(other.place)") }
    for id in bet.buildsOn { add("  builds on \(id)") }
    for verdict in bet.verdicts { add("  state from \(verdict.id)") }
  }

  private mutating func add(_ gate: GateDiary) {
    add("gate")
    for (rule, level) in gate.policy.sorted(by: { $0.key < $1.key }) { add("  policy \(rule)=\(level.name)") }
    for rule in gate.contestedRules { add("  contested \(rule)") }
    for override in gate.overrides {
      add("  override \(override.id) for \(override.bet?.name ?? "none") tip \(override.tip)")
      add("    rules \(override.rules.sorted()) blocked by \(override.blockedBy.sorted())")
      add("    branch \(override.branch ?? "-") until \(override.until?.description ?? "-")")
      add("    \(override.isRevoked ? "revoked" : "counts"), by \(override.author) at \(override.time)")
      if let repository = override.repository { add("    in \(repository)") }
      add("    reason \(Reading.oneLine(override.reason))")
    }
  }

  private mutating func add(_ entry: Entry, joins: Bool) {
    add("  entry \(entry.id) by \(entry.author) at \(entry.time)")
    // A join may stand between an event and those it came after.
    if joins { add("    parents \(entry.parents.map(\.hex))") }
    switch entry.event {
    case .failure(let problem): add("    damaged: \(Reading.words(for: problem))")
    case .success(let event):
      add("    \(event.kind.name) seq \(event.seq): \(event.subject)")
      if !event.body.isEmpty { add("    body \(Reading.oneLine(event.body))") }
      if let agent = event.agent { add("    agent \(agent)") }
      for value in event.values { add("    \(value.name.rawValue): \(value.text)") }
      for trailer in event.unknown { add("    unknown \(trailer.key): \(trailer.value)") }
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }

  private static func words(for problem: EventProblem) -> String {
    switch problem {
    case .notUTF8: "not UTF-8"
    case .tooLarge: "too large"
    case .noTrailer(let name): "no \(name.rawValue)"
    case .wrongDiary(let other): "of the diary \(other)"
    case .badSeq(let text): "bad Seq \(text)"
    case .badVersion(let text): "bad Ledger-Version \(text)"
    case .newerLedger(let text): "of version \(text)"
    case .missing(let name): "\(name.rawValue) is missing"
    case .missingReason: "no reason"
    case .repeated(let name): "\(name.rawValue) is repeated"
    case .controlCharacter(let name): "control character in \(name)"
    case .malformed(let name, let value, _): "malformed \(name.rawValue): \(value)"
    case .emptySubject: "no title"
    case .cutOff: "cut off"
    }
  }
}
