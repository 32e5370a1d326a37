import GitFormats

/// The reason of a bet as a set of words, to find out whether it was believed before, and was wrong.
///
/// Plain and explainable on purpose: words are compared as they are written, a plural `s` aside; no number, no short
/// word and no filler counts. Two reasons are nearly the same when they share at least three words, and those are at
/// least six of ten of the shorter one's.
package struct Belief: Sendable {
  package let words: Set<String>

  package init(_ reason: String) {
    words = Set(
      Text.words(reason).subtracting(Belief.fillers).lazy.filter { !$0.contains(where: \.isNumber) }
        .map { $0.count > 3 && $0.hasSuffix("s") && !$0.hasSuffix("ss") ? String($0.dropLast()) : $0 })
  }

  /// The words that both share, sorted; nil when they are not nearly the same.
  package func shared(with other: Belief) -> [String]? {
    let shared = words.intersection(other.words)
    guard shared.count >= 3, shared.count * 10 >= min(words.count, other.words.count) * 6 else { return nil }
    return shared.sorted()
  }

  /// The invalidated bets that were placed for nearly the same reason, those that share most first.
  package static func mistakes(like reason: String, among bets: [Bet], except id: BetID) -> [(
    bet: Bet, shared: [String]
  )] {
    let belief = Belief(reason)
    return bets.compactMap { bet in
      guard bet.id != id, bet.state == .invalidated, let because = bet.first(.because),
        let shared = belief.shared(with: Belief(because))
      else { return nil }
      return (bet, shared)
    }.sorted { ($1.shared.count, $0.bet.id) < ($0.shared.count, $1.bet.id) }
  }

  /// What to say of a bet that is placed for a reason which turned out to be wrong before, a note for each.
  package static func warnings(about bet: Bet, among bets: [Bet]) -> [Diagnostic] {
    mistakes(like: bet.first(.because) ?? "", among: bets, except: bet.id).prefix(2).map { mistake, shared in
      let learned = mistake.diary.entries.reversed().compactMap { $0.readable?.first(.learned) }.first
      return Diagnostic(
        "believed-before",
        "'\(mistake.id)' was placed for nearly the same reason, and was invalidated", severity: .note,
        notes: [
          "it said: because \(Text.printable(mistake.first(.because) ?? ""))",
          "words in both: \(Text.printable(shared.joined(separator: ", ")))",
        ] + (learned.map { ["what was learned: \(Text.printable($0))"] } ?? []),
        hints: ["git bet show \(mistake.id)"])
    }
  }

  /// Words that say nothing about the world.
  private static let fillers: Set<String> = [
    "about", "after", "all", "and", "any", "are", "because", "been", "before", "being", "but", "can", "could",
    "did",
    "does", "for", "from", "get", "had", "has", "have", "her", "his", "how", "into", "its", "just", "more",
    "most",
    "much", "not", "now", "often", "one", "only", "other", "our", "out", "over", "people", "said", "say",
    "should",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "this",
    "those", "too", "two", "use", "user", "users", "very", "want", "wanted", "was", "were", "what", "when",
    "where",
    "which", "while", "who", "why", "will", "with", "would", "you", "your",
  ]
}
