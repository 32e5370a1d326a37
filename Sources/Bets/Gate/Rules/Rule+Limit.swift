extension Rule {
  /// More bets are open than one can look after, and the push starts another.
  package static let limit = Rule(
    "limit", .off, when: "the push starts another bet while more than bet.limit (3) are open",
    asks: [.openBets]
  ) { inquiry in
    let allowed = inquiry.gate.settings.limit
    guard let bet = inquiry.openBet else { return nil }
    if let objection = inquiry.notLookedAt(.openBets, of: bet) { return objection }
    guard let open = inquiry.work.facts.openBets, open > allowed,
      inquiry.work.facts.starting.contains(bet.id)
    else { return nil }
    return inquiry.objection(
      to: bet, "\(inquiry.subject) is started while \(open.of("bet")) are open, and \(allowed) may be",
      ways: { _ in [Way("decide one of the open ones first:", "git bet list --open")] })
  }
}
