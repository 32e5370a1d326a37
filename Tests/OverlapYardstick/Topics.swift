import BetAttribution

/// A topic branch that was merged: its commits are those of the merge's other sides.
struct Topic {
  let id: BetID
  let name: String
  let merge: RawCommit
  /// Oldest first.
  let commits: [RawCommit]
}

/// Treats the last two hundred merged topics as bets, open for sixty days, and each later one as a push.
func printTopics(_ history: History, show: Int) throws {
  let topics = try recentTopics(history, count: 260)
  var territories: [Int: Territory] = [:]
  var pairs: [(push: Topic, bet: Topic, overlaps: [Overlap])] = []
  var (pushes, asked) = (0, 0)
  for (number, push) in topics.enumerated().dropFirst(60) {
    pushes += 1
    var open: [BetID: Territory] = [:]
    var byID: [BetID: Topic] = [:]
    for (earlier, bet) in topics[..<number].enumerated()
    where bet.merge.commitTime > push.merge.commitTime - 60 * 86_400 && bet.name != push.name {
      if territories[earlier] == nil {
        territories[earlier] = try Territory(of: bet.commits.map(\.id), in: history.repository)
      }
      open[bet.id] = territories[earlier]
      byID[bet.id] = bet
    }
    asked += open.count
    let report = try OverlapFinder(history.repository, territories: open).overlaps(of: push.commits)
    for left in report.unjudged {
      print(
        "not judged: \(left.bet?.name ?? "-") \(left.path.map { String(decoding: $0, as: UTF8.self) } ?? "-") \(left.reason)"
      )
    }
    for (bet, overlaps) in Dictionary(grouping: report.overlaps, by: \.bet) {
      if let bet = byID[bet] { pairs.append((push, bet, overlaps)) }
    }
  }
  let overlapping = Set(pairs.map(\.push.id)).count
  print(
    "\(pushes) pushes, \(asked) pairs asked about, \(pairs.count) named, \(overlapping) pushes with a finding"
  )
  for (push, bet, overlaps) in pairs {
    let stat =
      try history.lines(
        "diff", "--shortstat", "\(push.merge.parents[0])...\(push.merge.parents[1])"
      ).first ?? ""
    let rewritten = overlaps.map { $0.rewritten.values.reduce(0) { $0 + $1.lineCount } }.reduce(0, +)
    let lines = overlaps.map(\.lineCount).reduce(0, +)
    print(
      "PAIR \(push.name) \(bet.name) files \(overlaps.count) lines \(lines) rewritten \(rewritten) |\(stat)")
  }
  var dice = Dice(state: 7)
  pairs.sort { ($0.push.id, $0.bet.id) < ($1.push.id, $1.bet.id) }
  for (push, bet, overlaps) in pairs.shuffled(using: &dice).prefix(show) {
    print("\n==== \(push.name) (\(push.merge.id)) touches \(bet.name) (\(bet.merge.id))")
    for overlap in overlaps {
      let path = String(decoding: overlap.path, as: UTF8.self)
      print("-- \(path): \(overlap.lineCount) lines")
      for (kind, lines) in [("rewritten", overlap.rewritten), ("beside", overlap.beside)] {
        for (commit, lines) in lines where !lines.isEmpty {
          let title = String(decoding: try history.commit(commit).message.prefix { $0 != 10 }, as: UTF8.self)
          print("   \(kind), brought by \(commit) \(title)")
          let all = String(decoding: try history.git("show", "\(commit):\(path)"), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
          for range in lines.ranges.prefix(6) {
            for line in range.prefix(8) where line <= all.count { print("     \(line): \(all[line - 1])") }
          }
        }
      }
    }
  }
}

private func recentTopics(_ history: History, count: Int) throws -> [Topic] {
  var topics: [Topic] = []
  for id in try history.ids(["--first-parent", "--merges", "-n", "\(count)", "HEAD"]).reversed() {
    let merge = try history.commit(id)
    let title = String(decoding: merge.message.prefix { $0 != 10 }, as: UTF8.self)
    guard merge.parents.count == 2, let name = branch(in: title) else { continue }
    let commits = try history.ids(["--reverse", "--topo-order", "\(merge.parents[0])..\(merge.parents[1])"])
    guard
      let id = BetID(
        ifValid: "\(name.lowercased())-\(topics.count)".map { $0.isLetter || $0.isNumber ? "\($0)" : "-" }
          .joined().suffix(60))
    else { continue }
    topics.append(
      Topic(id: id, name: name, merge: merge, commits: try commits.map { try history.commit($0) }))
  }
  return topics
}

/// The branch that the title of a merge names, in git's words or in those of a host.
private func branch(in title: String) -> String? {
  if title.hasPrefix("Merge branch '") { return String(title.dropFirst(14).prefix { $0 != "'" }) }
  guard title.hasPrefix("Merge pull request #") else { return nil }
  return title.split(separator: " ").last.map(String.init)
}
