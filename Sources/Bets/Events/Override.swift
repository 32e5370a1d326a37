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
  /// The tip that was judged. It covers that commit and its ancestors, nothing on top of it.
  package let tip: ObjectID
  /// The last day of a standing override.
  package let until: Day?
  package let reason: String
  package let author: String
  package let email: String
  package let time: Int64
  package let isRevoked: Bool

  /// The first line of the reason.
  package var shortReason: String { String(reason.prefix { $0 != "\n" }) }

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

  /// Whether it names a case whole: its rule, its bet and every bet in the way.
  package func names(_ matter: Case) -> Bool {
    rules.contains(matter.rule) && bet == matter.bet && blockedBy.isSuperset(of: matter.blockers)
  }

  /// Whether it lets a case through at a commit: the one answer, for a push as for what has landed.
  ///
  /// Bound to a tip it covers that commit and those below it: `isReached` says whether the commit is one of them. A
  /// standing one covers what comes up to its last day, in the repository where it was given, and, where no bet binds
  /// it, on its branch; `day` is today for a push, and the commit's own for what has landed.
  package func covers(_ matter: Case, on day: Day, isReached: Bool) -> Bool {
    guard !isRevoked, names(matter) else { return false }
    guard let until else { return isReached }
    return day <= until && (bet != nil || branch == matter.branch)
      && (repository == nil || repository == matter.repository)
  }
}
