import GitFormats

/// A bet as its diary tells it: what is claimed, what was seen, and how it stands now.
public struct Bet: Sendable {
  /// How it stands.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Nobody has called it; clones have called it differently.
    case open, contested
    /// It is true: others may build on it.
    case validated
    /// It is not true; nobody can tell; nobody wants to know any more.
    case invalidated, inconclusive, abandoned

    init(_ verdict: Verdict) {
      switch verdict {
      case .validated: self = .validated
      case .invalidated: self = .invalidated
      case .inconclusive: self = .inconclusive
      case .abandoned: self = .abandoned
      }
    }

    /// Whether a person may still call it: open, or called in two ways at once.
    package var isUndecided: Bool { self == .open || self == .contested }
    /// Whether what rests on it rests on something that was given up.
    package var isLost: Bool { self == .invalidated || self == .abandoned }
  }

  /// A claim's field that two clones changed in different ways.
  package struct Contest: Hashable, Sendable {
    package let field: TrailerName
    /// The events that say it, one for each thing that is said.
    package let sides: [Entry]
    package var values: [[String]] { sides.map { $0.values(of: field) } }
  }

  /// A branch or commit in another repository.
  package struct Elsewhere: Hashable, Sendable {
    package let repository: String
    /// The branch's name, or the commit's id.
    package let place: String
  }

  /// A change of what was promised, after it was promised.
  package struct MovedGoalpost: Hashable, Sendable {
    package let field: TrailerName
    package let from: String
    package let to: String
    package let time: Int64
    package let author: String
  }

  /// One measurement.
  package struct Observation: Hashable, Sendable {
    package let value: Double
    /// As it was written: `2.40` stays `2.40`.
    package let text: String
    package let metric: String?
    package let day: Day
    package let source: String?
  }

  /// What people type.
  public let id: BetID
  /// What it is about, in one line.
  public let title: String
  /// How it stands.
  public let state: State
  /// The claim, field by field; contested fields hold the value applied last.
  package let claim: [TrailerName: [String]]
  package let contests: [Contest]
  package let movedGoalposts: [MovedGoalpost]
  package let observations: [Observation]
  package let declaredAt: Int64
  package let declaredBy: String
  /// The event that the state comes from; several when it is contested.
  package let verdicts: [Entry]
  package let linkedBranches: Set<String>
  package let linkedCommits: Set<ObjectID>
  /// What the linked commits change, where their events tell.
  package let linkedChanges: [ObjectID: CoveredCommit]
  /// The commits of which somebody has said that they do not belong to it, whatever a buried line says.
  package let unlinkedCommits: Set<ObjectID>
  /// What other repositories that share the ledger have linked, in order; nothing of it is looked for here.
  package let linkedElsewhere: [Elsewhere]
  /// Every bet that some head says it builds on: doubt never opens the gate.
  package let buildsOn: [BetID]
  package let diary: Diary
  /// Whether its lines are an open bet's: also where it was closed by nobody who may, under the lock.
  package let isGround: Bool
  /// Under the lock: the events that would loosen something, and do not because nobody vouches for them.
  package let doubted: [Entry]
  /// Under the lock: the events that link a branch or a commit, by its name or id, or would take it away.
  package let linkers: [String: [Entry]]

  package func first(_ field: TrailerName) -> String? { claim[field]?.first }
  package func all(_ field: TrailerName) -> [String] { claim[field] ?? [] }
  package var checkBy: Day? { first(.checkBy).flatMap { Day($0) } }
  package var independentOf: [BetID] { all(.independentOf).compactMap { BetID(ifValid: $0) } }
  package var lastObservation: Observation? { observations.last }
  package func isOverdue(on today: Day) -> Bool { state.isOverdue(checkBy, on: today) }

  /// The claim as one sentence, for messages.
  public var sentence: String {
    "if \(first(.if) ?? "?"), expect \(first(.expect) ?? "?"), because \(first(.because) ?? "?")"
  }
}
