import Bets
import BetLedger
import Git

/// A bet of the five hundred non-merge commits before a push of one commit, and of fifty before a push of sixty.
func measureTime(_ history: History) throws {
  for (betSize, pushSize) in [(1, 1), (500, 1), (50, 60), (500, 60)] {
    var cold: [Double] = []
    var warm: [Double] = []
    var names = 0
    for start in stride(from: 0, to: 60, by: 4) {
      let commits = try history.ids(["--no-merges", "-n", "\(start + betSize + pushSize)", "HEAD"]).dropFirst(start)
      let push = try commits.prefix(pushSize).map { try history.commit($0) }
      let bet = Array(commits.dropFirst(pushSize).reversed())
      let repository = try Repository.open(at: history.path, trust: .gitHasAgreed)
      let begin = ContinuousClock.now
      let territory = try Territory(of: bet, in: repository)
      let between = ContinuousClock.now
      let finder = try OverlapFinder(repository, territories: [BetID("bet"): territory])
      let report = try finder.overlaps(of: push)
      let end = ContinuousClock.now
      names += report.overlaps.count
      cold.append((end - begin) / .milliseconds(1))
      warm.append((end - between) / .milliseconds(1))
    }
    print(
      "bet of \(betSize), push of \(pushSize): warm \(median(warm).rounded) ms, cold \(median(cold).rounded) ms",
      "(\(names) overlaps in 15 pushes)")
  }
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
