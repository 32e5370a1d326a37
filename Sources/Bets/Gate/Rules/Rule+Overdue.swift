extension Rule {
  /// The work's bet is open past the day on which somebody wanted to look.
  package static let overdue = Rule("overdue", .warn, when: "the work's bet is open past its check-by date") {
    inquiry in
    guard let bet = inquiry.openBet, bet.isOverdue(on: inquiry.gate.today) else { return nil }
    return inquiry.objection(
      to: bet, "\(inquiry.subject) is past its check-by date and still \(bet.state.rawValue)",
      ways: { _ in
        [
          .call(bet.id),
          Way("it needs more time, and says so for ever:", "git bet amend \(bet.id) --check-by 14d"),
        ]
      })
  }
}
