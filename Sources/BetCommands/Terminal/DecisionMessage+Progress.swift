import BetReports
import Bets
import GitFormats

/// The ways on from findings about a bet's own progress, and about work that nobody said rests on another bet.
extension DecisionMessage {
  func waysOn(fromProgress finding: Finding, _ way: (String, String) -> Void) {
    guard finding.rule != .overlap else { return waysOn(fromOverlap: finding, way) }
    guard let id = finding.bet?.id else { return }
    let call = "git bet close \(id) validated --evidence 'what you saw'"
    switch finding.rule {
    case .instrument:
      guard case .instruments(let missing, let unknown) = finding.matter else { return }
      if missing.isEmpty, unknown.isEmpty {
        way(
          "say what it is measured by, as it stands in the code:",
          "git bet amend \(id) --instrument 'what_is_counted'")
      }
      for text in missing.prefix(3) {
        way(
          "put it where the effect can be counted, commit, and see:",
          "git grep -F -e \(Text.shellQuoted(text))")
      }
      if !missing.isEmpty {
        // A named field is replaced whole: those that were not missing stay.
        let others = (decision.bets[id]?.instruments ?? []).filter { !missing.contains($0) }
        let flags = (others.map { Text.shellQuoted($0) } + ["'its name in the code'"]).map {
          "--instrument \($0)"
        }
        way("it is called something else now:", "git bet amend \(id) \(flags.joined(separator: " "))")
      }
      if let text = unknown.keys.min() {
        way(
          "look for it yourself; in a partial clone that fetches what is not here:",
          "git grep -F -e \(Text.shellQuoted(text)) \(finding.update.localID.short)")
      }
    case .overdue:
      way("make the call, with what you saw:", call)
      way("it needs more time, and says so for ever:", "git bet amend \(id) --check-by 14d")
    case .appetite:
      way("make the call, with what you saw:", call)
      guard case .appetite(let usage, let appetite) = finding.matter else { return }
      let more = max(usage.used(of: appetite.unit), appetite.count) * 2
      way("it is worth more:", "git bet amend \(id) --appetite '\(more) \(appetite.unit.rawValue)'")
    case .limit: way("decide one of the open ones first:", "git bet list --open")
    default: return
    }
  }

  private func waysOn(fromOverlap finding: Finding, _ way: (String, String) -> Void) {
    for blocker in finding.blockers.prefix(3) {
      guard let below = blocker.bet.id else { continue }
      guard let id = finding.bet?.id, let bet = decision.bets[id] else {
        if finding.commits.count == 1, finding.commits[0].id == finding.update.localID {
          way("it is work on '\(below)':", "git commit --amend --no-edit --trailer 'Bet: \(below)'")
        }
        way("it is work on '\(below)':", "git bet link \(below) \(Text.shellQuoted(finding.work))")
        continue
      }
      // A named field is replaced whole.
      func flags(_ flag: String, _ known: [BetID]) -> String {
        (known + [below]).map { "\(flag) \($0)" }.joined(separator: " ")
      }
      way("it builds on '\(below)':", "git bet amend \(id) \(flags("--builds-on", bet.buildsOn))")
      way(
        "it does not, the lines only happen to meet:",
        "git bet amend \(id) \(flags("--independent-of", bet.independentOf))")
    }
  }
}
