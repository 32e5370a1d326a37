import BetAttribution

/// Looks for lines of open bets that work rewrites without saying that it builds on them.
struct OverlapSearch {
  /// The work of so many bets is looked at: a message may name thousands.
  private static let mostGroups = 100

  private let site: LedgerSite
  private let attribution: Attribution
  private let removals: Removals
  private let walk: RangeWalk

  init(_ site: LedgerSite, _ attribution: Attribution, removals: Removals, walk: RangeWalk) {
    self.site = site
    self.attribution = attribution
    self.removals = removals
    self.walk = walk
  }

  /// Whether there is anybody whose lines could be rewritten.
  func hasGrounds() throws -> Bool {
    try attribution.grounds().map { !$0.isEmpty } ?? !attribution.openBets().isEmpty
  }

  /// The files that shipped commits of open bets have touched: what touches none of them meets no line of theirs.
  func paths() throws -> Set<[UInt8]> {
    let grounds = try Dictionary(
      uniqueKeysWithValues: attribution.openBets().map { ($0, try attribution.commits(of: $0).map(\.id)) })
    return Set(
      try attribution.territories.territories(grounds).values.flatMap { $0.rows.map(\.path) })
  }

  /// Adds what the work of each bet does to the lines of others.
  func find(in work: Work, at tip: ObjectID, into facts: inout Facts) throws {
    let grounds = try attribution.grounds()
    if grounds?.isEmpty ?? false { return }
    var beyond = Once<Set<ObjectID>>()
    // A merge that brings nothing is nobody's work, and keeps together the work of those that name no bet.
    let merges = work.commits.filter { $0.bringsNothing && $0.bets.isEmpty }
    let scope = OverlapScope(ignoring: try site.settings.overlapIgnored)
    for (number, (name, commits)) in work.groups.enumerated() {
      guard number < OverlapSearch.mostGroups else {
        facts.unjudged[name] = ["the commits of '\(name)': too many bets in one push"]
        continue
      }
      let commits = name == work.link?.bet ?? .none ? commits + merges : commits
      let raw = try commits.compactMap { try walk.commit($0.id) }
      let others = try grounds?.met(by: raw, in: site.repository) ?? attribution.openBets()
      if others.isEmpty { continue }
      // Commits that came another way are nobody's ground.
      let elsewhere = try beyond.get {
        Set(try walk.commits(from: attribution.shipTips(), hiding: [tip]).map(\.id))
      }
      let shipped = try Dictionary(
        uniqueKeysWithValues: foreign(others, to: name, commits).map { id in
          (id, try attribution.commits(of: id).map(\.id).filter { !elsewhere.contains($0) })
        })
      let territories = try attribution.territories.territories(shipped)
      guard !territories.isEmpty else { continue }
      let finder = OverlapFinder(
        site.repository, territories: territories, scope: scope, oldest: grounds?.oldest)
      let report = try finder.overlaps(of: raw)
      let overlaps = try withoutRemovals(report.overlaps, of: commits, at: tip, by: finder, &facts)
      facts.overlaps[name] = overlaps.map {
        OverlappedFile(bet: $0.bet, path: Text.decoded($0.path), lines: $0.lineCount)
      }
      facts.unjudged[name] = report.unjudged.filter(\.isWorthSaying).map(\.sentence)
      for overlap in overlaps where facts.bets[overlap.bet] == nil {
        facts.bets[overlap.bet] = try site.ledger.bet(overlap.bet)
      }
    }
  }

  /// The overlaps that are left without the commits that only take a bet out: those are held neither against it nor
  /// against what it rests on.
  private func withoutRemovals(
    _ overlaps: [Overlap], of commits: [WorkCommit], at tip: ObjectID, by finder: OverlapFinder,
    _ facts: inout Facts
  ) throws -> [Overlap] {
    let bets = Set(overlaps.map(\.bet)).sorted()
    var gone: [BetID: Set<ObjectID>] = [:]
    for bet in bets {
      let found = try removals.find(Set(commits.map(\.id)), of: bet, pushed: [], at: tip).removals
      for id in found { facts.removals[id, default: []].insert(bet) }
      guard !found.isEmpty else { continue }
      for below in try site.ledger.digests(upTo: bet).keys { gone[below, default: []].formUnion(found) }
    }
    guard !gone.isEmpty else { return overlaps }
    return try bets.flatMap { bet in
      guard let gone = gone[bet] else { return overlaps.filter { $0.bet == bet } }
      let rest = commits.filter { !gone.contains($0.id) }
      return try finder.overlaps(of: rest.compactMap { try walk.commit($0.id) }).overlaps
        .filter { $0.bet == bet }
    }
  }

  /// The bets that the work of one neither belongs to nor builds on, that do not build on it, and that nobody has said
  /// it is independent of.
  private func foreign(_ others: [BetID], to name: BetName, _ commits: [WorkCommit]) throws -> [BetID] {
    let ledger = try site.ledger
    let own = name.id
    let bet = try own.flatMap { try ledger.bet($0) }
    var below = (bet?.buildsOn ?? []) + commits.flatMap(\.buildsOn).compactMap(\.id)
    if let own { below.append(own) }
    let known = Set(try ledger.bets(below).keys).union(bet?.independentOf ?? [])
    return try others.filter { other in
      guard !known.contains(other) else { return false }
      return try own.map { try ledger.digests(upTo: other)[$0] == nil } ?? true
    }
  }
}

extension OverlapReport.Unjudged {
  /// Binary files and huge ones have no lines that anybody builds on; what is not here might have.
  fileprivate var isWorthSaying: Bool { reason == .missing || reason == .tooMuch }

  fileprivate var sentence: String {
    let what =
      path.map { Text.decoded($0) } ?? bet.map { "some commits of '\($0)'" }
      ?? "some trees"
    return "\(what): \(reason == .missing ? "not here, and not fetched" : "too much to look at")"
  }
}
