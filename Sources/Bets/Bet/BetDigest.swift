/// What a bet is in a few words: all that listings, links and pictures ask, without its diary.
///
/// The fold says it; it holds for as long as the diary has the same heads.
public struct BetDigest: Hashable, Sendable {
  public let id: BetID
  public let title: String
  public let state: Bet.State
  /// What clones say differently: `verdict`, and the names of fields.
  public let contested: [String]
  public let declaredAt: Int64
  public let checkBy: Day?
  public let target: String?
  public let outcome: String?
  /// The last measurement, as it was written.
  public let lastObservation: String?
  public let buildsOn: [BetID]
  /// Sorted, as are the commits.
  public let linkedBranches: [String]
  public let linkedCommits: [ObjectID]

  public init(_ bet: Bet) {
    self.init(
      id: bet.id, title: bet.title, state: bet.state, contested: bet.contested, declaredAt: bet.declaredAt,
      checkBy: bet.checkBy, target: bet.first(.target), outcome: bet.first(.outcome),
      lastObservation: bet.lastObservation?.text, buildsOn: bet.buildsOn,
      linkedBranches: bet.linkedBranches.sorted(), linkedCommits: bet.linkedCommits.sorted())
  }

  /// What somebody has written down of a bet.
  public init(
    id: BetID, title: String, state: Bet.State, contested: [String], declaredAt: Int64, checkBy: Day?,
    target: String?, outcome: String?, lastObservation: String?, buildsOn: [BetID],
    linkedBranches: [String], linkedCommits: [ObjectID]
  ) {
    self.id = id
    self.title = title
    self.state = state
    self.contested = contested
    self.declaredAt = declaredAt
    self.checkBy = checkBy
    self.target = target
    self.outcome = outcome
    self.lastObservation = lastObservation
    self.buildsOn = buildsOn
    self.linkedBranches = linkedBranches
    self.linkedCommits = linkedCommits
  }

  public func isOverdue(on today: Day) -> Bool { state.isOverdue(checkBy, on: today) }
}

extension Bet {
  /// What clones say differently: `verdict`, and the names of fields.
  public var contested: [String] {
    (state == .contested ? ["verdict"] : []) + contests.map(\.field.rawValue)
  }
}

extension Bet.State {
  /// Whether the day to check by has gone without a decision.
  func isOverdue(_ checkBy: Day?, on today: Day) -> Bool {
    isUndecided && checkBy.map { $0 < today } ?? false
  }
}
