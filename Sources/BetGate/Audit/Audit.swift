import BetLedger

/// What stands on the ship branches although the gate would stop it today, and how it got there.
///
/// Judged by the ledger's levels alone. A remote's branches are taken as they were last fetched.
package final class Audit {
  /// Where an audit begins.
  package enum Start: Hashable, Sendable {
    case everything
    /// Seconds since 1970.
    case time(Int64)
    /// What this commit reaches is left out.
    case revision(ObjectID)
  }

  /// How work got past the gate.
  package enum Passage: Sendable {
    /// By a recorded decision.
    case overridden(Override)
    /// By a record that nobody who is trusted has signed, though the rule `unsigned` asks for that.
    case unsigned(Override, SignatureTrust)
    /// This clone's gate saw it and let it through, before a reopening or a late declaration for instance.
    case passed(LoggedDecision)
    /// It went round this clone's gate, or came from elsewhere.
    case unseen
  }

  /// Commits of one finding that got past in the same way.
  package struct Entry: Sendable {
    package let branch: String
    package let finding: Finding
    package let passage: Passage
    package let commits: [WorkCommit]
  }

  /// Where the branches were looked for: home.
  package let place: Remote
  /// The ship branches there, the main one first.
  package let branches: [(name: String, tip: ObjectID)]
  private let site: LedgerSite
  private let judge: Judge
  private let log: DecisionLog

  package init(_ site: LedgerSite, log: DecisionLog) throws {
    let site = try site.judged(by: .ledger)
    self.site = site
    self.log = log
    judge = try Judge(site)
    let home = try site.home
    place = home.remote
    branches = try site.ships(of: home)
  }

  /// The date of the oldest declared bet: before it there was nothing to stop. Everything, when there is none or
  /// when its clock was ahead of `now`.
  package func start(now: Int64) throws -> Start {
    guard let oldest = try site.ledger.digests().map(\.declaredAt).min(), oldest <= now else {
      return .everything
    }
    return .time(oldest)
  }

  /// What the gate would stop, by branch and rule; a commit on several ship branches is told once.
  package func entries(since start: Start, today: Day) throws -> [Entry] {
    let history = try RecentHistory(site.repository, since: start)
    let push = Push([], to: place, today: today, authority: .ledger)
    var told: Set<ObjectID> = []
    var entries: [Entry] = []
    for (name, tip) in branches {
      let commits = try history.commits(from: tip).filter { told.insert($0.id).inserted }
      let ref = "refs/heads/\(name)"
      let update = RefUpdate(localRef: ref, localID: tip, remoteRef: ref, remoteID: .zero)
      let range = PushRange(update: update, tip: tip, hidden: [], commits: commits)
      let findings = try judge.judgeLanded(range, push).findings.filter(\.blocks)
      guard !findings.isEmpty else { continue }
      let passages = try Passages(site, judge.overrides, log: log, of: findings, among: commits)
      for finding in findings { entries += try passages.entries(of: finding, on: name) }
    }
    return entries
  }
}
