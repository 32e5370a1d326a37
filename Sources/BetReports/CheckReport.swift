import Bets

/// What one question to the gate gave: what every report is made from.
public struct CheckReport: Sendable {
  public enum Answer: Sendable {
    case decided(Decision)
    /// Why nothing could be decided.
    case notJudged(Diagnostic)
  }

  /// A way on: what it is for, and the command.
  public struct Way: Hashable, Sendable {
    public let what: String
    public let command: String

    public init(what: String, command: String) {
      self.what = what
      self.command = command
    }

    var line: String { Text.printable("\(what) \(command)") }
  }

  /// What was asked about, as it was typed: a branch or a range.
  public let work: String
  public let answer: Answer
  /// At most twenty: every finding shows them.
  public let ways: [Way]
  /// Levels say what a finding does; a rule that is off is not reported as passed.
  public let rules: [Rule]
  public let today: Day

  public init(
    work: String, answer: Answer, ways: [Way] = [], rules: [Rule] = Rule.allCases, today: Day
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
