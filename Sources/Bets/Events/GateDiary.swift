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
  /// The settings that all clones share, by key; one that is back at its default has no pattern and no number.
  package let shared: [String: SharedValue]
  /// Events that would loosen something and do not, because nobody who is trusted has signed them, as far as is known; by
  /// rule or key. Without the lock these are those that would lower `unsigned` after it was raised.
  package let doubts: [String: [Reliance]]
  package let diary: Diary
  private let isLocked: Bool

  /// `trusted` are events known to be signed by somebody whom git trusts. Without them the lock, the rule `unsigned`,
  /// stays as high as it was ever raised: who may not sign may not take it off. While it `isLocked` this goes for all
  /// that is set here.
  package init(from diary: Diary, trusting trusted: Set<ObjectID> = [], isLocked: Bool = false) {
    self.isLocked = isLocked
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
    let policies = events.filter { $0.event.kind == .policy }
    var doubts: [String: [Reliance]] = [:]
    /// What was set of one thing, and what of that is in force: the latest, and of heads that disagree the stricter.
    func standing<Value: PolicyValue>(_ read: (Event) -> [String: Value]) -> [String: [PolicySetting<Value>]]
    {
      var all: [String: [PolicySetting<Value>]] = [:]
      for (entry, event) in policies {
        for (name, value) in read(event) {
          all[name, default: []].append(PolicySetting(entry: entry, value: value))
        }
      }
      return Dictionary(
        uniqueKeysWithValues: all.map { name, settings in
          guard isLocked || name == Rule.unsigned.name else { return (name, settings) }
          let (counting, lowered) = Value.held(settings, of: name, trusting: trusted, in: diary)
          if !lowered.isEmpty { doubts[name] = lowered.map { Reliance($0.value.role(of: name), $0.entry) } }
          return (name, counting)
        })
    }
    let (levels, values) = (standing(\.levels), standing(\.sharedValues))
    self.doubts = doubts
    let contested =
      Array(levels.filter { diary.isContested($0.value) }.keys)
      + Array(values.filter { diary.isContested($0.value) }.keys)
    contestedRules = contested.sorted()
    let inForce = levels.mapValues { settings in
      let heads = diary.heads(of: settings)
      let level = heads.map(\.value).max()
      return heads.filter { $0.value == level }
    }.filter { !$0.value.isEmpty }
    policy = inForce.mapValues { $0.first?.value ?? .block }
    policyEvents = Dictionary(
      uniqueKeysWithValues: inForce.map { rule, heads in
        (rule, heads.map { Reliance(.policy(rule: rule, $0.value), $0.entry) })
      })
    shared = Dictionary(
      uniqueKeysWithValues: values.compactMap { key, settings in
        diary.value(of: settings, named: key).map { (key, $0) }
      })
  }

  /// The same, read by what the signatures of ``lowerings`` are worth.
  package func trusting(_ signatures: [ObjectID: SignatureTrust]) -> GateDiary {
    lowerings.isEmpty
      ? self
      : GateDiary(
        from: diary, trusting: Set(signatures.filter(\.value.isTrusted).keys), isLocked: isLocked)
  }

  /// Those that would lower `unsigned` itself. Whoever asks git about them folds again with those that are signed.
  package var lowerings: [ObjectID] { (doubts[Rule.unsigned.name] ?? []).map(\.event) }

  /// Whether a `policy` event asks for less than what stands here.
  func isLoosened(by event: Event) -> Bool {
    event.levels.contains { rule, level in level.loosens(policy[rule], of: rule) }
      || event.sharedValues.contains { key, value in value.loosens(shared[key], of: key) }
  }
}

/// What a `policy` event sets of one rule or key.
struct PolicySetting<Value: PolicyValue> {
  let entry: Entry
  let value: Value
}

/// A level, or the value of a shared setting.
protocol PolicyValue: Hashable, Sendable {
  /// Whether less is asked for with it than with what stands; nil: nothing was ever set.
  func loosens(_ standing: Self?, of name: String) -> Bool
  /// What is asked for where two heads disagree.
  func stricter(_ other: Self, of name: String) -> Self
  func role(of name: String) -> Reliance.Role
}

extension PolicyValue {
  /// Those of the settings that count where only the trusted may loosen, and the others.
  static func held(
    _ settings: [PolicySetting<Self>], of name: String, trusting trusted: Set<ObjectID>, in diary: Diary
  ) -> (counting: [PolicySetting<Self>], lowered: [PolicySetting<Self>]) {
    var (counting, lowered): ([PolicySetting<Self>], [PolicySetting<Self>]) = ([], [])
    var height: Self?
    for setting in settings {
      let isTrusted = trusted.contains(setting.entry.id)
      guard isTrusted || !setting.value.loosens(height, of: name) else {
        lowered.append(setting)
        continue
      }
      counting.append(setting)
      height = isTrusted ? diary.value(of: counting, named: name) : setting.value
    }
    return (counting, lowered)
  }
}

extension Level: PolicyValue {
  func loosens(_ standing: Level?, of name: String) -> Bool {
    self < standing ?? Rule.named(name)?.defaultLevel ?? .off
  }
  func stricter(_ other: Level, of name: String) -> Level { max(self, other) }
  func role(of name: String) -> Reliance.Role { .policy(rule: name, self) }
}

extension Diary {
  fileprivate func heads<Value>(of settings: [PolicySetting<Value>]) -> [PolicySetting<Value>] {
    let latest = Set(latest(among: settings.map(\.entry)).map(\.id))
    return settings.filter { latest.contains($0.entry.id) }
  }

  fileprivate func isContested<Value>(_ settings: [PolicySetting<Value>]) -> Bool {
    Set(heads(of: settings).map(\.value)).count > 1
  }

  /// What counts of them; where two heads disagree the stricter, until one more event settles it.
  fileprivate func value<Value: PolicyValue>(of settings: [PolicySetting<Value>], named name: String)
    -> Value?
  {
    let heads = heads(of: settings)
    return heads.dropFirst().reduce(heads.first?.value) { $0?.stricter($1.value, of: name) }
  }
}

extension Event {
  /// The levels that a `policy` event sets, the last of each rule; what is no level is left out.
  var levels: [String: Level] {
    let levels = all(.rule).compactMap { text -> (String, Level)? in
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let level = Level(name: parts[1]) else { return nil }
      return (String(parts[0]), level)
    }
    return Dictionary(levels) { $1 }
  }
}
