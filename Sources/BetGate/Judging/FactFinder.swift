import BetAttribution

/// Finds out what the rules ask about work beyond messages and ledger; nothing that no rule asks for.
final class FactFinder {
  private let site: LedgerSite
  private let attribution: Attribution
  private let instruments: InstrumentSearch
  let overlaps: OverlapSearch
  /// Each costs a run of `git grep`.
  private static let mostInstruments = 20

  init(_ site: LedgerSite, _ attribution: Attribution, removals: Removals, walk: RangeWalk) {
    self.site = site
    self.attribution = attribution
    instruments = InstrumentSearch(site.repository)
    overlaps = OverlapSearch(site, attribution, removals: removals, walk: walk)
  }

  /// What can be said of work that is at least what is pushed: all but whose lines it touches.
  func facts(aboutAtLeast work: Work, _ bets: [BetID: Bet], by gate: Gate) throws -> Facts {
    work.isJudgeable ? try facts(gate.asksFor, of: work, bets) : Facts()
  }

  /// What the rules ask about just the work that is pushed, or that `isLanded`: then nothing about work still to come.
  func facts(about work: Work, _ bets: [BetID: Bet], by gate: Gate, isLanded: Bool) throws -> Facts {
    guard work.isJudgeable else { return Facts() }
    let asked = gate.asksFor.intersection(isLanded ? [.instruments] : Facts.Kind.all)
    var facts = try facts(asked, of: work, bets)
    if asked.contains(.overlaps), let tip = try tip(of: work) {
      try find(.overlaps, into: &facts) { try overlaps.find(in: work, at: tip, into: &$0) }
    }
    return facts
  }

  /// Finds something out. A diary that cannot be read is nobody's business who does not rest on it, and what is too
  /// large to be looked at stops nothing either: the rules that ask say so.
  private func find(
    _ kind: Facts.Kind, into facts: inout Facts, by body: (inout Facts) throws -> Void
  ) throws {
    do { try body(&facts) } catch let error as LedgerError {
      facts.unknown[kind] = error.diagnostic.message
    } catch let error as GitError where error.code == .oversized { facts.unknown[kind] = error.message }
  }

  /// All but overlaps.
  private func facts(_ asked: Set<Facts.Kind>, of work: Work, _ bets: [BetID: Bet]) throws -> Facts {
    var facts = Facts()
    let open = work.openBets(bets)
    if work.isShip, asked.contains(.instruments), let tip = try tip(of: work) {
      for bet in open {
        facts.instruments[bet.id] = try bet.instruments.prefix(FactFinder.mostInstruments)
          .reduce(into: [:]) { $0[$1] = try instruments.search(for: $1, in: tip) }
      }
    }
    if asked.contains(.usage) {
      try find(.usage, into: &facts) { facts in
        for bet in open where bet.appetite != nil { facts.usage[bet.id] = try usage(of: bet, in: work) }
      }
    }
    if asked.contains(.openBets), !open.isEmpty {
      try find(.openBets, into: &facts) { facts in
        let digests = try site.ledger.digests()
        facts.openBets = digests.count(where: \.isGround)
        if site.isLocked {
          facts.doubts = try digests.filter(\.isGround).flatMap {
            try site.ledger.bet($0.id)?.doubts ?? []
          }
        }
        facts.starting = Set(try open.map(\.id).filter { try attribution.shipment(of: $0) == nil })
      }
    }
    return facts
  }

  private func tip(of work: Work) throws(GitError) -> ObjectID? {
    try site.repository.peelToCommit(work.update.localID)
  }

  /// What has shipped of a bet and what the push adds, each commit once.
  private func usage(of bet: Bet, in work: Work) throws -> Usage {
    let pushed = work.groups.first { $0.bet == .id(bet.id) }?.commits.map(\.id) ?? []
    let commits = Set(try attribution.commits(of: bet.id).map(\.id) + pushed)
    var usage = Usage(commits: commits.count)
    guard bet.appetite?.unit == .lines else { return usage }
    let territory = try attribution.territories.territories([bet.id: commits.sorted()])[bet.id]
    usage.lines =
      try territory.map { territory throws(GitError) in
        try territory.addedLines(in: site.repository)
      } ?? 0
    return usage
  }
}

extension Work {
  /// Whether anything of it is judged: a draft ships nothing.
  fileprivate var isJudgeable: Bool { !commits.isEmpty && !isDraft }
}

extension Gate {
  /// What its rules want to know.
  fileprivate var asksFor: Set<Facts.Kind> {
    Rule.all.filter(asks).reduce(into: []) { $0.formUnion($1.asks) }
  }
}
