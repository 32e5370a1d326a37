import GitFormats

/// What held before an event, as far as it can take anything away from that.
package enum Standing: Sendable {
  case bet(Bet)
  /// A diary of the gate.
  case gate(GateDiary)
}

extension Event {
  /// Whether it can make a push pass that was stopped: the one answer, for the lock, for agents and their adapters.
  ///
  /// `isAnothers`: what it links has another bet already. What declares a bet, links work for the first time, or notes and
  /// measures something takes nothing away.
  package func loosens(_ before: Standing, isAnothers: Bool = false) -> Bool {
    switch (kind, before) {
    case (.closed, _), (.overridden, _), (.unlinked, _): true
    case (.reopened, .bet(let bet)): bet.diary.hasLostHead || bet.state.isLost
    case (.amended, .bet(let bet)): changes(bet)
    // What is declared a second time is one more word about the first.
    case (.declared, .bet(let bet)): bet.diary.hasLostHead || changes(bet)
    case (.policy, .gate(let gate)): gate.isLoosened(by: self)
    case (.linked, _): isAnothers
    default: false
    }
  }

  private func changes(_ bet: Bet) -> Bool {
    claimedFields.contains { $0.loosens(from: bet.all($0), to: values(of: $0)) }
  }

  /// What it says of a field; nothing when it takes the field away.
  package func values(of field: TrailerName) -> [String] {
    field == .title && kind == .declared ? [subject] : all(field).filter { !$0.isEmpty }
  }
}

extension TrailerName {
  /// Whether a bet is held to less once a field of its claim says something else.
  package func loosens(from old: [String], to new: [String]) -> Bool {
    switch self {
    case .buildsOn, .instrument: !Set(old).isSubset(of: new)
    case .independentOf: !Set(new).isSubset(of: old)
    // The first one is a promise.
    case .appetite: !old.isEmpty && old != new
    case _ where TrailerName.goalposts.contains(self): old != new
    default: false
    }
  }

  /// The stricter of what stands and what somebody without the right to loosen it says.
  func stricter(_ old: [String], _ new: [String]) -> [String] {
    guard !old.isEmpty || self == .independentOf, loosens(from: old, to: new) else { return new }
    switch self {
    case .buildsOn, .instrument: return old + new.filter { !old.contains($0) }
    case .independentOf: return old.filter(new.contains)
    case .checkBy: return [old.first, new.first].compactMap(\.self).min().map { [$0] } ?? old
    case .appetite:
      let (was, now) = (old.first.flatMap { Appetite($0) }, new.first.flatMap { Appetite($0) })
      guard let was, let now, was.unit == now.unit else { return old }
      return now.count < was.count ? new : old
    default: return old
    }
  }
}
