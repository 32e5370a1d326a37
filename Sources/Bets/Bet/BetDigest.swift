import GitFormats

/// What a bet is in a few words: all that listings, links and pictures ask, without its diary.
///
/// The fold says it; it holds for as long as the diary has the same heads.
package struct BetDigest: Hashable, Sendable {
  package let id: BetID
  package let title: String
  package let state: Bet.State
  /// What clones say differently: `verdict`, and the names of fields.
  package let contested: [String]
  package let declaredAt: Int64
  package let checkBy: Day?
  /// Whether it names a metric or a day to check by.
  package let awaitsNumbers: Bool
  package let target: String?
  package let outcome: String?
  /// The last measurement, as it was written.
  package let lastObservation: String?
  /// The line that the last measurement meets: `Kill`, else `Target`.
  package let reached: TrailerName?
  package let buildsOn: [BetID]
  /// Sorted, as are the commits.
  package let linkedBranches: [String]
  package let linkedCommits: [CoveredCommit]
  /// Whether its lines are an open bet's.
  package private(set) var isGround: Bool

  package init(_ bet: Bet) {
    self.init(
      id: bet.id, title: bet.title, state: bet.state, contested: bet.contested, declaredAt: bet.declaredAt,
      checkBy: bet.checkBy, awaitsNumbers: bet.first(.metric) != nil || bet.checkBy != nil,
      target: bet.first(.target), outcome: bet.first(.outcome),
      lastObservation: bet.lastObservation?.text, reached: bet.reached, buildsOn: bet.buildsOn,
      linkedBranches: bet.linkedBranches.sorted(),
      linkedCommits: bet.linkedCommits.sorted().map {
        bet.linkedChanges[$0] ?? CoveredCommit($0, change: nil)
      })
    isGround = bet.isGround
  }

  /// What somebody has written down of a bet.
  package init(
    id: BetID, title: String, state: Bet.State, contested: [String], declaredAt: Int64, checkBy: Day?,
    awaitsNumbers: Bool, target: String?, outcome: String?, lastObservation: String?, reached: TrailerName?,
    buildsOn: [BetID],
    linkedBranches: [String], linkedCommits: [CoveredCommit]
  ) {
    self.id = id
    self.title = title
    self.state = state
    self.contested = contested
    self.declaredAt = declaredAt
    self.checkBy = checkBy
    self.awaitsNumbers = awaitsNumbers
    self.target = target
    self.outcome = outcome
    self.lastObservation = lastObservation
    self.reached = reached
    self.buildsOn = buildsOn
    self.linkedBranches = linkedBranches
    self.linkedCommits = linkedCommits
    isGround = state.isUndecided
  }

  package func isOverdue(on today: Day) -> Bool { state.isOverdue(checkBy, on: today) }
}

extension Bet {
  /// What clones say differently: `verdict`, and the names of fields.
  package var contested: [String] {
    (state == .contested ? ["verdict"] : []) + contests.map(\.field.rawValue)
  }

  /// The line that the last measurement meets: `Kill`, else `Target`.
  package var reached: TrailerName? {
    guard let value = lastObservation?.value else { return nil }
    return [TrailerName.kill, .target].first {
      first($0).flatMap { Threshold($0) }?.isMet(by: value) ?? false
    }
  }
}

extension Bet.State {
  /// Whether the day to check by has gone without a decision.
  func isOverdue(_ checkBy: Day?, on today: Day) -> Bool {
    isUndecided && checkBy.map { $0 < today } ?? false
  }
}
