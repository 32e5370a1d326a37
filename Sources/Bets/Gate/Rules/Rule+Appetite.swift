extension Rule {
  /// An open bet has used more than somebody said it was worth.
  package static let appetite = Rule(
    "appetite", .warn, when: "an open bet has used more than its appetite: 15 commits, 800 lines",
    asks: [.usage]
  ) { inquiry in
    guard let bet = inquiry.openBet, let appetite = bet.appetite else { return nil }
    if let objection = inquiry.notLookedAt(.usage, of: bet) { return objection }
    guard let usage = inquiry.work.facts.usage[bet.id], usage.exceeds(appetite)
    else { return nil }
    let used = usage.used(of: appetite.unit)
    return inquiry.objection(
      to: bet, "\(inquiry.subject) has used \(used) \(appetite.unit.rawValue), and is worth \(appetite)",
      ways: { _ in
        let more = max(used, appetite.count) * 2
        return [
          .call(bet.id),
          Way("it is worth more:", "git bet amend \(bet.id) --appetite '\(more) \(appetite.unit.rawValue)'"),
        ]
      })
  }
}
