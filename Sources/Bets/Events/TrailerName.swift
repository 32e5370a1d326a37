import GitFormats

/// The trailers that an event may carry, and what each may hold.
///
/// The table of the ledger's specification, as code: whether a trailer repeats, and which values are well formed.
/// Reading and writing ask the same questions, so nothing is written that would be damaged when read.
package enum TrailerName: String, CaseIterable, Hashable, Sendable {
  case event = "Event"
  case bet = "Bet"
  case seq = "Seq"
  case ledgerVersion = "Ledger-Version"
  case agent = "Agent"

  /// On `amended`: what the title is from now on. A declaration's is its subject.
  case title = "Title"
  case `if` = "If"
  case expect = "Expect"
  case because = "Because"
  case metric = "Metric"
  case baseline = "Baseline"
  case target = "Target"
  case kill = "Kill"
  case checkBy = "Check-By"
  case instrument = "Instrument"
  case buildsOn = "Builds-On"
  case independentOf = "Independent-Of"
  case appetite = "Appetite"
  case outcome = "Outcome"
  case reach = "Reach"
  case impact = "Impact"
  case confidence = "Confidence"
  case effort = "Effort"

  case weight = "Weight"
  case source = "Source"
  case value = "Value"
  case on = "On"

  case verdict = "Verdict"
  case evidence = "Evidence"
  case learned = "Learned"
  case decision = "Decision"

  case branch = "Branch"
  case commit = "Commit"
  case contested = "Contested"
  /// Where a branch or commit is, when several repositories share one ledger.
  case repository = "Repository"

  case `for` = "For"
  case rule = "Rule"
  case blockedBy = "Blocked-By"
  case until = "Until"
  case override = "Override"
  /// What an override was given for: each commit with its change, tree and change of the whole, and what it stood on. A
  /// link of commits keeps what each of them changes in the same form.
  case covers = "Covers"
  case tree = "Tree"
  case change = "Change"
  case base = "Base"

  private static let bySpelling = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
  private static let byLowerCase = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })

  /// Finds the trailer of that key, in any case, as git compares keys.
  package init?(key: String) {
    guard let name = TrailerName.bySpelling[key] ?? TrailerName.byLowerCase[key.lowercased()] else {
      return nil
    }
    self = name
  }

  /// What a bet claims: the trailers of `declared` and `amended`, in the order in which they are written.
  package static let claim: [TrailerName] = [
    .if, .expect, .because, .metric, .baseline, .target, .kill, .checkBy, .instrument, .buildsOn,
    .independentOf, .appetite, .outcome, .reach, .impact, .confidence, .effort,
  ]

  /// Changing one of these after the fact is listed as a moved goalpost for ever.
  package static let goalposts: Set<TrailerName> = [.expect, .metric, .target, .kill, .checkBy]

  /// Whether it says where an event belongs and how it was written, not what happened.
  var isEnvelope: Bool {
    switch self {
    case .event, .bet, .seq, .ledgerVersion, .agent: true
    default: false
    }
  }

  package var repeats: Bool {
    switch self {
    case .instrument, .buildsOn, .independentOf, .evidence, .commit, .contested, .rule, .blockedBy, .covers,
      .base:
      true
    default: false
    }
  }

  /// What a value must look like, in words; nil when the value is well formed.
  func objection(to value: String) -> String? {
    switch self {
    case .checkBy, .on, .until:
      Day(value) == nil ? "a date like 2026-12-15" : nil
    case .buildsOn, .independentOf, .blockedBy:
      BetID(ifValid: value) == nil ? "the id of a bet" : nil
    case .for:
      value == "none" || BetID(ifValid: value) != nil ? nil : "the id of a bet, or none"
    case .target, .kill:
      Threshold.isStored(value) ? nil : "a comparison and a number, like '>= 2.6' or '< 40 %'"
    case .value, .baseline, .reach, .impact, .effort:
      Quantity.number(value) == nil ? "a decimal number, like 2.1" : nil
    case .confidence:
      Quantity.number(value.hasSuffix("%") ? Text.trimmed(value.dropLast()) : value) == nil
        ? "a number, like 80 %" : nil
    case .weight:
      ["1", "2", "3"].contains(value) ? nil : "1, 2 or 3"
    case .appetite:
      Appetite(value) != nil ? nil : "a number of commits or lines, like '15 commits'"
    case .verdict:
      Verdict(rawValue: value) == nil ? "validated, invalidated, inconclusive or abandoned" : nil
    case .covers:
      CoveredCommit(value) == nil
        ? "a full object id, that of its change, and its author's seconds since 1970" : nil
    case .commit, .override, .tree, .change, .base:
      ObjectID(hex: value) == nil ? "a full object id" : nil
    default:
      nil
    }
  }
}
