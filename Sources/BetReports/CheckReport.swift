import Bets

/// What one question to the gate gave: what every report is made from.
package struct CheckReport: Sendable {
  package enum Answer: Sendable {
    case decided(Decision)
    /// Why nothing could be decided.
    case notJudged(Diagnostic)
  }

  /// What was asked about, as it was typed: a branch or a range.
  package let work: String
  package let answer: Answer
  /// At most twenty: every finding shows them.
  package let ways: [Way]
  /// Levels say what a finding does; a rule that is off is not reported as passed.
  package let rules: [Rule]
  package let today: Day

  package init(
    work: String, answer: Answer, ways: [Way] = [], rules: [Rule] = Rule.all, today: Day
  ) {
    self.work = work
    self.answer = answer
    self.ways = Array(ways.prefix(20))
    self.rules = rules
    self.today = today
  }

  var decision: Decision? { if case .decided(let decision) = answer { decision } else { nil } }

  /// The answer in one line; only the work's name in it is foreign, made safe by `shown`.
  func headline(_ shown: (String) -> String) -> String {
    let work = shown(self.work)
    guard let decision else { return "\(work) could not be judged" }
    return switch decision.state {
    case .unsatisfied: "\(work) would be stopped"
    case .overridden: "\(work) may ship, by a recorded override"
    case .notApplicable where decision.isSilent: "\(work): no bet is concerned"
    case .satisfied where decision.isSilent: "\(work): nothing is in the way"
    case .satisfied, .notApplicable: "\(work) may ship"
    case .error: "\(work) could not be judged"
    }
  }
}

extension Way {
  var line: String { Text.printable("\(what) \(command)") }
}
