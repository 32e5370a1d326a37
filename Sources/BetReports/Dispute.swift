import Bets

/// What two clones say differently of one bet: who said what, and the commands that settle it.
///
/// It is settled by one more event, which stands on top of both. Every text is printable but for the commands.
package struct Dispute: Sendable {
  package let bet: BetID
  /// `verdict`, or the name of a field.
  package let subject: String
  /// One line for each side.
  package let sides: [String]
  /// A command for each thing that is said; it makes the call again, for all clones.
  package let ways: [Way]

  fileprivate init(_ bet: Bet, verdicts: [Entry]) {
    self.bet = bet.id
    subject = "verdict"
    sides = verdicts.map { "\($0.said) \($0.byline)" }
    var seen: Set<String> = []
    ways = verdicts.compactMap(\.readable).compactMap { event in
      let isOpen = event.kind != .closed
      guard seen.insert(isOpen ? "open" : "closed").inserted else { return nil }
      return isOpen
        ? Way(
          "settle the verdict of '\(bet.id)' as open:",
          "git bet reopen \(bet.id) --because \(Placeholder.open.quoted)")
        : Way("settle the verdict of '\(bet.id)' by a new call:", "git bet close \(bet.id)")
    }
  }

  fileprivate init(_ bet: Bet, _ contest: Bet.Contest) {
    let field = contest.field
    self.bet = bet.id
    subject = field.rawValue
    sides = contest.sides.map { side in
      let values = side.values(of: field).prefix(5).map { "'\(Words.plain($0))'" }
      return "\(values.isEmpty ? "(none)" : values.joined(separator: ", ")) \(side.byline)"
    }
    ways = contest.values.compactMap { values in
      if values.isEmpty, [.title, .if, .expect, .because].contains(field) { return nil }
      let words = (values.isEmpty ? [""] : values).map {
        " --\(field.rawValue.lowercased()) \($0.utf8.count > 300 ? Placeholder.value.quoted : Text.shellQuoted($0))"
      }
      return Way(
        "settle \(field.rawValue) of '\(bet.id)':",
        "git bet amend \(bet.id)\(words.joined())")
    }
  }
}

extension Bet {
  /// The verdict and the fields on which clones disagree; both are settled by one more event.
  package var disputes: [Dispute] {
    (state == .contested ? [Dispute(self, verdicts: verdicts)] : []) + contests.map { Dispute(self, $0) }
  }

}

extension BetDigest {
  /// The state, and the fields that are contested: `open, contested Target`.
  package var standing: String { [state.rawValue, contestedMark].compactMap(\.self).joined(separator: ", ") }

  /// How it stands, and what else has to be seen of it: `open, contested Target, search is lost`.
  package func standing(_ around: BetsAround) -> String {
    [standing, around.lostMark(of: self)].compactMap(\.self).joined(separator: ", ")
  }

  /// The contested fields in a few words; nil when the state says it, or nothing is contested.
  var contestedMark: String? {
    guard state != .contested, let first = contested.first else { return nil }
    return "contested "
      + (contested.count > 2 ? "\(first) and \(contested.count - 1) more" : contested.joined(separator: ", "))
  }
}

extension Finding {
  /// What is disputed about the bets in the way, and about what builds on what above them.
  package func disputes(_ bets: [BetID: Bet]) -> [Dispute] {
    let inTheWay = blockers.compactMap(\.bet.id)
    let above = [bet?.id].compactMap { $0 } + blockers.flatMap(\.path)
    var seen: Set<BetID> = []
    return (inTheWay + above).filter { seen.insert($0).inserted }.flatMap { id in
      (bets[id]?.disputes ?? []).filter {
        inTheWay.contains(id) || $0.subject == TrailerName.buildsOn.rawValue
      }
    }
  }
}

extension Entry {
  /// Who wrote it, when and where: `by Ada (agent codex) on 2026-12-15, 1f0c8e2a6b`.
  package var byline: String { "by \(writer) on \(Day(secondsSince1970: time)), \(id.short)" }

  /// The author, and the coding agent in whose environment it was written.
  package var writer: String {
    let agent = readable?.agent.map { " (agent \(Words.plain($0, upTo: 64)))" } ?? ""
    return Words.plain(author, upTo: 100) + agent
  }

  /// What a verdict-bearing event says.
  fileprivate var said: String {
    guard let event = readable else { return "" }
    return event.kind == .closed ? event.first(.verdict) ?? "" : event.kind.name
  }
}
