import GitFormats

extension Rule {
  /// A trailer, a link, a `bet/` branch or a `Builds-On` names a bet that is not in the ledger.
  package static let undeclared = Rule(
    "undeclared", .block, when: "a trailer, link or bet/ branch names a bet that is not in the ledger"
  ) { inquiry in
    let undeclared = inquiry.resting.undeclared
    guard !undeclared.isEmpty else { return nil }
    return Objection(
      blockers: undeclared, commits: inquiry.resting.commits(of: undeclared),
      sentence: undeclared.count == 1
        ? "\(undeclared.names) is not a declared bet" : "\(undeclared.names) are not declared bets",
      ways: { around in undeclared.prefix(3).flatMap { waysOn(from: $0.bet, around) } })
  }

  private static func waysOn(from name: BetName, _ around: Surroundings) -> [Way] {
    switch name {
    case .none: return []
    case .nonsense(let text):
      let shown = Text.printable(text.prefix(60))
      return InvalidBetID.meant(by: text, among: around.declared).prefix(3).map {
        Way(
          "'\(shown)' is meant for '\($0)'? A trailer names one bet, as it is spelled:", "git bet show \($0)")
      } + [
        Way(
          "'\(shown)' cannot name a bet; mend the trailer, if it is in the last commit with:",
          "git commit --amend")
      ]
    case .id(let id):
      return BetID.nearMisses(of: id.name, among: around.declared).map {
        Way("did you mean '\($0)'?", "git bet show \($0)")
      } + [Way("place the bet; your editor opens:", "git bet declare \(id)")]
    }
  }
}
