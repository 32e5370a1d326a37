/// A bet as its diary tells it: what is claimed, what was seen, and how it stands now.
public struct Bet: Sendable {
  public enum State: String, CaseIterable, Hashable, Sendable {
    case open, contested, validated, invalidated, inconclusive, abandoned

    init(_ verdict: Verdict) {
      switch verdict {
      case .validated: self = .validated
      case .invalidated: self = .invalidated
      case .inconclusive: self = .inconclusive
      case .abandoned: self = .abandoned
      }
    }

    /// Whether a person may still call it: open, or called in two ways at once.
    public var isUndecided: Bool { self == .open || self == .contested }
    /// Whether what rests on it rests on something that was given up.
    public var isLost: Bool { self == .invalidated || self == .abandoned }
  }

  /// A claim's field that two clones changed in different ways.
  public struct Contest: Hashable, Sendable {
    public let field: TrailerName
    /// The events that say it, one for each thing that is said.
    public let sides: [Entry]
    public var values: [[String]] { sides.map { $0.values(of: field) } }
  }

  /// A branch or commit in another repository.
  public struct Elsewhere: Hashable, Sendable {
    public let repository: String
    /// The branch's name, or the commit's id.
    public let place: String
  }

  /// A change of what was promised, after it was promised.
  public struct MovedGoalpost: Hashable, Sendable {
    public let field: TrailerName
    public let from: String
    public let to: String
    public let time: Int64
    public let author: String
  }

  /// One measurement.
  public struct Observation: Hashable, Sendable {
    public let value: Double
    /// As it was written: `2.40` stays `2.40`.
    public let text: String
    public let metric: String?
    public let day: Day
    public let source: String?
  }

  public let id: BetID
  public let title: String
  public let state: State
  /// The claim, field by field; contested fields hold the value applied last.
  public let claim: [TrailerName: [String]]
  public let contests: [Contest]
  public let movedGoalposts: [MovedGoalpost]
  public let observations: [Observation]
  public let declaredAt: Int64
  public let declaredBy: String
  /// The event that the state comes from; several when it is contested.
  public let verdicts: [Entry]
  public let linkedBranches: Set<String>
  public let linkedCommits: Set<ObjectID>
  /// What other repositories that share the ledger have linked, in order; nothing of it is looked for here.
  public let linkedElsewhere: [Elsewhere]
  /// Every bet that some head says it builds on: doubt never opens the gate.
  public let buildsOn: [BetID]
  public let diary: Diary

  public func first(_ field: TrailerName) -> String? { claim[field]?.first }
  public func all(_ field: TrailerName) -> [String] { claim[field] ?? [] }
  public var checkBy: Day? { first(.checkBy).flatMap { Day($0) } }
  public var independentOf: [BetID] { all(.independentOf).compactMap { BetID(ifValid: $0) } }
  public var lastObservation: Observation? { observations.last }
  public var isAmended: Bool { diary.entries.contains { $0.readable?.kind == .amended } }
  public func isOverdue(on today: Day) -> Bool { state.isOverdue(checkBy, on: today) }

  /// The claim as one sentence, for messages.
  public var sentence: String {
    "if \(first(.if) ?? "?"), expect \(first(.expect) ?? "?"), because \(first(.because) ?? "?")"
  }
}
