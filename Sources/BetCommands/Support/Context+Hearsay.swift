import BetAttribution
import BetLedger

extension Context {
  /// So many branches that have landed are asked for where they began, a child of git's each.
  private static let mostAsked = 20
  /// So many bets are told of, so many commits of each are named.
  private static let (mostTold, mostNamed) = (3, 10)

  /// Names the commits on ship branches that belong to a bet only because a branch of its stands, and how to keep that.
  func offerLinks(for bets: [BetID]) throws {
    let landed = try landed()
    var told = 0
    for bet in bets where told < Context.mostTold {
      let traced = try attribution.commits(of: bet).filter { $0.source == .copy || $0.source == .squash }
      let commits = traced.map(\.id) + (landed[bet] ?? [])
      guard !commits.isEmpty else { continue }
      told += 1
      let options = commits.prefix(Context.mostNamed).map { "--commit \($0.short)" }
      errors.show(
        Diagnostic(
          "told-by-branch",
          "\(commits.count.of("commit")) of '\(bet)' on the ship branch \(commits.count == 1 ? "names" : "name") no bet",
          severity: .note,
          notes: ["what only a branch tells is lost when the branch is deleted"],
          hints: ["git bet link \(bet) \(options.joined(separator: " "))"]))
    }
  }

  /// What linked branches of this clone have brought by a fast-forward, without a word of any bet: their own reflogs tell
  /// where they began.
  private func landed() throws -> [BetID: [ObjectID]] {
    let (repository, walk, ships) = try (self.repository, attribution.walk, attribution.shipTips())
    guard !ships.isEmpty else { return [:] }
    var found: [BetID: [ObjectID]] = [:]
    var asked = 0
    for ref in try repository.references(under: "refs/heads/") where asked < Context.mostAsked {
      guard let branch = RefUpdate.branch(ref.name), case .direct(let tip) = ref.target,
        try !site.isShip(branch), let bet = try site.link(ofBranch: branch)?.bet.id,
        try ledger.bet(bet) != nil, try walk.isReachable(tip, from: ships)
      else { continue }
      asked += 1
      let log = try GitCommand.run(["log", "--walk-reflogs", "--format=%H", ref.name, "--"])
      guard log.status == 0, let start = log.text.split(separator: "\n").last.flatMap({ ObjectID(hex: $0) }),
        try walk.isReachable(start, from: [tip])
      else { continue }
      let own = try walk.commits(from: [tip], hiding: [start])
      found[bet, default: []] += try own.reversed().filter { commit in
        try attribution.bets(of: commit.id).isEmpty && WorkCommit(commit).bets.isEmpty
      }.map(\.id)
    }
    return found
  }
}
