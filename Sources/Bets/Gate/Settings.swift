import GitFormats

/// What the gate is told by configuration and by the ledger's policy.
public struct Settings: Sendable {
  /// A rule's level and where it comes from: `default`, `ledger`, or git's scope (`local`, `command`, …).
  package struct LevelSetting: Hashable, Sendable {
    package let level: Level
    package let origin: String
    /// Set for this one command: it counts, and is named in every message.
    package var isForOneCommand: Bool { origin == "command" }
  }

  /// Whose word counts for the levels of the rules.
  public enum Authority: Sendable {
    /// The ledger's policy, then this clone's configuration.
    case clone
    /// The ledger's policy alone: CI, servers and the audit.
    case ledger
  }

  package static let mainBranches = ["main", "master"]
  package static let defaultReleasePattern = BranchPattern("release/*")

  /// What a key holds, read.
  private enum Value: Sendable {
    case patterns([BranchPattern])
    case number(Int)
    case text(String)
  }

  private let values: [ConfigKey: Value]
  private let configuredLevels: [Rule: LevelSetting]
  /// `branch.<name>.bet`: the bet that a branch was linked to here.
  package let branchBets: [String: String]
  /// What this repository is called in a ledger that several share; nil when it has one of its own.
  package let repository: String?

  /// Reads the sections `bet` and `branch`; the last value of a key wins, several make a list for patterns.
  package init(config: [ConfigLine]) throws(BadSetting) {
    var values: [ConfigKey: Value] = [:]
    // What signs is asked for with git's own key beside it, when something is written.
    for key in ConfigKey.all where key != .sign {
      let lines = config.filter { $0.key == key.key }
      let standard = (key.standard ?? []).map { ConfigLine(key: key.key, value: $0, scope: .system) }
      guard key.standard != nil || !lines.isEmpty else { continue }
      values[key] = try Settings.value(of: key, in: lines.isEmpty ? standard : lines)
    }
    self.values = values
    var levels: [Rule: LevelSetting] = [:]
    for rule in Rule.all {
      guard let line = config.last(where: { $0.key == "bet.rule.\(rule.name)" }) else { continue }
      guard let level = line.value.flatMap({ Level(name: $0) }) else {
        throw BadSetting(line: line, expected: "off, warn or block")
      }
      levels[rule] = LevelSetting(level: level, origin: line.scope.rawValue)
    }
    configuredLevels = levels
    repository = Settings.repositoryName(in: config)
    var bets: [String: String] = [:]
    for line in config where line.key.hasPrefix("branch.") && line.key.hasSuffix(".bet") {
      bets[String(line.key.dropFirst("branch.".count).dropLast(".bet".count))] = line.value ?? ""
    }
    branchBets = bets
  }

  /// `lines` are those of the key, at least one.
  private static func value(of key: ConfigKey, in lines: [ConfigLine]) throws(BadSetting) -> Value? {
    guard let last = lines.last else { return nil }
    switch key.kind {
    case .patterns:
      // git's habit for lists: an empty value forgets what came before.
      let start = lines.lastIndex { ($0.value ?? "").isEmpty }.map { $0 + 1 } ?? 0
      return .patterns(lines[start...].compactMap { $0.value.map { BranchPattern($0) } })
    case .number(let range, let what):
      guard let number = last.value.flatMap({ Int($0) }), range.contains(number) else {
        let expected = "a number of \(what), \(range.lowerBound) to \(range.upperBound)"
        throw BadSetting(line: last, expected: expected)
      }
      return .number(number)
    case .truth: return .text(try truth(last) ? "true" : "false")
    case .word(let words):
      guard let value = last.value, words.contains(value) else {
        throw BadSetting(line: last, expected: words.sorted().joined(separator: " or "))
      }
      return .text(value)
    case .level, .text: return last.value.map { .text($0) }
    }
  }

  /// The patterns of a key; nil when it is not set and has no default.
  func patterns(_ key: ConfigKey) -> [BranchPattern]? {
    if case .patterns(let patterns) = values[key] { patterns } else { nil }
  }

  /// The number of a key that has a default.
  func number(_ key: ConfigKey) -> Int {
    if case .number(let number) = values[key] { number } else { 0 }
  }

  func text(_ key: ConfigKey) -> String? {
    if case .text(let text) = values[key] { text } else { nil }
  }

  /// `bet.repository`, else the last part of the URL of `origin` or the first remote; only for a shared ledger.
  ///
  /// Of itself, because the ledger can be read where another setting means nothing.
  package static func repositoryName(in config: [ConfigLine]) -> String? {
    func last(_ key: String) -> String? {
      config.last { $0.key == key }?.value.flatMap { $0.isEmpty ? nil : $0 }
    }
    guard last(ConfigKey.ledgerRemote.key) != nil else { return nil }
    if let name = last(ConfigKey.repository.key) { return name }
    let url =
      last("remote.origin.url")
      ?? config.first { $0.key.hasPrefix("remote.") && $0.key.hasSuffix(".url") }?.value
    // What stands before an `@` is a user, and may be a password.
    guard let part = url?.split(whereSeparator: { "/:\\@".contains($0) }).last else { return nil }
    let name = part.hasSuffix(".git") ? part.dropLast(4) : part
    return name.isEmpty || Text.hasControlCharacter(name) ? nil : String(name)
  }

  /// A truth value as git reads it; a key without a value is true.
  package static func truth(_ line: ConfigLine) throws(BadSetting) -> Bool {
    switch line.value?.lowercased() {
    case nil, "true"?, "yes"?, "on"?: return true
    case "false"?, "no"?, "off"?, ""?: return false
    case let text?:
      guard let number = Int(text) else { throw BadSetting(line: line, expected: "true or false") }
      return number != 0
    }
  }

  /// The level of a rule: configuration of this clone, over the ledger's policy, over the default.
  package func level(of rule: Rule, policy: [String: Level], for authority: Authority = .clone)
    -> LevelSetting
  {
    if authority == .clone, let setting = configuredLevels[rule] { return setting }
    if let level = policy[rule.name] { return LevelSetting(level: level, origin: "ledger") }
    return LevelSetting(level: rule.defaultLevel, origin: "default")
  }

  package func isDraft(_ branch: String) -> Bool { draftPatterns.contains { $0.matches(branch) } }
  package func isFeature(_ branch: String) -> Bool { featurePatterns.contains { $0.matches(branch) } }

  /// Whether a remote branch is what the world gets.
  ///
  /// A draft never is, whatever names it. `remoteHead` is the branch that home's HEAD names, when it is known here: one
  /// more beside the usual ones, because a HEAD that anybody can move here takes none of those away.
  package func isShip(_ branch: String, remoteHead: String?) -> Bool {
    if isDraft(branch) { return false }
    if let shipPatterns { return shipPatterns.contains { $0.matches(branch) } }
    return branch == remoteHead || Settings.mainBranches.contains(branch)
      || Settings.defaultReleasePattern.matches(branch)
  }
}

/// A configuration value that means nothing: nothing is decided on a guess.
package struct BadSetting: DiagnosticError, Hashable {
  package let line: ConfigLine
  package let expected: String

  package init(line: ConfigLine, expected: String) {
    self.line = line
    self.expected = expected
  }

  package var diagnostic: Diagnostic {
    let value = Text.printable(line.value ?? "")
    return Diagnostic(
      "bad-setting", "'\(Text.printable(line.key)) = \(value)' is not \(expected)",
      notes: ["it is set in the \(line.scope) configuration"],
      hints: line.scope == .command
        ? [] : ["git config --\(line.scope) --unset-all \(Text.shellQuoted(line.key))"])
  }
}
