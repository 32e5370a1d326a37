import GitFormats

/// What a rule is asked about: the work of one bet in one pushed ref, with all that is known of it.
package struct Inquiry: Sendable {
  let gate: Gate
  let work: Work
  let graph: BetGraph<Bet>
  /// The bet that the work belongs to.
  let bet: BetName
  let commits: [WorkCommit]
  let resting: Resting
  /// What is wrong with the signatures of events that the other rules' findings rely on.
  var doubts: [Doubt] = []

  /// One for each bet that the work belongs to; of what is out again nobody is asked.
  static func all(about work: Work, by gate: Gate, _ graph: BetGraph<Bet>) -> [Inquiry] {
    Group.groups(of: work).compactMap { group in
      var group = group
      if let id = group.bet.id, !work.facts.out.isEmpty {
        group.commits.removeAll { work.facts.out[$0.id]?.contains(id) ?? false }
        if group.commits.isEmpty { return nil }
      }
      return Inquiry(
        gate: gate, work: work, graph: graph, bet: group.bet, commits: group.commits,
        resting: Resting(group, graph))
    }
  }

  /// The bet itself while nobody has decided it; nil for a decided or undeclared one, and for none.
  var openBet: Bet? { bet.id.flatMap { graph.bets[$0] }.flatMap { $0.state.isUndecided ? $0 : nil } }

  /// Whether a branch of that name ships: nobody links it.
  func isShipBranch(_ branch: String) -> Bool {
    gate.settings.isShip(branch, remoteHead: nil) || work.isShip && work.update.remoteBranch == branch
  }

  /// What people call the work: its bet, or its branch.
  var subject: String {
    "'\(Text.printable(bet == .none ? work.name : bet.description))'"
  }

  /// The bets in the way against which some commit is held, with those commits; nil when there are none.
  ///
  /// A commit that only takes a bet away is held neither against that bet nor against what that bet rests on.
  func held(_ blockers: [Finding.Blocker]) -> (blockers: [Finding.Blocker], commits: [WorkCommit])? {
    func isHeld(_ commit: WorkCommit, _ blocker: Finding.Blocker) -> Bool {
      guard let gone = work.facts.removals[commit.id] else { return true }
      return !(bet.id.map(gone.contains) ?? false) && gone.isDisjoint(with: blocker.path)
    }
    let all = resting.commits(of: blockers)
    let blockers = blockers.filter { blocker in all.contains { isHeld($0, blocker) } }
    let commits = resting.commits(of: blockers).filter { commit in blockers.contains { isHeld(commit, $0) } }
    return commits.isEmpty ? nil : (blockers, commits)
  }

  /// Whether some of the work is more than the removal of its own bet.
  var isBuilding: Bool {
    bet.id.map { id in commits.contains { !(work.facts.removals[$0.id]?.contains(id) ?? false) } } ?? true
  }

  /// What is said about the open bet itself, whose work goes out.
  func objection(
    to bet: Bet, _ sentence: String, details: [String] = [], atMost: Level = .block,
    ways: @escaping @Sendable (Surroundings) -> [Way]
  ) -> Objection {
    let itself = Finding.Blocker(bet: .id(bet.id), state: bet.state, path: [bet.id], loop: [])
    return Objection(
      blockers: [itself], commits: commits, sentence: sentence, details: details, atMost: atMost, ways: ways)
  }

  /// What a rule says that could not be answered, and only warns; nil when it could.
  func notLookedAt(_ kind: Facts.Kind, of bet: Bet) -> Objection? {
    work.facts.unknown[kind].map { why in
      objection(
        to: bet, "what the rule asks about \(subject) could not be looked up",
        details: ["not looked at: \(Text.printable(why, upTo: 160))"], atMost: .warn, ways: { _ in [] })
    }
  }
}

extension [Finding.Blocker] {
  /// `'search', 'ranking'`, the first few of them.
  var names: String {
    let shown = prefix(10).map { "'\(Text.printable($0.bet.description))'" }.joined(separator: ", ")
    return count > 10 ? "\(shown), … \(count - 10) more" : shown
  }
  /// `open or contested`
  var states: String { Set(compactMap { $0.state?.rawValue }).sorted().joined(separator: " or ") }
  /// `is open`, `are open or contested`
  var areStates: String { "\(count == 1 ? "is" : "are") \(states)" }
}

extension Int {
  /// `1 commit`, `2 commits`.
  package func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
