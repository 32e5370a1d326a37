import GitFormats

/// What the gate is told by configuration and by the ledger's policy.
package struct Settings: Sendable {
  /// A rule's level and where it comes from: `default`, `ledger`, or git's scope (`local`, `command`, …).
  package struct LevelSetting: Hashable, Sendable {
    package let level: Level
    package let origin: String
    /// Set for this one command: it counts, and is named in every message.
    package var isForOneCommand: Bool { origin == "command" }
  }

  /// Whose word counts for the levels of the rules.
  package enum Authority: Sendable {
    /// The ledger's policy, then this clone's configuration.
    case clone
    /// The ledger's policy alone: CI, servers and the audit.
    case ledger
  }

  package static let defaultBranchPatterns = [
    "bet/{bet}", "bet/{bet}/*", "feature/{bet}", "feature/{bet}/*", "feat/{bet}", "feat/{bet}/*",
  ]
  package static let defaultFeaturePatterns = ["feature/*", "feat/*"]
  package static let defaultDraftPatterns = ["wip/*", "spike/*", "draft/*"]
  package static let defaultReleasePattern = BranchPattern("release/*")

  package let branchPatterns: [BranchPattern]
  package let featurePatterns: [BranchPattern]
  package let draftPatterns: [BranchPattern]
  /// Nil: the remote's HEAD branch, else `main` and `master`; and `release/*`.
  package let shipPatterns: [BranchPattern]?
  /// How many unvalidated layers work may rest on.
  package let depth: Int
  /// `bet.limit`: how many bets may be open before another one is started.
  package let limit: Int
  /// `bet.overlapIgnore`: files in which nobody's lines are looked for.
  package let overlapIgnored: [String]
  /// `branch.<name>.bet`: the bet that a branch was linked to here.
  package let branchBets: [String: String]
  /// `bet.checkBy`: when to look at a bet that does not say so itself.
  package let checkBy: String?
  /// What this repository is called in a ledger that several share; nil when it has one of its own.
  package let repository: String?
  /// `bet.sync`: commands that write the ledger exchange it right after.
  package let exchangesAfterWriting: Bool
  /// `bet.agents=allow`: what belongs to a person may be done in a coding agent's environment too.
  package let agentsMayDecide: Bool
  private let configuredLevels: [Rule: LevelSetting]

  /// Reads the sections `bet` and `branch`; the last value of a key wins, several make a list for patterns.
  package init(config: [ConfigLine]) throws(BadSetting) {
    func last(_ key: String) -> ConfigLine? { config.last { $0.key == key } }
    func patterns(_ key: String) -> [BranchPattern]? {
      let lines = config.filter { $0.key == key }
      guard !lines.isEmpty else { return nil }
      // git's habit for lists: an empty value forgets what came before.
      let start = lines.lastIndex { ($0.value ?? "").isEmpty }.map { $0 + 1 } ?? 0
      return lines[start...].compactMap { $0.value.map { BranchPattern($0) } }
    }
    branchPatterns = patterns("bet.branch") ?? Settings.defaultBranchPatterns.map { BranchPattern($0) }
    featurePatterns = patterns("bet.feature") ?? Settings.defaultFeaturePatterns.map { BranchPattern($0) }
    draftPatterns = patterns("bet.draft") ?? Settings.defaultDraftPatterns.map { BranchPattern($0) }
    shipPatterns = patterns("bet.ship")

    func number(_ key: String, default: Int, _ range: ClosedRange<Int>, _ what: String) throws(BadSetting)
      -> Int
    {
      guard let line = last(key) else { return `default` }
      guard let number = line.value.flatMap({ Int($0) }), range.contains(number) else {
        throw BadSetting(
          line: line, expected: "a number of \(what), \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    depth = try number("bet.depth", default: 0, 0...1000, "layers")
    limit = try number("bet.limit", default: 3, 0...100_000, "bets")
    overlapIgnored = patterns("bet.overlapignore")?.map(\.text) ?? []
    var levels: [Rule: LevelSetting] = [:]
    for rule in Rule.allCases {
      guard let line = last("bet.rule.\(rule.rawValue)") else { continue }
      guard let level = line.value.flatMap({ Level(name: $0) }) else {
        throw BadSetting(line: line, expected: "off, warn or block")
      }
      levels[rule] = LevelSetting(level: level, origin: line.scope.rawValue)
    }
    configuredLevels = levels
    checkBy = last("bet.checkby")?.value
    repository = Settings.repositoryName(in: config)
    exchangesAfterWriting = try last("bet.sync").map(Settings.truth) ?? false
    if let line = last("bet.agents") {
      guard let value = line.value, ["allow", "refuse"].contains(value) else {
        throw BadSetting(line: line, expected: "allow or refuse")
      }
      agentsMayDecide = value == "allow"
    } else {
      agentsMayDecide = false
    }

    var bets: [String: String] = [:]
    for line in config where line.key.hasPrefix("branch.") && line.key.hasSuffix(".bet") {
      bets[String(line.key.dropFirst("branch.".count).dropLast(".bet".count))] = line.value ?? ""
    }
    branchBets = bets
  }

  /// `bet.repository`, else the last part of the URL of `origin` or the first remote; only for a shared ledger.
  ///
  /// Of itself, because the ledger can be read where another setting means nothing.
  package static func repositoryName(in config: [ConfigLine]) -> String? {
    func last(_ key: String) -> String? {
      config.last { $0.key == key }?.value.flatMap { $0.isEmpty ? nil : $0 }
    }
    guard last("bet.ledgerremote") != nil else { return nil }
    if let name = last("bet.repository") { return name }
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
    if let level = policy[rule.rawValue] { return LevelSetting(level: level, origin: "ledger") }
    return LevelSetting(level: rule.defaultLevel, origin: "default")
  }

  package func isDraft(_ branch: String) -> Bool { draftPatterns.contains { $0.matches(branch) } }
  package func isFeature(_ branch: String) -> Bool { featurePatterns.contains { $0.matches(branch) } }

  /// Whether a remote branch is what the world gets.
  ///
  /// `remoteHead` is the branch that the remote's HEAD names, when it is known here.
  package func isShip(_ branch: String, remoteHead: String?) -> Bool {
    if let shipPatterns { return shipPatterns.contains { $0.matches(branch) } }
    if let remoteHead {
      if branch == remoteHead { return true }
    } else if ["main", "master"].contains(branch) {
      return true
    }
    return Settings.defaultReleasePattern.matches(branch)
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
