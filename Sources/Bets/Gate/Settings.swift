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

  /// Whose word counts for the levels of the rules, and for what is judged.
  public enum Authority: Sendable {
    /// This clone's configuration, then the ledger's policy.
    case clone
    /// The ledger's policy alone: CI and the audit.
    case ledger
    /// The ledger's policy, and what the administrator of a server has configured: what is judged there, and levels that
    /// are higher.
    case server
  }

  /// A setting of this clone by which less is judged than by the ledger's.
  package struct Loosened: Hashable, Sendable {
    package let key: String
    package let value: String
    package let scope: ConfigLine.Scope

    /// What is so, in one line; the value is printable.
    package var sentence: String {
      let place = scope == .command ? "for this command" : "in the \(scope) configuration"
      return "\(key)=\(Text.printable(value, upTo: 80)) \(place) asks less than the ledger"
    }
  }

  package static let mainBranches = ["main", "master"]
  package static let defaultReleasePattern = BranchPattern("release/*")
  /// What ships where nothing is set and no HEAD is known.
  static let defaultShips = mainBranches + [defaultReleasePattern.text]

  /// What a key holds, read.
  private enum Value: Sendable {
    case patterns([BranchPattern])
    case number(Int)
    case text(String)

    /// As the ledger would have it.
    var shared: SharedValue {
      switch self {
      case .patterns(let patterns): .patterns(patterns.map(\.text))
      case .number(let number): .number(number)
      case .text(let text): .text(text)
      }
    }
  }

  private let values: [ConfigKey: Value]
  /// Where each value of a key comes from that decides what is judged: `default`, `ledger`, or git's scope.
  package let origins: [ConfigKey: String]
  private let configuredLevels: [Rule: LevelSetting]
  /// What this clone says otherwise than the ledger, and less strictly, levels aside.
  private let loosenedKeys: [Loosened]
  /// `branch.<name>.bet`: the bet that a branch was linked to here.
  package let branchBets: [String: String]
  /// What this repository is called in a ledger that several share; nil when it has one of its own.
  package let repository: String?

  /// Reads the sections `bet` and `branch`; the last value of a key wins, several make a list for patterns.
  ///
  /// `shared` is what the ledger says, by key. Of what decides what is judged the configuration counts over it, unless
  /// the ledger alone is the `authority`.
  package init(
    config: [ConfigLine], shared: [String: SharedValue] = [:], authority: Authority = .clone
  ) throws(BadSetting) {
    var values: [ConfigKey: Value] = [:]
    var origins: [ConfigKey: String] = [:]
    var loosened: [Loosened] = []
    // What signs is asked for with git's own key beside it, when something is written.
    for key in ConfigKey.all where key != .sign {
      let isShared = ConfigKey.shared.contains(key)
      let lines = isShared && authority == .ledger ? [] : config.filter { $0.key == key.key }
      let standard = shared[key.key]?.lines(of: key) ?? key.standardLines
      guard let last = lines.last ?? standard.last else { continue }
      let value = try Settings.value(of: key, in: lines.isEmpty ? standard : lines)
      values[key] = value
      guard isShared else { continue }
      origins[key] = lines.isEmpty ? "ledger" : last.scope.rawValue
      if let value, !lines.isEmpty, value.shared.loosens(shared[key.key], of: key.key) {
        loosened.append(Loosened(key: key.name, value: value.shared.description, scope: last.scope))
      }
    }
    for key in ConfigKey.shared where origins[key] == nil || origins[key] == "ledger" {
      origins[key] = shared[key.key].map { $0 == .standard ? "default" : "ledger" } ?? "default"
    }
    self.values = values
    self.origins = origins
    loosenedKeys = loosened
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
    let shared =
      policy[rule.name].map { LevelSetting(level: $0, origin: "ledger") }
      ?? LevelSetting(level: rule.defaultLevel, origin: "default")
    guard authority != .ledger, let own = configuredLevels[rule] else { return shared }
    return authority == .clone || own.level > shared.level ? own : shared
  }

  /// The value of a key that clones share, for people.
  package func told(_ key: ConfigKey) -> String { values[key]?.shared.description ?? "" }

  /// What this clone asks less than the ledger, in the order of the keys; a value that says the same is none of it.
  package func loosened(policy: [String: Level]) -> [Loosened] {
    loosenedKeys
      + Rule.all.compactMap { rule in
        guard let own = configuredLevels[rule], own.level < policy[rule.name] ?? rule.defaultLevel else {
          return nil
        }
        return Loosened(
          key: "bet.rule.\(rule.name)", value: own.level.name,
          scope: ConfigLine.Scope(rawValue: own.origin) ?? .local)
      }
  }

  package func isDraft(_ branch: String) -> Bool { draftPatterns.contains { $0.matches(branch) } }
  /// Whether a push ships nothing: to a draft branch, or to a review that says so.
  package func isDraft(_ update: RefUpdate) -> Bool {
    update.isPrivateReview || update.remoteBranch.map(isDraft) ?? false
  }

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

  /// Where ship branches may stand: by their names, and below these folders; the empty one is all there are.
  package func shipPlaces(remoteHead: String?) -> (names: Set<String>, folders: Set<String>) {
    let usual = Settings.mainBranches.map { BranchPattern($0) } + [Settings.defaultReleasePattern]
    let patterns = shipPatterns ?? usual
    var names = Set(patterns.filter(\.isName).map(\.text))
    if shipPatterns == nil, let remoteHead { names.insert(remoteHead) }
    return (names, Set(patterns.filter { !$0.isName }.map(\.folder)))
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
