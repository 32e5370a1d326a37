import GitFormats

/// The gate's own diary, folded: overrides and the shared levels of the rules.
package struct GateDiary: Sendable {
  package let overrides: [Override]
  /// By the rule's name; names that this version does not know are kept.
  package let policy: [String: Level]
  /// The rules that two clones gave different levels, sorted: the stricter counts until one more event settles it.
  package let contestedRules: [String]
  /// The events that the policy of each rule comes from; several when two heads disagree.
  package let policyEvents: [String: [Reliance]]
  /// Events that would lower `unsigned` after it was raised, and do not: nobody who is trusted has signed them, as far
  /// as is known. Whoever asks git about them folds again with those that are.
  package let lowerings: [ObjectID]
  package let diary: Diary

  /// `trusted` are events known to be signed by somebody whom git trusts. Without them the lock, the rule `unsigned`,
  /// stays as high as it was ever raised: who may not sign may not take it off.
  package init(from diary: Diary, trusting trusted: Set<ObjectID> = []) {
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
        tip: tip, judged: Override.Judged(event), until: event.first(.until).flatMap { Day($0) },
        reason: event.body, author: entry.author,
        email: entry.email, time: entry.time, isRevoked: revoked.contains(entry.id.hex))
    }
    var settings: [String: [(entry: Entry, level: Level)]] = [:]
    for (entry, event) in events where event.kind == .policy {
      for (rule, level) in event.levels { settings[rule, default: []].append((entry, level)) }
    }
    func heads(of settings: [(entry: Entry, level: Level)]) -> [(entry: Entry, level: Level)] {
      let latest = Set(diary.latest(among: settings.map(\.entry)).map(\.id))
      return settings.filter { latest.contains($0.entry.id) }
    }
    contestedRules = settings.filter { Set(heads(of: $0.value).map(\.level)).count > 1 }.keys.sorted()
    /// Two heads that disagree: the stricter level, until one more event settles it.
    func inForce(_ settings: [(entry: Entry, level: Level)]) -> [(entry: Entry, level: Level)] {
      let heads = heads(of: settings)
      let level = heads.map(\.level).max()
      return heads.filter { $0.level == level }
    }
    var lowerings: [ObjectID] = []
    if let changes = settings[Rule.unsigned.name] {
      var counting: [(entry: Entry, level: Level)] = []
      var height = Level.off
      for change in changes {
        let isTrusted = trusted.contains(change.entry.id)
        guard isTrusted || change.level >= height else {
          lowerings.append(change.entry.id)
          continue
        }
        counting.append(change)
        height = isTrusted ? inForce(counting).first?.level ?? .block : change.level
      }
      settings[Rule.unsigned.name] = counting
    }
    self.lowerings = lowerings
    let standing = settings.mapValues(inForce)
    policy = standing.mapValues { $0.first?.level ?? .block }
    policyEvents = Dictionary(
      uniqueKeysWithValues: standing.map { rule, heads in
        (rule, heads.map { Reliance(.policy(rule: rule, $0.level), $0.entry) })
      })
  }

  /// The same, read by what the signatures of ``lowerings`` are worth.
  package func trusting(_ signatures: [ObjectID: SignatureTrust]) -> GateDiary {
    lowerings.isEmpty
      ? self : GateDiary(from: diary, trusting: Set(signatures.filter(\.value.isTrusted).keys))
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
