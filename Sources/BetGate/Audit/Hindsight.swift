import BetAttribution

/// What the gate would have said of commits by the ledger as it stood when a decision was logged.
///
/// A line of the log is anybody's to write: it proves something only where the diaries that it names, which nobody can
/// write anew, bear it out under the ledger's own settings.
struct Hindsight {
  let site: LedgerSite
  let search: OverrideSearch

  /// Whether what commits say of themselves passed then, and the line tells by what.
  func passed(_ commits: [RawCommit], by logged: LoggedDecision) throws -> Bool {
    guard let diaries = logged.ledger else { return false }
    var bets: [BetID: Bet] = [:]
    var gate = Diary([])
    for told in diaries {
      guard let diary = try diary(told) else { return false }
      if told.name == Event.gateDiary {
        gate = diary
      } else if let id = BetID(ifValid: told.name), let bet = Bet(id, from: diary) {
        bets[id] = bet
      }
    }
    let folded = GateDiary(from: gate)
    let overrides = folded.overrides.filter { !$0.isRevoked }
    let branch = RefUpdate.branch(logged.ref)
    let settings = try site.settings
    var work = Work(
      update: RefUpdate(
        localRef: logged.ref, localID: logged.tip, remoteRef: logged.ref, remoteID: .zero),
      branch: branch, isFeature: branch.map(settings.isFeature) ?? false,
      commits: try commits.map { try read($0, bets) }, overrides: overrides)
    for override in overrides {
      work.reaches[override.id] = try search.reach(
        of: override, commits, at: logged.tip, after: logged.without)
    }
    let gateThen = Gate(
      settings: settings, policy: folded.policy, policyEvents: [:], authority: .ledger,
      today: Day(secondsSince1970: logged.run.time))
    return !gateThen.decide([work], bets: bets).isBlocked
  }

  private func read(_ raw: RawCommit, _ bets: [BetID: Bet]) throws -> WorkCommit {
    var commit = try WorkCommit(raw)
    commit.unearth { bets[$0] == nil ? nil : true }
    return commit
  }

  /// A diary as it was; nil when it has never been so.
  private func diary(_ told: LoggedDecision.Diary) throws -> Diary? {
    let now =
      told.name == Event.gateDiary
      ? try site.ledger.gate().diary
      : try BetID(ifValid: told.name).flatMap { try site.ledger.bet($0)?.diary }
    guard let now else { return nil }
    var entries: [ObjectID: Entry] = [:]
    var queue = told.tops
    while let id = queue.popLast() {
      guard entries[id] == nil else { continue }
      guard let entry = now[id] else { return nil }
      entries[id] = entry
      queue += entry.parents
    }
    return Diary(entries.values)
  }
}
