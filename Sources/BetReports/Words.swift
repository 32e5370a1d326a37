import Bets

/// Foreign text in words of ours.
enum Words {
  static func plain(_ text: some StringProtocol, upTo limit: Int = 120) -> String {
    Text.printable(text, upTo: limit)
  }

  /// Cuts a text of ours that holds foreign text.
  static func bounded(_ text: String, _ limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
  }

  /// From one bet down to another; of a long way its ends.
  static func path(_ bets: [BetID]) -> String {
    let names = bets.map(\.name)
    guard names.count > 10 else { return names.joined(separator: " → ") }
    let left = "… \(names.count - 6) more …"
    return (names.prefix(4) + [left] + names.suffix(2)).joined(separator: " → ")
  }

  /// A ref as people call it.
  static func ref(_ ref: String) -> String {
    plain(RefUpdate.branch(ref) ?? (ref.hasPrefix("refs/") ? String(ref.dropFirst(5)) : ref))
  }

  /// A bet's state and dates: nothing foreign.
  static func facts(of bet: Bet, _ state: Bet.State?, on today: Day) -> String {
    var facts = [(state ?? bet.state).rawValue]
    let age = max(0, today - Day(secondsSince1970: bet.declaredAt))
    facts.append(age == 0 ? "declared today" : "\(age.of("day")) old")
    if bet.state.isUndecided, let check = bet.checkBy {
      facts.append(bet.isOverdue(on: today) ? "overdue since \(check)" : "check by \(check)")
    }
    return facts.joined(separator: ", ")
  }
}
