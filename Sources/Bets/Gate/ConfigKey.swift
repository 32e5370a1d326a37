import GitFormats

/// A key of git's configuration that is read here: its type, its default and what it is for.
///
/// The manual page is held against this list in both directions. What a key says here and now is asked of ``Settings``,
/// at the end of this file.
package struct ConfigKey: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Several lines make a list.
    case patterns
    case number(ClosedRange<Int>, of: String)
    case truth
    case word([String])
    case level
    case text
  }

  /// As people write it; a part in angle brackets stands for any name.
  package let name: String
  package let kind: Kind
  /// What holds where nothing is set; nil for nothing.
  package let standard: [String]?
  /// One sentence, for people.
  package let purpose: String

  /// As git lists it: section and name in lower case.
  package var key: String { name.lowercased() }

  private init(_ name: String, _ kind: Kind, default standard: [String]? = nil, purpose: String) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.purpose = purpose
  }

  /// A key is its name: the settings are looked up by it at every push.
  package static func == (left: ConfigKey, right: ConfigKey) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  package static let branch = ConfigKey(
    "bet.branch", .patterns,
    default: ["bet/{bet}", "bet/{bet}/*", "feature/{bet}", "feature/{bet}/*", "feat/{bet}", "feat/{bet}/*"],
    purpose: "Branch names that say which bet they belong to.")
  package static let feature = ConfigKey(
    "bet.feature", .patterns, default: ["feature/*", "feat/*"],
    purpose: "Feature branches: work there must belong to a bet.")
  package static let draft = ConfigKey(
    "bet.draft", .patterns, default: ["wip/*", "spike/*", "draft/*"],
    purpose: "Remote branches that ship nothing: findings are notes there.")
  package static let ship = ConfigKey("bet.ship", .patterns, purpose: "Remote branches that ship.")
  package static let home = ConfigKey(
    "bet.home", .text, purpose: "The remote whose ship branches say what has shipped.")
  package static let depth = ConfigKey(
    "bet.depth", .number(0...1000, of: "layers"), default: ["0"],
    purpose: "How many layers of unvalidated bets may rest on each other.")
  package static let limit = ConfigKey(
    "bet.limit", .number(0...100_000, of: "bets"), default: ["3"],
    purpose: "How many bets may be open when work of another one begins")
  package static let overlapIgnore = ConfigKey(
    "bet.overlapIgnore", .patterns, purpose: "Files in which the rule overlap looks for nobody's lines")
  package static let rule = ConfigKey(
    "bet.rule.<rule>", .level, purpose: "block, warn or off, in this clone alone")
  package static let agents = ConfigKey(
    "bet.agents", .word(["refuse", "allow"]), default: ["refuse"],
    purpose: "In the environment of a coding agent, told by the variables that agents set")
  package static let checkBy = ConfigKey(
    "bet.checkBy", .text, purpose: "When to look at a bet that was declared without --check-by")
  package static let sync = ConfigKey(
    "bet.sync", .truth, default: ["false"], purpose: "When true, commands that write the ledger")
  package static let ledgerRemote = ConfigKey(
    "bet.ledgerRemote", .text, purpose: "One ledger for several repositories: a remote's name, or a URL.")
  package static let repository = ConfigKey(
    "bet.repository", .text, purpose: "What this repository is called in a shared ledger.")
  package static let ledgerBranch = ConfigKey(
    "bet.ledgerBranch", .text,
    purpose: "A branch that carries the ledger, for hosts that take nothing but branches and tags")
  package static let sign = ConfigKey("bet.sign", .truth, purpose: "Whether events are signed")
  package static let branchBet = ConfigKey("branch.<name>.bet", .text, purpose: "The bet of a branch")

  package static let all: [ConfigKey] = [
    branch, feature, draft, ship, home, depth, limit, overlapIgnore, rule, agents, checkBy, sync,
    ledgerRemote,
    repository, ledgerBranch, sign, branchBet,
  ]
}

extension ConfigKey {
  /// Those that decide what is judged: the ledger's word is every clone's, CI's and the audit's.
  package static let shared: [ConfigKey] = [ship, draft, feature, branch, depth, limit, home]

  /// The one of them with that name, in any case.
  package static func sharedKey(_ name: String) -> ConfigKey? {
    let name = name.lowercased()
    return shared.first { $0.key == name }
  }
}

// MARK: What the keys say here

extension Settings {
  package var branchPatterns: [BranchPattern] { patterns(.branch) ?? [] }
  package var featurePatterns: [BranchPattern] { patterns(.feature) ?? [] }
  package var draftPatterns: [BranchPattern] { patterns(.draft) ?? [] }
  /// Nil: the remote's HEAD branch, `main`, `master` and `release/*`.
  package var shipPatterns: [BranchPattern]? { patterns(.ship) }
  /// The remote whose ship branches say what has shipped; nil where nobody has chosen one.
  package var home: String? { text(.home) }
  /// How many unvalidated layers work may rest on.
  package var depth: Int { number(.depth) }
  /// How many bets may be open before another one is started.
  package var limit: Int { number(.limit) }
  /// Files in which nobody's lines are looked for.
  package var overlapIgnored: [String] { patterns(.overlapIgnore)?.map(\.text) ?? [] }
  /// When to look at a bet that does not say so itself.
  package var checkBy: String? { text(.checkBy) }
  /// Whether commands that write the ledger exchange it right after.
  package var exchangesAfterWriting: Bool { text(.sync) == "true" }
  /// Whether what belongs to a person may be done in a coding agent's environment too.
  package var agentsMayDecide: Bool { text(.agents) == "allow" }
}
