import BetGate
import BetLedger
import Bets
import Git
import GitFormats
import TestSupport
import Testing

/// A repository in which somebody writes bets, and is about to push to `origin`.
///
/// What the remote has is said by its remote-tracking refs alone: nothing goes over a wire.
final class Scene {
  let clone: TestRepository

  init(remote: String? = "origin") throws {
    clone = try TestRepository()
    if let remote { try clone.git("remote", "add", remote, "https://example.org/\(remote).git") }
  }

  /// Somebody else's clone.
  init(at clone: TestRepository) throws { self.clone = clone }

  static let identity = Signature(
    name: "Ada Author", email: "ada@example.org", time: 1_735_689_600, offset: 60)
  static let writer = Ledger.Writer(
    author: identity,
    committer: Signature(name: "Carl", email: "carl@example.org", time: 1_735_689_700, offset: 0))
  static let today = Day(number: 20_100)

  // MARK: In process

  func repository() throws -> Repository { try Repository.open(at: clone.path, trust: .gitHasAgreed) }

  /// The configuration that a child of git's would see: nothing of this machine's.
  func config() throws -> [ConfigLine] {
    let fields = try clone.git("config", "-z", "--show-scope", "--list").text
      .split(separator: "\0", omittingEmptySubsequences: false)
    return stride(from: 0, to: fields.count - 1, by: 2).map { index in
      let parts = fields[index + 1].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return ConfigLine(
        key: String(parts[0]), value: parts.count == 2 ? String(parts[1]) : nil,
        scope: ConfigLine.Scope(rawValue: String(fields[index])) ?? .local)
    }
  }

  /// What a process that starts now would read.
  func ledger() throws -> Ledger { try Ledger(repository(), remotes: Remote.names(in: config())) }

  // MARK: Bets

  static func declared(_ id: String, buildsOn: [String] = []) -> Event {
    Event(
      .declared, in: id, subject: "Bet \(id)",
      values: [.init(.if, "we build it"), .init(.expect, "it rises"), .init(.because, "people asked")]
        + buildsOn.map { .init(.buildsOn, $0) })
  }

  static func closed(_ id: String, _ verdict: Verdict) -> Event {
    Event(
      .closed, in: id, subject: "\(verdict)",
      values: [.init(.verdict, verdict.rawValue), .init(.evidence, "we looked")])
  }

  @discardableResult
  func append(_ event: Event) throws -> ObjectID {
    try ledger().append(to: event.diary, by: Scene.writer) { _ in event }
  }

  func declare(_ id: String, buildsOn: [String] = [], _ verdict: Verdict? = nil) throws {
    try append(Scene.declared(id, buildsOn: buildsOn))
    if let verdict { try append(Scene.closed(id, verdict)) }
  }

  /// Moves what was written here to where a fetch from the remote would have put it.
  func stage(_ id: String, of remote: String = "origin") throws {
    try clone.git("update-ref", "refs/bets-remote/\(remote)/\(id)", "refs/bets/\(id)")
    try clone.git("update-ref", "-d", "refs/bets/\(id)")
  }

  // MARK: Commits and refs

  /// Commits with a bet that was given up, so that each commit of the range is in the finding.
  @discardableResult
  func commit(_ title: String, trailers: String = "Bet: dead") throws -> String {
    try clone.commit(trailers.isEmpty ? "\(title)\n" : "\(title)\n\n\(trailers)\n")
  }

  /// Says that a branch on the remote was last seen at `revision`.
  func published(_ branch: String, at revision: String = "HEAD") throws {
    try clone.git("update-ref", "refs/remotes/origin/\(branch)", revision)
  }

  func remoteHead(_ branch: String) throws {
    try clone.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/\(branch)")
  }

  /// What git tells the hook; `old` is what the remote has, nothing for a new ref.
  func update(_ local: String, to remoteRef: String, old: String? = nil) throws -> RefUpdate {
    let id = try #require(ObjectID(hex: clone.id(local)))
    let oldID = try old.map { try #require(ObjectID(hex: clone.id($0))) } ?? .zero
    return RefUpdate(localRef: local, localID: id, remoteRef: remoteRef, remoteID: oldID)
  }

  // MARK: Judging

  /// What a process that starts now would read.
  func site() throws -> LedgerSite { try LedgerSite(repository(), config: config()) }

  func judgement(_ updates: [RefUpdate], remote: String = "origin") throws -> Judgement {
    let site = try site()
    let remote = Remote(argument: remote, config: try site.config)
    return try Judge(site).judge(Push(updates, to: remote, today: Scene.today))
  }

  func judge(_ updates: [RefUpdate], remote: String = "origin") throws -> Decision {
    try judgement(updates, remote: remote).decision
  }

  func judge(_ local: String, to remoteRef: String, old: String? = nil) throws -> Decision {
    try judge([update(local, to: remoteRef, old: old)])
  }

  /// The titles of the commits that a push brings, newest first; all of them belong to a bet that was given up.
  func range(
    _ local: String = "refs/heads/main", to remoteRef: String, old: String? = nil, remote: String = "origin"
  ) throws -> [String] {
    try judge([update(local, to: remoteRef, old: old)], remote: remote).titles
  }
}

extension Decision {
  /// The titles of the commits that findings are about.
  var titles: [String] { findings.flatMap(\.commits).map(\.title) }
  var rules: [String] { findings.map(\.rule.name) }
}

/// What a body throws as an error of the ledger; nil when it throws none.
func ledgerError(_ body: () throws -> some Any) throws -> LedgerError? {
  do {
    _ = try body()
    return nil
  } catch let error as LedgerError { return error }
}
