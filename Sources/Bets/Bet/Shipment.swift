import GitFormats

/// What of a bet is out on the ship branches.
package struct Shipment: Hashable, Sendable {
  /// The first of its commits there.
  package let commit: ObjectID
  /// When that was committed, in seconds since 1970: when it was pushed nobody has written down.
  package let time: Int64
  /// How many of its commits are there.
  package let commits: Int

  package init(commit: ObjectID, time: Int64, commits: Int) {
    self.commit = commit
    self.time = time
    self.commits = commits
  }

  /// Whether the bet was out at a moment, in seconds since 1970.
  package func isOut(at moment: Int64) -> Bool { moment >= time }
}

extension Bet {
  /// How far a bet has come on its way to the people it is about; shown, never stored.
  package enum Stage: String, Sendable {
    case unshipped, shipped, measuring
  }

  /// Measuring is a bet that has shipped, is not decided yet, and names a metric or a day to check by that has not
  /// passed.
  package func stage(_ shipment: Shipment?, on today: Day) -> Stage {
    BetDigest(self).stage(shipment, on: today)
  }
}

extension BetDigest {
  /// Whether a person has to decide: clones disagree, or it has shipped and its day has gone or a line is met.
  package func isDue(_ shipment: Shipment?, on today: Day) -> Bool {
    guard state.isUndecided else { return false }
    return !contested.isEmpty || shipment != nil && (isOverdue(on: today) || reached != nil)
  }

  /// The same of one that is known in a few words.
  package func stage(_ shipment: Shipment?, on today: Day) -> Bet.Stage {
    guard shipment != nil else { return .unshipped }
    return state.isUndecided && awaitsNumbers && !isOverdue(on: today) ? .measuring : .shipped
  }
}

extension Bet {
  /// The promises that were changed. A first value of an empty field is none as long as nothing has shipped.
  package func movedGoalposts(_ shipment: Shipment?) -> [MovedGoalpost] {
    movedGoalposts.filter { !$0.from.isEmpty || $0.isAfter(shipment) }
  }
}

extension Bet.MovedGoalpost {
  /// Whether the promise was changed when the bet was already out, and numbers may have been seen.
  package func isAfter(_ shipment: Shipment?) -> Bool { shipment?.isOut(at: time) ?? false }
}
