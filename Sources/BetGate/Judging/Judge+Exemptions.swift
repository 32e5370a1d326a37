import BetAttribution
import SourceText

extension Judge {
  /// What is no objection to work that takes a bet out again. Where lines of open bets are rewritten is asked before.
  private static let sparing: Set<Rule> = [.lost, .followOn, .instrument]

  /// Finds out which of the commits without a bet change nothing but documentation and tests; false when none does.
  func lookForSupport(in works: inout [Work], _ decision: Decision) throws -> Bool {
    var anyFound = false
    let changes = attribution.changes
    for index in works.indices {
      let asked = decision.findings.filter { $0.rule == .unlinked && $0.update == works[index].update }
      for commit in asked.flatMap(\.commits) {
        guard let raw = try walk.commit(commit.id), let step = try changes.step(of: raw),
          let paths = try changes.paths(of: step), !paths.isEmpty, paths.allSatisfy(SupportingFiles.contain)
        else { continue }
        works[index].facts.supporting.insert(commit.id)
        anyFound = true
      }
    }
    return anyFound
  }

  /// Finds out which of the commits that findings name only take a bet out, or are out again; false when none is.
  func lookForRemovals(in works: inout [Work], _ decision: Decision) throws -> Bool {
    var anyFound = false
    for index in works.indices {
      var asked: [BetID: Set<ObjectID>] = [:]
      for finding in decision.findings
      where finding.update == works[index].update && Judge.sparing.contains(finding.rule) {
        for bet in finding.blockers.flatMap(\.path) + [finding.bet?.id].compactMap(\.self) {
          asked[bet, default: []].formUnion(finding.commits.map(\.id))
        }
      }
      let named = works[index].update.localID
      let isCommit = works[index].commits.contains { $0.id == named }
      guard !asked.isEmpty, let tip = try isCommit ? named : tip(of: works[index].update) else { continue }
      let groups = works[index].groups
      for (bet, commits) in asked.sorted(by: { $0.key < $1.key }) {
        let pushed = groups.first { $0.bet == .id(bet) }?.commits.map(\.id) ?? []
        let found = try removals.find(commits, of: bet, pushed: pushed, at: tip)
        for id in found.removals { works[index].facts.removals[id, default: []].insert(bet) }
        for id in found.out { works[index].facts.out[id, default: []].insert(bet) }
        anyFound = anyFound || !found.removals.isEmpty || !found.out.isEmpty
      }
    }
    return anyFound
  }
}
