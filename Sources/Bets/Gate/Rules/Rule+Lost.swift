import GitFormats

extension Rule {
  /// The work's bet, or one that it rests on at any depth, was given up.
  package static let lost = Rule(
    "lost", .block, when: "the work's bet, or one it rests on, is invalidated or abandoned"
  ) { inquiry in
    guard let (lost, commits) = inquiry.held(inquiry.resting.lost) else { return nil }
    let isItself = lost.count == 1 && lost[0].bet == inquiry.bet
    return Objection(
      blockers: lost, commits: commits,
      sentence: isItself
        ? "\(lost.names) \(lost.areStates)"
        : "\(inquiry.subject) rests on \(lost.names), which \(lost.areStates)",
      ways: { _ in
        lost.prefix(3).compactMap(\.bet.id).flatMap { id in
          [
            Way("see why it was given up:", "git bet show \(id)"),
            Way(
              "take it out again; a removal that needs new lines says 'Bet: none':",
              "git bet footprint \(id)"),
            Way("it was given up too early:", "git bet reopen \(id) --because \(Placeholder.change.quoted)"),
          ]
        }
      })
  }
}
