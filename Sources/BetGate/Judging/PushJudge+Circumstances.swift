import BetAttribution
import Bets
import Git
import GitFormats

extension PushJudge {
  /// How much of what the rules may ask is looked up.
  enum Asking {
    /// The commits are at least those of the push: what a closer look could change is not said yet.
    case superset
    case exact
    /// The work stands on a ship branch already.
    case standing
  }

  /// Finds out what the rules ask about work beyond messages and ledger; nothing that no rule asks for.
  func findCircumstances(of work: inout Work, _ bets: [BetID: Bet], _ gate: Gate, _ asking: Asking) throws {
    guard !work.commits.isEmpty, !work.isDraft, let tip = try tip(of: work.update) else { return }
    let open = work.openBets(bets)
    if work.isShip, gate.asks(.instrument) {
      for bet in open { work.circumstances.instruments[bet.id] = try search(for: bet.instruments, in: tip) }
    }
    guard asking != .standing else { return }
    if gate.asks(.appetite) {
      for bet in open where bet.appetite != nil {
        work.circumstances.usage[bet.id] = try usage(of: bet, in: work)
      }
    }
    if gate.asks(.limit), !open.isEmpty {
      work.circumstances.openBets = try ledger.digests().count(where: \.state.isUndecided)
      work.circumstances.starting = Set(
        try open.map(\.id).filter { try attribution.get().shipment(of: $0) == nil })
    }
    if gate.asks(.overlap) { try findOverlaps(of: &work, at: tip, asking) }
  }

  // MARK: Instruments and appetite

  private func search(for texts: [String], in tip: ObjectID) throws(GitError) -> [String: InstrumentAnswer] {
    var answers: [String: InstrumentAnswer] = [:]
    for text in texts.prefix(PushJudge.mostInstruments) {
      answers[text] = try instruments.search(for: text, in: tip)
    }
    return answers
  }

  /// Each costs a run of `git grep`.
  private static let mostInstruments = 20

  /// What has shipped of a bet and what the push adds, each commit once.
  private func usage(of bet: Bet, in work: Work) throws -> Usage {
    let pushed = work.groups.first { $0.bet == .id(bet.id) }?.commits.map(\.id) ?? []
    let commits = Set(try attribution.get().commits(of: bet.id).map(\.id) + pushed)
    var usage = Usage(commits: commits.count)
    guard bet.appetite?.unit == .lines else { return usage }
    let rows = try TerritoryCache(repository).territories([bet.id: commits.sorted()])
    usage.lines = try AddedLines(repository).count(rows[bet.id]?.rows ?? [])
    return usage
  }

  // MARK: Overlap

  /// Who else is open and has shipped: whose lines the work may rewrite without saying so.
  private func findOverlaps(of work: inout Work, at tip: ObjectID, _ asking: Asking) throws {
    let others = try attribution.get().shippedBets.filter {
      try readable($0)[$0]?.state.isUndecided ?? false
    }
    guard !others.isEmpty else { return }
    guard asking == .exact else {
      // Two ends of a longer range may hide what happens in between.
      needsExact = true
      return
    }
    // Commits that came another way are nobody's ground.
    let beyond = Set(try walk.commits(from: attribution.get().shipTips, hiding: [tip]).map(\.id))
    for (name, commits) in work.groups {
      let foreign = try foreign(others, to: name, commits)
      let grounds = try Dictionary(
        uniqueKeysWithValues: foreign.map { id in
          (id, try attribution.get().commits(of: id).map(\.id).filter { !beyond.contains($0) })
        })
      let territories = try TerritoryCache(repository).territories(grounds)
      guard !territories.isEmpty else { continue }
      let finder = OverlapFinder(
        repository, territories: territories, scope: OverlapScope(ignoring: settings.overlapIgnored))
      let report = try finder.overlaps(
        of: commits.compactMap { try repository.commit($0.id) })
      work.circumstances.overlaps[name] = report.overlaps.map {
        OverlappedFile(bet: $0.bet, path: String(decoding: $0.path, as: UTF8.self), lines: $0.lineCount)
      }
      work.circumstances.unjudged[name] = report.unjudged.filter(\.isWorthSaying).map(\.sentence)
    }
  }

  /// A bet with all that it builds on. Where one is damaged there is nobody whose lines could be told, and it is
  /// passed over: the work does not rest on it.
  private func readable(_ id: BetID) throws -> [BetID: BetDigest] {
    var found: [BetID: BetDigest] = [:]
    var queue = [id]
    while let id = queue.popLast() {
      guard found[id] == nil, let kept = try ledger.keptDigest(of: id) else { continue }
      guard let digest = kept.digest else { return [:] }
      found[id] = digest
      queue += digest.buildsOn
    }
    return found
  }

  /// The bets that the work of one neither belongs to nor builds on, that do not build on it, and that nobody has said
  /// it is independent of.
  private func foreign(_ others: [BetID], to name: BetName, _ commits: [WorkCommit]) throws -> [BetID] {
    let own = name.id
    let bet = try own.flatMap { try ledger.bet($0) }
    var below = (bet?.buildsOn ?? []) + commits.flatMap(\.buildsOn).compactMap(\.id)
    if let own { below.append(own) }
    let known = Set(try ledger.bets(below).keys).union(bet?.independentOf ?? [])
    return try others.filter { other in
      guard !known.contains(other) else { return false }
      return try own.map { try readable(other)[$0] == nil } ?? true
    }
  }
}

/// Counts the lines that commits put in.
struct AddedLines {
  private let repository: Repository

  init(_ repository: Repository) { self.repository = repository }

  /// New lines of all rows; what is no text has none.
  func count(_ rows: [Territory.Row]) throws(GitError) -> Int {
    var count = 0
    for row in rows {
      guard case .text(let new) = try repository.blob(row.new) else { continue }
      guard let old = row.old else {
        count += new.lineCount
        continue
      }
      if case .text(let old) = try repository.blob(old) {
        count += try old.hunks(to: new).reduce(0) { $0 + $1.new.count }
      }
    }
    return count
  }
}

extension OverlapReport.Unjudged {
  /// Binary files and huge ones have no lines that anybody builds on; what is not here might have.
  fileprivate var isWorthSaying: Bool { reason == .missing || reason == .tooMuch }

  fileprivate var sentence: String {
    let what =
      path.map { String(decoding: $0, as: UTF8.self) } ?? bet.map { "some commits of '\($0)'" }
      ?? "some trees"
    return "\(what): \(reason == .missing ? "not here, and not fetched" : "too much to look at")"
  }
}
