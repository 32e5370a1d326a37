import BetLedger
import TestSupport

/// A repository in which somebody writes bets, and is about to push to `origin`.
///
/// What the remote has is said by its remote-tracking refs alone: nothing goes over a wire.
package final class Scene {
  package let clone: TestRepository

  package init(remote: String? = "origin") throws {
    clone = try TestRepository()
    guard let remote else { return }
    try clone.git("remote", "add", remote, "https://example.org/\(remote).git")
    try clone.git("config", "--add", "remote.\(remote).fetch", LedgerRefspec.fetch(from: remote))
  }

  /// Somebody else's clone.
  package init(at clone: TestRepository) throws { self.clone = clone }

  package static let identity = Signature(
    name: "Ada Author", email: "ada@example.org", time: 1_735_689_600, offset: 60)
  package static let writer = Ledger.Writer(
    author: identity,
    committer: Signature(name: "Carl", email: "carl@example.org", time: 1_735_689_700, offset: 0))
  package static let today = Day(number: 20_100)

  // MARK: In process

  package func repository() throws -> Repository { try Repository.open(at: clone.path, trust: .gitHasAgreed) }

  /// The configuration that a child of git's would see: nothing of this machine's.
  package func config() throws -> [ConfigLine] {
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
  package func ledger() throws -> Ledger { try Ledger(repository(), remotes: Remote.names(in: config())) }

  /// The same with its configuration and settings.
  package func site() throws -> LedgerSite { try LedgerSite(repository(), config: config()) }

  // MARK: Bets

  package static func declared(_ id: String, buildsOn: [String] = []) -> Event {
    Event(
      .declared, in: id, subject: "Bet \(id)",
      values: [.init(.if, "we build it"), .init(.expect, "it rises"), .init(.because, "people asked")]
        + buildsOn.map { .init(.buildsOn, $0) })
  }

  package static func closed(_ id: String, _ verdict: Verdict) -> Event {
    Event(
      .closed, in: id, subject: "\(verdict)",
      values: [.init(.verdict, verdict.rawValue), .init(.evidence, "we looked")])
  }

  @discardableResult
  package func append(_ event: Event) throws -> ObjectID {
    try ledger().append(to: event.diary, by: Scene.writer) { _ in event }
  }

  package func declare(_ id: String, buildsOn: [String] = [], _ verdict: Verdict? = nil) throws {
    try append(Scene.declared(id, buildsOn: buildsOn))
    if let verdict { try append(Scene.closed(id, verdict)) }
  }

  /// Moves what was written here to where a fetch from the remote would have put it.
  package func stage(_ id: String, of remote: String = "origin") throws {
    try clone.git("update-ref", "refs/bets-remote/\(remote)/\(id)", "refs/bets/\(id)")
    try clone.git("update-ref", "-d", "refs/bets/\(id)")
  }

  // MARK: Commits and refs

  /// Commits with a bet that was given up, so that each commit of the range is in the finding.
  @discardableResult
  package func commit(_ title: String, trailers: String = "Bet: dead") throws -> String {
    try clone.commit(trailers.isEmpty ? "\(title)\n" : "\(title)\n\n\(trailers)\n")
  }

  /// Says that a branch on the remote was last seen at `revision`.
  package func published(_ branch: String, at revision: String = "HEAD") throws {
    try clone.git("update-ref", "refs/remotes/origin/\(branch)", revision)
  }

  package func remoteHead(_ branch: String) throws {
    try clone.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/\(branch)")
  }
}

/// What a body throws as an error of the ledger; nil when it throws none.
package func ledgerError(_ body: () throws -> some Any) throws -> LedgerError? {
  do {
    _ = try body()
    return nil
  } catch let error as LedgerError { return error }
}
