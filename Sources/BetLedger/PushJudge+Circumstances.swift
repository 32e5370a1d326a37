import Bets
import Git

extension PushJudge {
  /// Finds out what the rules ask about work beyond messages and ledger; nothing that no rule asks for.
  func findCircumstances(of work: inout Work, _ bets: [BetID: Bet], _ gate: Gate) throws {
    guard !work.commits.isEmpty, !work.isDraft else { return }
    let open = work.openBets(bets)
    if work.isShip, gate.asks(.instrument), let tip = try tip(of: work.update) {
      for bet in open {
        work.circumstances.instruments[bet.id] = [:]
        for text in bet.instruments.prefix(PushJudge.mostInstruments) {
          work.circumstances.instruments[bet.id]?[text] = try instruments.search(for: text, in: tip)
        }
      }
    }
  }

  /// Each costs a run of `git grep`.
  private static let mostInstruments = 20
}
