import GitFormats

/// One entry of a diary: what happened to a bet, or to the gate.
///
/// Stored as a commit with the empty tree whose message ends in a block of trailers. Who and when are the
/// commit's author and date and are not part of the event.
package struct Event: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case declared, amended, noted, observed, closed, reopened, linked, unlinked, merged
    case overridden, revoked, policy
    /// Written by a newer version: shown in the diary, without effect.
    case unknown(String)
  }

  package struct Value: Hashable, Sendable {
    package let name: TrailerName
    package let text: String
    package init(_ name: TrailerName, _ text: String) {
      self.name = name
      self.text = text
    }

    /// The first trailer that is there again although it may not repeat. Linear: few may not.
    static func repeated(in values: [Value]) -> TrailerName? {
      values.indices.first { index in
        let name = values[index].name
        return !name.repeats && values[..<index].contains { $0.name == name }
      }.map { values[$0].name }
    }
  }

  /// The version of the ledger that this code reads and writes.
  package static let ledgerVersion = 1
  /// The diary of overrides and policy.
  package static let gateDiary = "gate"

  package var kind: Kind
  /// The id of the bet, or `gate`.
  package var diary: String
  /// 1 + the largest of the parents.
  package var seq: Int
  /// One line for people.
  package var subject: String
  /// Free text for people; a reason where one is required.
  package var body: String
  /// The trailers of its own, in order.
  package var values: [Value]
  /// Trailers that this version does not know: kept and ignored.
  package var unknown: [Trailer]
  /// The coding agent in whose environment it was written: a label, not a proof.
  package var agent: String?

  package init(
    _ kind: Kind, in diary: String, seq: Int = 1, subject: String, body: String = "", values: [Value] = [],
    unknown: [Trailer] = [], agent: String? = nil
  ) {
    self.kind = kind
    self.diary = diary
    self.seq = seq
    self.subject = subject
    self.body = body
    self.values = values
    self.unknown = unknown
    self.agent = agent
  }

  package func first(_ name: TrailerName) -> String? { values.first { $0.name == name }?.text }
  package func all(_ name: TrailerName) -> [String] { values.filter { $0.name == name }.map(\.text) }
}

extension Event.Kind {
  /// The value of the `Event` trailer.
  package var name: String {
    switch self {
    case .declared: "declared"
    case .amended: "amended"
    case .noted: "noted"
    case .observed: "observed"
    case .closed: "closed"
    case .reopened: "reopened"
    case .linked: "linked"
    case .unlinked: "unlinked"
    case .merged: "merged"
    case .overridden: "overridden"
    case .revoked: "revoked"
    case .policy: "policy"
    case .unknown(let name): name
    }
  }

  static let known: [Event.Kind] = [
    .declared, .amended, .noted, .observed, .closed, .reopened, .linked, .unlinked, .merged, .overridden,
    .revoked, .policy,
  ]

  init(name: String) {
    self = Event.Kind.known.first { $0.name == name } ?? .unknown(name)
  }

  /// What the event is nothing without.
  var required: [TrailerName] {
    switch self {
    case .declared: [.if, .expect, .because]
    case .observed: [.value]
    case .closed: [.verdict]
    case .overridden: [.for, .rule, .commit]
    case .revoked: [.override]
    case .policy: [.rule]
    default: []
    }
  }

  /// Whether the reason in the body is what the event is about.
  var requiresBody: Bool { self == .reopened || self == .overridden }

  /// Whether it says what the bet's state is.
  var bearsVerdict: Bool { self == .declared || self == .closed || self == .reopened }
}
