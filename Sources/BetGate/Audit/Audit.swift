import BetLedger

/// What stands on the ship branches although the gate would stop it today, and how it got there.
///
/// Judged by the ledger's settings and the defaults alone. A remote's branches are taken as they were last fetched. Which
/// commits belong to a bet is told by the index of shipped commits, never by dates.
package final class Audit {
  /// From where on an audit shows something.
  package enum Start: Hashable, Sendable {
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
    /// This clone's gate let it through because the clone asked less than the ledger does.
    case weakened(LoggedDecision)
    /// It went round this clone's gate, or came from elsewhere.
    case unseen
    /// It stands at another remote, and this clone's gate never saw it.
    case elsewhere
    /// It rewrites lines of an open bet, and does not say that it builds on it.
    case undeclared(Label)
  }

  /// What a commit says of itself.
  package enum Label: Hashable, Sendable {
    /// `Bet: none`; nothing; the name of another bet.
    case none, nothing
    case bet(String)
    /// The name of a bet that was declared when the gate had stopped this work before.
    case late(String, LoggedDecision)
  }

  /// Commits of one finding that got past in the same way.
  package struct Entry: Sendable {
    /// Nil for this repository itself.
    package let remote: String?
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
  /// The pushes that the gate has stopped here, the oldest first.
  private let stops: [LoggedDecision]

  package init(_ site: LedgerSite, log: DecisionLog) throws {
    let site = try site.judged(by: .ledger)
    self.site = site
    self.log = log
    stops = log.all().filter { $0.state == .unsatisfied }
    judge = try Judge(site)
    let home = try site.home
    place = home.remote
    branches = try site.ships(of: home)
  }

  /// What the gate would stop, by branch and rule; a commit on several ship branches is told once.
  ///
  /// `start` narrows what is shown, never what is looked at.
  package func entries(since start: Start?, today: Day) throws -> [Entry] {
    var told: [ObjectID] = []
    var entries: [Entry] = []
    for (place, ships) in try places() {
      let isHome = place.name == self.place.name
      for (name, tip) in ships {
        guard let tip = try site.repository.peelToCommit(tip) else { continue }
        let commits = try commits(on: tip, without: told, isHome: isHome)
        told.append(tip)
        let ref = "refs/heads/\(name)"
        let update = RefUpdate(localRef: ref, localID: tip, remoteRef: ref, remoteID: .zero)
        let range = PushRange(update: update, tip: tip, hidden: isHome ? [] : told, commits: commits)
        let push = Push([], to: place, today: today, authority: .ledger)
        if isHome { entries += try undeclared(among: commits, on: update, push) }
        let findings = try judge.judgeLanded(range, push, isShipped: isHome).findings.filter(\.blocks)
        guard !findings.isEmpty else { continue }
        let passages = try Passages(
          site, judge.overrides, log: log, of: findings, among: commits, on: tip, isHome: isHome)
        for finding in findings { entries += try passages.entries(of: finding, on: name, of: place) }
      }
    }
    return try start.map { try narrowed(entries, since: $0) } ?? entries
  }

  /// Of more commits that touch files of open bets the youngest are looked at.
  private static let mostTouching = 500

  /// What rewrites lines of open bets without a word.
  private func undeclared(
    among commits: [RawCommit], on update: RefUpdate, _ push: Push
  ) throws -> [Entry] {
    let paths = try judge.contestedPaths()
    guard !paths.isEmpty else { return [] }
    let changes = judge.attribution.changes
    var left = Audit.mostTouching
    var entries: [Entry] = []
    for commit in commits where commit.parents.count < 2 && left > 0 {
      guard let step = try changes.step(of: commit), let own = try changes.paths(of: step),
        own.contains(where: paths.contains)
      else { continue }
      left -= 1
      let single = RefUpdate(
        localRef: update.localRef, localID: commit.id, remoteRef: update.remoteRef, remoteID: .zero)
      let range = PushRange(update: single, tip: commit.id, hidden: commit.parents, commits: [commit])
      for finding in try judge.overlaps(of: range, push) {
        entries.append(
          Entry(
            remote: place.name, branch: RefUpdate.branch(update.remoteRef) ?? update.remoteRef,
            finding: finding, passage: .undeclared(try label(of: finding, commit)), commits: finding.commits))
      }
    }
    return entries
  }

  /// A rewrite keeps the author's clock: work that was written before a stop and names a bet that was declared after it has
  /// got that name because of the stop.
  private func label(of finding: Finding, _ commit: RawCommit) throws -> Label {
    guard let name = finding.bet else {
      return finding.commits.contains { $0.bets.contains(.none) } ? .none : .nothing
    }
    guard let written = commit.author?.time, let bet = try name.id.flatMap({ try site.ledger.bet($0) }) else {
      return .bet(name.description)
    }
    let stop = stops.last { (written...max(written, bet.declaredAt)).contains($0.run.time) }
    return stop.map { .late(name.description, $0) } ?? .bet(name.description)
  }

  /// Home, and the other remotes that the log of decisions names.
  private func places() throws -> [(place: Remote, ships: [(name: String, tip: ObjectID)])] {
    let (config, named) = (try site.config, Set(log.all().compactMap(\.remote)))
    var places = [(place: place, ships: branches)]
    for name in Remote.names(in: config) where named.contains(name) {
      let remote = Remote(name: name)
      if try site.isHome(remote) { continue }
      places.append((remote, try site.ships(of: site.snapshot(of: remote))))
    }
    return places
  }

  /// What a branch has and `others` have not: all of it that belongs to a bet, and of the rest what came since an open
  /// bet's first commit. Of another remote all that home does not have.
  private func commits(
    on tip: ObjectID, without others: [ObjectID], isHome: Bool
  ) throws -> [RawCommit] {
    let (attribution, walk) = (judge.attribution, try judge.attribution.walk)
    guard isHome else { return try walk.commits(from: [tip], hiding: others) }
    var found: [ObjectID: RawCommit] = [:]
    var undecided: [Attribution.Commit] = []
    for bet in try attribution.shippedBets() {
      let commits = try attribution.commits(of: bet)
      for commit in commits where try found[commit.id] == nil && isOn(commit.id, tip, without: others) {
        found[commit.id] = try site.repository.commit(commit.id)
      }
      if let first = commits.first, try site.ledger.bet(bet)?.state.isUndecided ?? true {
        undecided.append(first)
      }
    }
    if let oldest = undecided.min(by: { ($0.time, $0.id) < ($1.time, $1.id) }),
      let commit = try site.repository.commit(oldest.id)
    {
      for commit in try walk.commits(from: [tip], hiding: others + commit.parents) {
        found[commit.id] = commit
      }
    }
    return found.values.sorted { ($0.commitTime, $0.id) > ($1.commitTime, $1.id) }
  }

  private func isOn(_ id: ObjectID, _ tip: ObjectID, without others: [ObjectID]) throws -> Bool {
    // All that has shipped is on some ship branch: with a single one nobody needs to walk.
    if branches.count == 1 { return true }
    let walk = try judge.attribution.walk
    if try !walk.isReachable(id, from: [tip]) { return false }
    return try !walk.isReachable(id, from: others)
  }

  private func narrowed(_ entries: [Entry], since start: Start) throws -> [Entry] {
    let history = try RecentHistory(site.repository, since: start)
    let tips = try places().flatMap { $0.ships.map(\.tip) }
    let recent = Set(try tips.flatMap { try history.commits(from: $0).map(\.id) })
    return entries.compactMap { entry in
      let commits = entry.commits.filter { recent.contains($0.id) }
      return commits.isEmpty
        ? nil
        : Entry(
          remote: entry.remote, branch: entry.branch, finding: entry.finding, passage: entry.passage,
          commits: commits)
    }
  }
}
