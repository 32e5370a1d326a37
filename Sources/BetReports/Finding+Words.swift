import Bets
import GitFormats

extension Finding {
  /// What it does to the work: `error` stops it, a `note` was let through on purpose.
  package var severity: Diagnostic.Severity {
    if blocks { return .error }
    return override != nil || isDraft || level.level == .off ? .note : .warning
  }

  /// What is so, in one line; every foreign text in it is printable.
  package var sentence: String {
    let names = blockers.map { "'\(Text.printable($0.bet.description))'" }.joined(separator: ", ")
    let subject = bet.map { "'\(Text.printable($0.description))'" } ?? "'\(Text.printable(work))'"
    let isOne = blockers.count == 1
    let states = Set(blockers.compactMap { $0.state?.rawValue }).sorted().joined(separator: " or ")
    switch rule {
    case .lost where isOne && blockers[0].bet == bet: return "\(names) is \(states)"
    case .followOn, .lost: return "\(subject) rests on \(names), which \(isOne ? "is" : "are") \(states)"
    case .undeclared: return "\(names) \(isOne ? "is not a declared bet" : "are not declared bets")"
    case .unlinked:
      let verb = commits.count == 1 ? "belongs" : "belong"
      return
        "\(commits.count.of("commit")) of the feature branch '\(Text.printable(work))' \(verb) to no bet"
    case .instrument: return instrumentSentence(subject)
    case .overlap where blockers.isEmpty:
      return "whose lines \(subject) rewrites could not be looked up in full"
    case .overlap:
      return "\(subject) rewrites lines of \(names), and does not build on \(isOne ? "it" : "them")"
    case .overdue: return "\(subject) is past its check-by date and still \(states)"
    case .appetite:
      guard case .appetite(let usage, let appetite) = matter else { return "\(subject) exceeds its appetite" }
      return
        "\(subject) has used \(usage.used(of: appetite.unit)) \(appetite.unit.rawValue), and is worth \(appetite)"
    case .limit:
      guard case .limit(let open, let allowed) = matter else { return "\(subject) is one bet too many" }
      return "\(subject) is started while \(open.of("bet")) are open, and \(allowed) may be"
    case .unsigned:
      let more = doubts.count > 1 ? " (and \((doubts.count - 1).of("more event")))" : ""
      return "\(subject) relies on \(doubts.first?.sentence ?? "nothing")\(more)"
    }
  }

  private func instrumentSentence(_ subject: String) -> String {
    guard case .instruments(let missing, let unknown) = matter else { return "\(subject) is not measured" }
    if !missing.isEmpty {
      let shown = missing.prefix(3).map { "'\(Words.plain($0, upTo: 80))'" }.joined(separator: ", ")
      return
        "\(subject) would ship unmeasured: \(shown) \(missing.count == 1 ? "is" : "are") nowhere in the tree"
    }
    return unknown.isEmpty
      ? "\(subject) declares nothing to measure it by, so nothing will be learned from shipping it"
      : "whether \(subject) is measured could not be looked up"
  }

  /// What a rule found out, one line for each part; every foreign text is printable.
  package var matterLines: [String] {
    switch matter {
    case .none, .appetite, .limit: return []
    case .instruments(let missing, let unknown):
      return (missing.isEmpty ? [] : ["looked for as it is written, in every file but documentation"])
        + unknown.sorted { $0.key < $1.key }.prefix(3).map {
          "'\(Words.plain($0, upTo: 80))' was not looked for: \(Words.plain($1.prefix { $0 != "\n" }, upTo: 200))"
        }
    case .overlap(let files, let unjudged):
      return files.prefix(5).map {
        "\(Words.plain($0.path, upTo: 120)): \($0.lines.of("line")) of '\($0.bet)'"
      }
        + (files.count > 5 ? ["… and \((files.count - 5).of("more file"))"] : [])
        + unjudged.prefix(3).map { "not looked at: \(Words.plain($0, upTo: 160))" }
    }
  }

  /// Where it goes, the commits, the bets in the way, and why it is let through: one line each.
  ///
  /// Every foreign text is printable and stands behind words of ours; at most 10 commits and 5 bets are named.
  func details(_ bets: [BetID: Bet], on today: Day) -> [String] {
    let (ref, work) = (Words.ref(update.remoteRef), Words.plain(self.work))
    var lines = ["work: \(work) → \(ref), \(commits.count.of("commit"))"]
    for commit in commits.prefix(10) {
      lines.append("commit \(commit.id.short): \(Words.plain(commit.title, upTo: 72))")
    }
    if commits.count > 10 { lines.append("… and \((commits.count - 10).of("more commit"))") }
    for blocker in blockers.prefix(5) {
      lines.append("bet \(Words.blocker(blocker, bets, on: today))")
      guard let bet = blocker.bet.id.flatMap({ bets[$0] }) else { continue }
      lines.append("claim: \(Words.plain(bet.sentence, upTo: 300))")
    }
    if blockers.count > 5 { lines.append("… and \((blockers.count - 5).of("more bet"))") }
    for dispute in disputes(bets).prefix(3) {
      lines.append(
        "contested \(dispute.subject) of \(dispute.bet): \(dispute.sides.prefix(4).joined(separator: " | "))")
    }
    lines += doubts.prefix(5).map(\.line) + matterLines
    if let reason = passedBecause { lines.append(reason) }
    return lines
  }

  /// Why it stops nothing here although its level is `block`; nil when it is not so.
  var passedBecause: String? {
    if let override {
      let until = override.until.map { " until \($0)" } ?? ""
      let reason = Words.plain(override.reason.prefix { $0 != "\n" }, upTo: 200)
      return "overridden\(until) by \(Words.plain(override.author, upTo: 100)): \(reason)"
    }
    return isDraft ? "a draft branch may carry it" : nil
  }
}

extension Doubt {
  /// The event, who wrote it by its own word, and what is wrong with its signature.
  package var line: String {
    let who = "\(Words.plain(reliance.author)) <\(Words.plain(reliance.email))>"
    return
      "event \(reliance.event.short), \(reliance.name) by \(who) on \(Day(secondsSince1970: reliance.time)): \(trust.sentence)"
  }
}

extension Remark {
  /// What is so, in one line; the foreign text in it is printable.
  var sentence: String {
    let value = Words.plain(trailer.value, upTo: 60)
    return switch kind {
    case .buried: "commit \(commit.id.short) names '\(value)' outside its trailers; it counts"
    case .stray:
      "commit \(commit.id.short): 'Bet: \(value)' on line \(trailer.line) is no trailer and does not count"
    }
  }
}

/// Foreign text in words of ours.
enum Words {
  /// Makes a foreign text printable and bounds it, in scalars: a single character may be of any length.
  static func plain(_ text: some StringProtocol, upTo limit: Int = 120) -> String {
    let scalars = text.unicodeScalars.prefix(limit)
    let isWhole = scalars.endIndex == text.unicodeScalars.endIndex
    return Text.printable(String(String.UnicodeScalarView(scalars))) + (isWhole ? "" : "…")
  }

  /// A ref as people call it.
  static func ref(_ ref: String) -> String {
    plain(RefUpdate.branch(ref) ?? (ref.hasPrefix("refs/") ? String(ref.dropFirst(5)) : ref))
  }

  /// A bet in the way with its title, state and dates.
  static func blocker(_ blocker: Finding.Blocker, _ bets: [BetID: Bet], on today: Day) -> String {
    let name = plain(blocker.bet.description)
    guard let bet = blocker.bet.id.flatMap({ bets[$0] }) else { return "\(name): not declared" }
    return "\(name): \(plain(bet.title, upTo: 100)) (\(facts(of: bet, blocker.state, on: today)))"
  }

  /// A bet's state and dates: nothing foreign.
  static func facts(of bet: Bet, _ state: Bet.State?, on today: Day) -> String {
    var facts = [(state ?? bet.state).rawValue]
    let age = max(0, today - Day(secondsSince1970: bet.declaredAt))
    facts.append(age == 0 ? "declared today" : "\(age.of("day")) old")
    if bet.state.isUndecided, let check = bet.checkBy {
      facts.append(bet.isOverdue(on: today) ? "overdue since \(check)" : "check by \(check)")
    }
    return facts.joined(separator: ", ")
  }
}

extension Int {
  /// `1 commit`, `2 commits`.
  func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
