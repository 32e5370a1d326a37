import GitFormats

extension Rule {
  /// An open bet's work goes to a ship branch, and a string by which its effect is measured is nowhere in the tree.
  ///
  /// Only warns where the bet declares none, or none could be looked for: there is nothing to hold the work against.
  package static let instrument = Rule(
    "instrument", .block,
    when:
      "an open bet's work ships, but what it is measured by is nowhere in the code; only warns when the bet names nothing",
    asks: [.instruments]
  ) { inquiry in
    guard inquiry.work.isShip, inquiry.isBuilding, let bet = inquiry.openBet,
      let answers = inquiry.work.facts.instruments[bet.id]
    else { return nil }
    let missing = answers.filter { $0.value == .missing }.keys.sorted()
    let unknown = answers.compactMapValues { if case .unknown(let why) = $0 { why } else { nil } }
    guard answers.isEmpty || !missing.isEmpty || !unknown.isEmpty else { return nil }
    let details =
      (missing.isEmpty ? [] : ["looked for as it is written, in every file but documentation"])
      + unknown.sorted { $0.key < $1.key }.prefix(3).map { text, why in
        let reason = Text.printable(why.prefix { $0 != "\n" }, upTo: 200)
        return "'\(Text.printable(text, upTo: 80))' was not looked for: \(reason)"
      }
    return inquiry.objection(
      to: bet, sentence(inquiry.subject, missing: missing, isUnknown: !unknown.isEmpty), details: details,
      atMost: missing.isEmpty ? .warn : .block,
      ways: { _ in
        waysOn(bet, missing: missing, unknown: unknown.keys.min(), tip: inquiry.work.update.localID)
      })
  }

  private static func sentence(_ subject: String, missing: [String], isUnknown: Bool) -> String {
    guard missing.isEmpty else {
      let shown = missing.prefix(3).map { "'\(Text.printable($0, upTo: 80))'" }.joined(separator: ", ")
      return
        "\(subject) would ship unmeasured: \(shown) \(missing.count == 1 ? "is" : "are") nowhere in the tree"
    }
    return isUnknown
      ? "whether \(subject) is measured could not be looked up"
      : "\(subject) declares nothing to measure it by, so nothing will be learned from shipping it"
  }

  private static func waysOn(_ bet: Bet, missing: [String], unknown: String?, tip: ObjectID) -> [Way] {
    var ways: [Way] = []
    if missing.isEmpty, unknown == nil {
      ways.append(
        Way(
          "say what it is measured by, as it stands in the code:",
          "git bet amend \(bet.id) --instrument 'what_is_counted'"))
    }
    ways += missing.prefix(3).map {
      Way(
        "put it where the effect can be counted, commit, and see:", "git grep -F -e \(Text.shellQuoted($0))")
    }
    if !missing.isEmpty {
      // A named field is replaced whole: those that were not missing stay.
      let others = bet.instruments.filter { !missing.contains($0) }
      let flags = (others.map { Text.shellQuoted($0) } + ["'its name in the code'"]).map {
        "--instrument \($0)"
      }
      ways.append(
        Way("it is called something else now:", "git bet amend \(bet.id) \(flags.joined(separator: " "))"))
    }
    if let unknown {
      ways.append(
        Way(
          "look for it yourself; in a partial clone that fetches what is not here:",
          "git grep -F -e \(Text.shellQuoted(unknown)) \(tip.short)"))
    }
    return ways
  }
}
