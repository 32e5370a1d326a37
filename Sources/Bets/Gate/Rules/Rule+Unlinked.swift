import GitFormats

extension Rule {
  /// A feature branch brings commits that belong to no bet, and do not say so aloud.
  package static let unlinked = Rule(
    "unlinked", .block, when: "a feature branch (feature/*, feat/*) brings commits that belong to no bet"
  ) { inquiry in
    let work = inquiry.work
    guard work.isFeature, work.link == nil, inquiry.bet == .none else { return nil }
    let commits = work.commits.filter {
      $0.bets.isEmpty && !$0.bringsNothing && !work.facts.supporting.contains($0.id)
    }
    guard !commits.isEmpty else { return nil }
    let verb = commits.count == 1 ? "belongs" : "belong"
    return Objection(
      blockers: [], commits: commits,
      sentence:
        "\(commits.count.of("commit")) of the feature branch '\(Text.printable(work.name))' \(verb) to no bet",
      ways: { around in waysOn(from: work, commits, around) })
  }

  private static func waysOn(from work: Work, _ commits: [WorkCommit], _ around: Surroundings) -> [Way] {
    let branch = Text.shellOperands(work.name)
    var ways = around.openBets.prefix(3).map { Way("it belongs to '\($0)':", "git bet link \($0) \(branch)") }
    let name = work.name.split(separator: "/").last.map(String.init) ?? ""
    let id = BetID(ifValid: name)?.name ?? "new-bet"
    ways.append(Way("it is a bet of its own; your editor opens:", "git bet declare \(id)"))
    if id != name { ways.append(Way("and it is linked with:", "git bet link \(id) \(branch)")) }
    if commits.count == 1, commits[0].id == work.update.localID {
      ways.append(
        Way("it belongs to no bet, said aloud:", "git commit --amend --no-edit --trailer 'Bet: none'"))
    }
    return ways
  }
}
