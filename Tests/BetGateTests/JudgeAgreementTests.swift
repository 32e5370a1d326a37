import BetLedger
import TestSupport
import Testing

/// Judging more than a push brings, and less only when in doubt, must give the answer for exactly what it brings.
@Suite("the decision is the one about the exact range") struct JudgeAgreementTests {
  @Test(arguments: 1...12) func `over random histories and pushes`(_ seed: UInt64) throws {
    var dice = Dice(state: seed)
    let lies = seed % 4 == 0
    let history = try RandomHistory(
      lies ? 60 : 30, trouble: [5, 15, 40][Int(seed % 3)], lies: lies, dice: &dice)
    let hasLedger = seed % 5 != 0
    if hasLedger { try history.declareBets() }
    var seen: [String: Int] = [:]
    for _ in 0..<25 {
      let push = try RandomPush(history, hasLedger: hasLedger, dice: &dice)
      let expected = try push.expected(walksAreExact: !lies)
      let decision: Answer
      do { decision = Answer(try push.judge()) } catch let error as any DiagnosticError {
        decision = .error(error.diagnostic.code)
      }
      #expect(expected.contains(decision), "\(push)")
      seen["\(decision)", default: 0] += 1
    }
    // All kinds of answers occur, or the test would prove little.
    #expect(seen.count > (hasLedger ? 3 : 1), "\(seen.keys)")
    #expect(seed != 1 || seen.keys.contains { $0.contains("instrument warn") })
  }
}

/// What can be compared of a decision.
enum Answer: Hashable {
  /// Nothing to tell.
  case silence
  case decided(Decision.State, findings: [String], remarks: [String])
  /// The code of what cannot be judged.
  case error(String)

  init(_ decision: Decision) {
    if decision.isSilent {
      self = .silence
      return
    }
    self = .decided(
      decision.state,
      findings: decision.findings.map { finding in
        let blockers = finding.blockers.map { blocker in
          "\(blocker.bet) \(blocker.state?.rawValue ?? "-") \(blocker.path) \(blocker.loop)"
        }
        return """
          \(finding.rule.name) \(finding.level.level) \(finding.work) \(finding.bet?.description ?? "-") \
          \(finding.update.remoteRef) link \(finding.link.map { "\($0)" } ?? "-") draft \(finding.isDraft) \
          override \(finding.override?.id.short ?? "-") blockers \(blockers) \
          commits \(finding.commits.map(\.id.short).sorted())
          """
      }.sorted(),
      remarks: decision.remarks.map { "\($0.kind) \($0.commit.id.short) \($0.trailers.map(\.value))" }
        .sorted())
  }
}
