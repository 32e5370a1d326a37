/// A recorded decision to ship although the gate objects.
public struct Override: Hashable, Sendable {
  /// The event: what `revoked` names.
  public let id: ObjectID
  /// The bet whose work it lets through; nil for work that belongs to no bet.
  public let bet: BetID?
  public let rules: Set<String>
  public let blockedBy: Set<BetID>
  public let branch: String?
  /// Where it was given, when several repositories share the ledger.
  public let repository: String?
  /// The tip that was judged. It covers that commit and its ancestors, nothing on top of it.
  public let tip: ObjectID
  /// The last day of a standing override.
  public let until: Day?
  public let reason: String
  public let author: String
  public let time: Int64
  public let isRevoked: Bool
}

/// The gate's own diary, folded: overrides and the shared levels of the rules.
public struct GateDiary: Sendable {
  public let overrides: [Override]
  /// By the rule's name; names that this version does not know are kept.
  public let policy: [String: Level]
  /// The rules that two clones gave different levels, sorted: the stricter counts until one more event settles it.
  public let contestedRules: [String]
  public let diary: Diary

  public init(from diary: Diary) {
    let events = diary.entries.compactMap { entry in entry.readable.map { (entry: entry, event: $0) } }
    let revoked = Set(events.filter { $0.event.kind == .revoked }.flatMap { $0.event.all(.override) })
    self.diary = diary
    overrides = events.compactMap { entry, event in
      guard event.kind == .overridden, let tip = event.first(.commit).flatMap({ ObjectID(hex: $0) }) else {
        return nil
      }
      return Override(
        id: entry.id, bet: event.first(.for).flatMap { BetID(ifValid: $0) }, rules: Set(event.all(.rule)),
        blockedBy: Set(event.all(.blockedBy).compactMap { BetID(ifValid: $0) }), branch: event.first(.branch),
        repository: event.first(.repository),
        tip: tip, until: event.first(.until).flatMap { Day($0) }, reason: event.body, author: entry.author,
        time: entry.time, isRevoked: revoked.contains(entry.id.hex))
    }
    var settings: [String: [(entry: Entry, level: Level)]] = [:]
    for (entry, event) in events where event.kind == .policy {
      for (rule, level) in event.levels { settings[rule, default: []].append((entry, level)) }
    }
    let latest = settings.mapValues { settings in
      let latest = Set(diary.latest(among: settings.map(\.entry)).map(\.id))
      return Set(settings.filter { latest.contains($0.entry.id) }.map(\.level))
    }
    policy = latest.compactMapValues { $0.max() }
    contestedRules = latest.filter { $0.value.count > 1 }.keys.sorted()
  }
}

extension Event {
  /// The levels that a `policy` event sets, the last of each rule; what is no level is left out.
  fileprivate var levels: [String: Level] {
    let levels = all(.rule).compactMap { text -> (String, Level)? in
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let level = Level(name: parts[1]) else { return nil }
      return (String(parts[0]), level)
    }
    return Dictionary(levels) { $1 }
  }
}
