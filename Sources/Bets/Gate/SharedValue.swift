import GitFormats

/// What the ledger says of a setting that decides what is judged: the same for all clones.
package enum SharedValue: Hashable, Sendable {
  case patterns([String])
  case number(Int)
  case text(String)
  /// Back to what holds where nothing is set.
  case standard

  /// Reads what a `policy` event or a command line says: patterns are separated by spaces, nothing is the default.
  ///
  /// Nil for what cannot be the value of the key.
  package init?(_ text: some StringProtocol, of key: ConfigKey) {
    let words = text.split(whereSeparator: { $0 == " " }).map { String($0) }
    guard !words.isEmpty else {
      self = .standard
      return
    }
    switch key.kind {
    case .patterns: self = .patterns(words.map { RefUpdate.branch($0) ?? $0 })
    case .number(let range, _):
      guard words.count == 1, let number = Int(words[0]), range.contains(number) else { return nil }
      self = .number(number)
    default:
      guard words.count == 1 else { return nil }
      self = .text(words[0])
    }
  }

  /// As a `policy` event has it.
  package var description: String {
    switch self {
    case .patterns(let patterns): patterns.joined(separator: " ")
    case .number(let number): String(number)
    case .text(let text): text
    case .standard: ""
    }
  }

  /// The same as lines of configuration; nil for the default.
  func lines(of key: ConfigKey) -> [ConfigLine]? {
    let values: [String]
    switch self {
    case .patterns(let patterns): values = patterns
    case .number(let number): values = [String(number)]
    case .text(let text): values = [text]
    case .standard: return nil
    }
    return values.map { ConfigLine(key: key.key, value: $0, scope: .system) }
  }

  private func patterns(_ key: ConfigKey?) -> [String]? {
    if case .patterns(let patterns) = self { patterns } else { key?.standard }
  }

  private func number(_ key: ConfigKey?) -> Int {
    if case .number(let number) = self { number } else { (key?.standard?.first).flatMap { Int($0) } ?? 0 }
  }
}

extension ConfigKey {
  /// What holds where nothing is set, as lines of configuration.
  var standardLines: [ConfigLine] {
    (standard ?? []).map { ConfigLine(key: key, value: $0, scope: .system) }
  }
}

extension SharedValue: PolicyValue {
  /// Where more than a few words say what is judged, a change is taken to loosen unless it cannot.
  package func loosens(_ standing: SharedValue?, of name: String) -> Bool {
    let key = ConfigKey.sharedKey(name)
    let old = standing ?? .standard
    switch key {
    case .depth?, .limit?: return number(key) > old.number(key)
    case .draft?: return !Set(patterns(key) ?? []).isSubset(of: old.patterns(key) ?? [])
    case .feature?: return !Set(old.patterns(key) ?? []).isSubset(of: patterns(key) ?? [])
    // What does not ship is judged less, and what has shipped is not judged again.
    case _?:
      return (patterns(key).map { Set($0) }, text) != (old.patterns(key).map { Set($0) }, old.text)
    case nil: return false
    }
  }

  private var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The union of what ships, what is a feature and what names a bet, the intersection of drafts, the smaller number.
  func stricter(_ other: SharedValue, of name: String) -> SharedValue {
    guard self != other else { return self }
    let key = ConfigKey.sharedKey(name)
    switch key {
    case .depth?, .limit?: return .number(min(number(key), other.number(key)))
    case .draft?:
      return .patterns((patterns(key) ?? []).filter { other.patterns(key)?.contains($0) ?? false })
    case .ship?, .feature?, .branch?:
      let ours = patterns(key) ?? Settings.defaultShips
      return .patterns(ours + (other.patterns(key) ?? Settings.defaultShips).filter { !ours.contains($0) })
    default: return min(description, other.description) == description ? self : other
    }
  }

  func role(of name: String) -> Reliance.Role { .setting(name, self) }
}

extension Event {
  /// The shared settings that a `policy` event sets, the last of each key.
  var sharedValues: [String: SharedValue] {
    let values = all(.rule).compactMap { text -> (String, SharedValue)? in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let key = ConfigKey.sharedKey(String(parts[0])),
        let value = SharedValue(parts[1], of: key)
      else { return nil }
      return (key.key, value)
    }
    return Dictionary(values) { $1 }
  }
}
