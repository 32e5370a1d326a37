import GitFormats

/// A recorded decision to ship although the gate objects.
package struct Override: Hashable, Sendable {
  /// The event: what `revoked` names.
  package let id: ObjectID
  /// The bet whose work it lets through; nil for work that belongs to no bet.
  package let bet: BetID?
  package let rules: Set<String>
  package let blockedBy: Set<BetID>
  package let branch: String?
  /// Where it was given, when several repositories share the ledger.
  package let repository: String?
  /// The tip that was judged.
  package let tip: ObjectID
  /// What was judged with it; nil in an event of an older version, which names the tip alone.
  package let judged: Judged?
  /// The last day of a standing override.
  package let until: Day?
  package let reason: String
  package let author: String
  package let email: String
  package let time: Int64
  package let isRevoked: Bool

  /// The first line of the reason.
  package var shortReason: String { String(reason.prefix { $0 != "\n" }) }

  /// The work that was judged, so that it is known again when its branch is gone.
  package struct Judged: Hashable, Sendable {
    /// How many commits an event names; of more the tip and what was subtracted tell the rest.
    package static let mostCommits = 200

    package let commits: Set<ObjectID>
    /// What each of them changes, where that is anything.
    package let changes: Set<ObjectID>
    /// The tree that the whole leaves behind, and its change since it parted from what has shipped.
    package let tree: ObjectID?
    package let change: ObjectID?
    /// What it stood on.
    package let bases: Set<ObjectID>

    /// Nil for an event that names none of this.
    init?(_ event: Event) {
      let covered = event.all(.covers).compactMap { CoveredCommit($0) }
      commits = Set(covered.map(\.commit))
      changes = Set(covered.compactMap(\.change))
      tree = event.first(.tree).flatMap { ObjectID(hex: $0) }
      change = event.first(.change).flatMap { ObjectID(hex: $0) }
      bases = Set(event.all(.base).compactMap { ObjectID(hex: $0) })
      if commits.isEmpty, bases.isEmpty { return nil }
    }
  }

  /// What an override is held against: one case of a rule, and where it is met.
  package struct Case: Hashable, Sendable {
    /// The rule's name.
    package let rule: String
    /// The bet that the work belongs to; nil when it belongs to none.
    package let bet: BetID?
    /// The declared bets in the way.
    package let blockers: [BetID]
    package let branch: String?
    /// What this repository is called in a ledger that several share.
    package let repository: String?

    package init(rule: String, bet: BetID?, blockers: [BetID], branch: String?, repository: String?) {
      self.rule = rule
      self.bet = bet
      self.blockers = blockers
      self.branch = branch
      self.repository = repository
    }
  }

  /// How it covers a commit: as one that was judged, as the same change elsewhere, as all of it at once, or because it
  /// stands.
  package enum How: String, Sendable { case commit, change, squash, standing }

  /// What it was found to reach.
  package struct Reach: Hashable, Sendable {
    package var commits: [ObjectID: How]
    /// Whether the work stands on what the override was given on; only then a standing one counts.
    package var hasBase: Bool

    package init(commits: [ObjectID: How] = [:], hasBase: Bool = false) {
      self.commits = commits
      self.hasBase = hasBase
    }
  }

  /// Whether it names a case whole: its rule, its bet and every bet in the way.
  package func names(_ matter: Case) -> Bool {
    rules.contains(matter.rule) && bet == matter.bet && blockedBy.isSuperset(of: matter.blockers)
  }

  /// How it lets a case through at some commits, nil when it does not: the one answer, for a push as for what has landed.
  ///
  /// Each commit has to be reached, and nothing on top of it is. A standing one covers what comes up to its last day, in
  /// the repository where it was given, and, where no bet binds it, on its branch; `day` is today for a push, and the
  /// commit's own for what has landed.
  package func covers(_ matter: Case, on day: Day, _ commits: [ObjectID], within reach: Reach?) -> How? {
    guard !isRevoked, names(matter), let reach else { return nil }
    if let until {
      let isHere = repository == nil || repository == matter.repository
      return day <= until && isHere && reach.hasBase && (bet != nil || branch == matter.branch)
        ? .standing : nil
    }
    let ways = commits.map { reach.commits[$0] }
    return ways.contains(nil) ? nil : ways.compactMap(\.self).first { $0 != .commit } ?? ways.first ?? nil
  }
}
