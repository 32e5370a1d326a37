import BetAttribution

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Milliseconds of processor time: what else runs on the machine plays no part, and everything read lies in memory.
private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
}

/// A bet of the five hundred non-merge commits before a push of one commit, and of fifty before a push of sixty.
func measureTime(_ history: History) throws {
  for (betSize, pushSize) in [(1, 1), (500, 1), (50, 60), (500, 60)] {
    var cold: [Double] = []
    var warm: [Double] = []
    var names = 0
    for start in stride(from: 0, to: 60, by: 4) {
      let commits = try history.ids(["--no-merges", "-n", "\(start + betSize + pushSize)", "HEAD"]).dropFirst(
        start)
      let push = try commits.prefix(pushSize).map { try history.commit($0) }
      let bet = Array(commits.dropFirst(pushSize).reversed())
      let repository = try Repository.open(at: history.path, trust: .gitHasAgreed)
      let begin = processorTime()
      let territory = try Territory(of: bet, in: repository)
      let between = processorTime()
      let finder = try OverlapFinder(repository, territories: [BetID("bet"): territory])
      let report = try finder.overlaps(of: push)
      let end = processorTime()
      names += report.overlaps.count
      cold.append(end - begin)
      warm.append(end - between)
    }
    print(
      "bet of \(betSize), push of \(pushSize): warm \(median(warm).rounded) ms, cold \(median(cold).rounded) ms",
      "(\(names) overlaps in 15 pushes)")
  }
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
