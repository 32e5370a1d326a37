import GitFormats

extension Rule {
  /// The work's bet, or a commit's own `Builds-On`, rests at any depth on a bet that is open, contested or
  /// inconclusive; `bet.depth` allows that many layers.
  package static let followOn = Rule(
    "follow-on", .block, when: "the work rests on a bet that is open, contested or inconclusive"
  ) {
    inquiry in
    guard
      let (unproven, commits) = inquiry.held(inquiry.resting.unproven(below: inquiry.gate.settings.depth))
    else { return nil }
    return Objection(
      blockers: unproven, commits: commits,
      sentence: "\(inquiry.subject) rests on \(unproven.names), which \(unproven.areStates)",
      ways: { _ in unproven.prefix(3).flatMap(waysOn) })
  }

  private static func waysOn(from blocker: Finding.Blocker) -> [Way] {
    guard let id = blocker.bet.id else { return [] }
    let look = Way("see where it stands:", "git bet show \(id)")
    switch blocker.state {
    // What settles it is told with what is disputed.
    case .contested: return [look]
    case .inconclusive:
      return [
        look, Way("there is more to see now:", "git bet reopen \(id) --because \(Placeholder.change.quoted)"),
      ]
    default: return [look, .call(id)]
    }
  }
}

extension Way {
  /// A person makes the call about a bet: which one, no command says.
  static func call(_ id: BetID) -> Way { Way("make the call, with what you saw:", "git bet close \(id)") }
}
