import Bets
import TestSupport
import Testing

/// A sentence of the gate's specification, and the push that puts it to the test.
struct GateRow: Sendable, CustomTestStringConvertible {
  let sentence: String
  let bets: [Bet]
  let commits: [WorkCommit]
  /// The local branch, and the remote branch that it goes to.
  let branch: String
  let remote: String
  /// `key=value`, in the local configuration; `command key=value` for one command.
  let config: [String]
  /// The gate's own diary: overrides and policy.
  let gate: [GateEvent]
  let authority: Settings.Authority
  let today: String
  /// What was found out about the push, beyond its messages and the ledger.
  let facts: Facts
  /// As `told` prints them.
  let findings: [String]
  let state: Decision.State

  var testDescription: String { sentence }

  init(
    _ sentence: String, _ bets: [Bet] = [], _ commits: [WorkCommit], branch: String = "topic",
    to remote: String = "main", config: [String] = [], gate: [GateEvent] = [],
    by authority: Settings.Authority = .clone, today: String = "2026-06-15",
    knowing facts: Facts = Facts(), _ findings: [String] = [],
    _ state: Decision.State? = nil
  ) {
    self.sentence = sentence
    self.bets = bets
    self.commits = commits
    self.branch = branch
    self.remote = remote
    self.config = config
    self.gate = gate
    self.authority = authority
    self.today = today
    self.facts = facts
    self.findings = findings
    self.state = state ?? (findings.isEmpty ? .satisfied : .unsatisfied)
  }

  /// The gate's answer, with everything between the ledger and the decision as it is in a push.
  func decide() throws -> Decision {
    let settings = try Settings(config: config.map { configLine($0) })
    var history = History("gate", firstID: 10_000)
    for event in gate { try event.append(to: &history) }
    let folded = GateDiary(from: Diary(history.entries))
    let declared = Dictionary(uniqueKeysWithValues: bets.map { ($0.id, $0) })
    let link = BranchLink(
      branch: branch, settings: settings,
      linkedInLedger: bets.first { $0.linkedBranches.contains(branch) }?.id,
      isDeclared: { declared[$0] != nil })
    let update = RefUpdate(
      localRef: "refs/heads/\(branch)", localID: oid(77), remoteRef: "refs/heads/\(remote)", remoteID: oid(0))
    var work = Work(
      update: update, branch: branch, isDraft: settings.isDraft(remote),
      isFeature: settings.isFeature(branch), isShip: settings.isShip(remote, remoteHead: nil),
      link: link, commits: commits, overrides: folded.overrides,
      reaches: folded.reaching(commits))
    work.facts = facts
    let today = try #require(Day(self.today))
    return Gate(settings: settings, policy: folded.policy, authority: authority, today: today)
      .decide([work], bets: declared)
  }
}

func configLine(_ text: String) -> ConfigLine {
  let isCommand = text.hasPrefix("command ")
  let parts = (isCommand ? text.dropFirst("command ".count) : text[...]).split(separator: "=", maxSplits: 1)
  return ConfigLine(
    key: String(parts.first ?? ""), value: parts.count > 1 ? String(parts[1]) : nil,
    scope: isCommand ? .command : .local)
}

/// An entry of the gate's diary.
struct GateEvent: Sendable {
  let kind: Event.Kind
  let trailers: [Event.Value]

  static func policy(_ levels: String...) -> GateEvent {
    GateEvent(kind: .policy, trailers: levels.map { .init(.rule, $0) })
  }

  static func override(
    _ rules: String..., for bet: String, blockedBy: [String] = [], branch: String? = nil,
    until: String? = nil,
    repository: String? = nil
  ) -> GateEvent {
    var trailers: [Event.Value] = [.init(.for, bet), .init(.commit, oid(77).hex)]
    trailers += rules.map { .init(.rule, $0) } + blockedBy.map { .init(.blockedBy, $0) }
    if let branch { trailers.append(.init(.branch, branch)) }
    if let until { trailers.append(.init(.until, until)) }
    if let repository { trailers.append(.init(.repository, repository)) }
    return GateEvent(kind: .overridden, trailers: trailers)
  }

  /// Takes back the entry before it.
  static let revoked = GateEvent(kind: .revoked, trailers: [])

  func append(to history: inout History) throws {
    let last = history.entries.last
    let event = Event(
      kind, in: "gate", seq: 1 + (last?.readable?.seq ?? 0), subject: "gate", body: "why",
      values: kind == .revoked ? [.init(.override, try #require(last).id.hex)] : trailers)
    history.add(message: Array(try event.message(isRoot: last == nil).utf8))
  }
}

func commit(_ bets: String..., buildsOn: [String] = [], bringsNothing: Bool = false) -> WorkCommit {
  WorkCommit(
    id: oid(78), bringsNothing: bringsNothing, bets: bets.map { BetName($0) },
    buildsOn: buildsOn.map { BetName($0) })
}

extension Finding {
  /// `follow-on ranking: search open, …` and what softens it.
  var told: String {
    let bets = blockers.map { blocker in
      let state = blocker.state.map { " \($0)" } ?? ""
      return blocker.bet.description + state + (blocker.loop.isEmpty ? "" : " loop")
    }
    var softened = ""
    if level.level != .block { softened += " (\(level.level.name))" }
    if isDraft { softened += " (draft)" }
    if override != nil { softened += " (overridden)" }
    let about = bets.isEmpty ? "" : ": " + bets.sorted().joined(separator: ", ")
    return "\(rule.name) \(bet?.description ?? "-")\(about)\(softened)"
  }
}

extension GateDiary {
  /// As if every override had been given for just these commits.
  func reaching(_ commits: [WorkCommit]) -> [ObjectID: Override.Reach] {
    let all = Dictionary(commits.map { ($0.id, Override.How.commit) }) { $1 }
    return Dictionary(
      uniqueKeysWithValues: overrides.map { ($0.id, Override.Reach(commits: all, hasBase: true)) })
  }
}
