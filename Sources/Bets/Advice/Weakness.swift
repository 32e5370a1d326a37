import GitFormats

/// What is missing from a declared bet: said, never enforced.
package enum Weakness {
  /// The weak points, worst first; each has a stable code and the command that mends it. Without `today` no date is past.
  package static func found(
    in bet: Bet, on today: Day? = nil, states: (BetID) throws -> Bet.State?
  ) rethrows -> [Diagnostic] {
    var found: [Diagnostic] = []
    func add(_ code: String, _ message: String, mend flag: String? = nil) {
      found.append(
        Diagnostic(
          code, message, severity: .warning, hints: flag.map { ["git bet amend \(bet.id) \($0)"] } ?? []))
    }
    let expect = bet.first(.expect) ?? ""
    let because = bet.first(.because) ?? ""
    if restates(because, bet.first(.if) ?? "") || restates(because, expect) {
      add("restated-reason", "the reason only restates the change or the expectation: why should it be true?")
    }
    if bet.first(.target) == nil, !expect.contains(where: \.isNumber) {
      add("no-number", "the expectation has no number: how much?", mend: "--target '>= 10'")
    }
    if bet.first(.target) == nil, !hasDirection(expect) {
      add("no-direction", "the expectation has no direction: up or down?")
    }
    if bet.checkBy == nil { add("no-date", "no check-by date: when do we look?", mend: "--check-by 14d") }
    if let today, bet.isOverdue(on: today) {
      add("date-past", "the check-by date has passed already", mend: "--check-by 14d")
    }
    if bet.first(.metric) == nil {
      add("no-metric", "no metric: what do we read?", mend: "--metric signups_per_week")
    }
    if let target = threshold(bet, .target), let kill = threshold(bet, .kill), target.isMet(by: kill.number),
      kill.isMet(by: target.number)
    {
      add("overlapping-lines", "the stop line and the target overlap: which is it?")
    }
    if let target = threshold(bet, .target),
      let baseline = bet.first(.baseline).flatMap({ Quantity.number($0) }),
      target.isMet(by: baseline)
    {
      add("nothing-to-win", "the baseline already meets the target")
    }
    for below in bet.buildsOn where try states(below) != .validated {
      add(
        "follow-on-at-birth", "it builds on '\(below)', which is not validated: the gate will stop its work")
    }
    return found
  }

  private static func threshold(_ bet: Bet, _ name: TrailerName) -> Threshold? {
    bet.first(name).flatMap { Threshold($0) }
  }

  private static let directions: Set<String> = [
    "rise", "rises", "fall", "falls", "more", "fewer", "less", "increase", "increases", "decrease",
    "decreases",
    "drop", "drops", "grow", "grows", "double", "doubles", "halve", "halves", "from", "least", "most",
    "above",
    "below", "under", "over", "higher", "lower", "faster", "slower", "reach", "reaches", "up", "down",
  ]

  private static func hasDirection(_ text: String) -> Bool {
    text.contains { "<>≤≥+".contains($0) }
      || text.lowercased().split { !$0.isLetter }.contains { directions.contains(String($0)) }
  }

  /// Whether nearly every word of the reason was said before.
  private static func restates(_ reason: String, _ other: String) -> Bool {
    let words = Text.words(reason)
    return words.count >= 2 && words.intersection(Text.words(other)).count * 5 >= words.count * 4
  }
}
