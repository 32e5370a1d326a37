import GitFormats

/// An event whose word a decision takes: who can forge it can open the gate.
package struct Reliance: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    /// It closed a bet as validated, and the search for what work rests on ended there.
    case verdict(BetID)
    /// It lets through what a rule would stop.
    case override
    /// It sets the level of a rule.
    case policy(rule: String, Level)
    /// It sets what all clones are judged by.
    case setting(String, SharedValue)
    /// It takes something away from what a bet is held to.
    case change(BetID, Event.Kind)
  }

  package let role: Role
  package let event: ObjectID
  /// Who wrote it, by its own word.
  package let author: String
  package let email: String
  package let time: Int64

  package init(_ role: Role, _ entry: Entry) {
    self.role = role
    event = entry.id
    author = entry.author
    email = entry.email
    time = entry.time
  }

  package init(_ override: Override) {
    role = .override
    event = override.id
    author = override.author
    email = override.email
    time = override.time
  }

  /// What it is, for people.
  package var name: String {
    switch role {
    case .verdict(let bet): "the verdict on '\(bet)'"
    case .override: "the override \(event.short)"
    case .policy(let rule, let level): "the policy '\(Text.printable(rule))=\(level.name)'"
    case .setting(let key, let value): "the policy '\(key)=\(Text.printable(value.description))'"
    case .change(let bet, let kind): "the event '\(Text.printable(kind.name))' of '\(bet)'"
    }
  }
}

/// An event that a decision relies on and that nobody whom git trusts vouches for.
package struct Doubt: Hashable, Sendable {
  package let reliance: Reliance
  package let trust: SignatureTrust

  package init(reliance: Reliance, trust: SignatureTrust) {
    self.reliance = reliance
    self.trust = trust
  }

  /// What is so, as the end of a sentence.
  package var sentence: String { "\(reliance.name), which \(trust.sentence)" }
}

extension Bet {
  /// Under the lock: what does not count until somebody vouches for it.
  package var doubts: [Reliance] {
    doubted.map { entry in
      let kind = entry.readable?.kind ?? .noted
      return Reliance(kind == .closed ? .verdict(id) : .change(id, kind), entry)
    }
  }

  /// The events that make it validated.
  package var proofs: [Reliance] {
    state == .validated ? verdicts.map { Reliance(.verdict(id), $0) } : []
  }
}

extension BetGraph {
  /// The validated bets at which the search for foundations stops, with the way down to each, nearest first.
  func proofs(of direct: [BetID], _ foundations: [Foundation]) -> [(bet: BetID, path: [BetID])] {
    var seen: Set<BetID> = []
    let nearest = direct.map { (bet: $0, path: [$0]) }
    let below = foundations.flatMap { above in
      (bets[above.bet]?.buildsOn ?? []).map { (bet: $0, path: above.path + [$0]) }
    }
    return (nearest + below).filter { state(of: $0.bet) == .validated && seen.insert($0.bet).inserted }
  }
}

extension [Reliance] {
  /// Each once, in order.
  package var unique: [Reliance] {
    var seen: Set<Reliance> = []
    return filter { seen.insert($0).inserted }
  }
}
