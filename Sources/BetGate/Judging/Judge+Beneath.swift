import BetAttribution

/// What work that has not shipped tells of the bets that it stands on.
package struct Beneath: Sendable {
  package let bet: BetID
  /// How many commits of that bet it carries.
  package fileprivate(set) var commits = 0
  /// How many lines of that bet it rewrites, and one of the files they are in.
  package fileprivate(set) var lines = 0
  package fileprivate(set) var path = ""

  fileprivate init(_ bet: BetID) { self.bet = bet }

  /// The same in a few words, with the bet called as told; the path in it is not printable yet.
  package func words(of bet: String = "it") -> String {
    if commits > 0 { return "this branch has \(commits.of("commit")) of \(bet)" }
    return "this branch changes \(lines.of("line")) of \(bet), in \(path)"
  }
}

extension Judge {
  /// Older commits of a branch are not looked at: somebody waits for the answer.
  private static let mostCommits = 300

  /// The open bets whose commits a branch carries beyond what has shipped, then those whose lines it rewrites; most first.
  ///
  /// Cost: the commits that have not shipped, and what the rule `overlap` would do with them, whatever its level.
  package func beneath(_ tip: ObjectID, on branch: String?) throws -> [Beneath] {
    let hidden = try site.ships(of: site.home).map(\.tip)
    let commits = try walk.commits(from: [tip], hiding: hidden)
    guard !commits.isEmpty, commits.count <= Judge.mostCommits else { return [] }
    let ref = branch.map { "refs/heads/\($0)" } ?? tip.hex
    let update = try RefUpdate(
      localRef: ref, localID: tip, remoteRef: "refs/heads/\(site.mainShip)", remoteID: .zero)
    var work = try work(
      of: PushRange(update: update, tip: tip, hidden: hidden, commits: commits),
      Push([update], to: site.home.remote, today: Day(number: 0)))
    try facts.overlaps.find(in: work, at: tip, into: &work.facts)
    var found: [BetID: Beneath] = [:]
    for (name, commits) in work.groups {
      if let id = name.id { found[id, default: Beneath(id)].commits += commits.count }
      for file in work.facts.overlaps[name] ?? [] {
        found[file.bet, default: Beneath(file.bet)].lines += file.lines
        found[file.bet]?.path = file.path
      }
    }
    return try found.values.filter { try site.ledger.bet($0.bet)?.state.isUndecided ?? false }
      .sorted { ($1.commits, $1.lines, $0.bet) < ($0.commits, $0.lines, $1.bet) }
  }
}
