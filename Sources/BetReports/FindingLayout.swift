import Bets

/// A finding laid out for people: every report takes its words from here, so that all say the same of it.
///
/// Every foreign text in it is printable and bounded.
package struct FindingLayout: Sendable {
  /// A bet in the way: what it claims, and how it stands.
  package struct BetLines: Sendable {
    package let name: String
    package let title: String
    /// Its state and dates: `open, 3 days old, check by 2026-12-15`.
    package let facts: String
    package let claim: String
    /// The last reading, and the target; nil when the bet is decided and nothing was ever read.
    package let reading: String?
    /// From the work down to it, or round its loop; nil when it is the next one.
    package let path: String?
  }

  package let severity: Diagnostic.Severity
  package let rule: String
  /// What is so, in one line.
  package let sentence: String
  /// What goes where: `bet/ranking → main, 1 commit, by the branch's name`.
  package let route: String
  /// The commits, each with its first ten digits.
  package let commits: [(id: String, title: String)]
  /// What the rule found out, one line for each part.
  package let details: [String]
  package let bets: [BetLines]
  /// What clones say differently about the bets, the first of them.
  package let disputes: [Dispute]
  /// Why it stops nothing although it could, and what was set for this one command.
  package let notes: [String]

  /// Two bets that were declared under one id disagree in every field.
  static let mostDisputes = 3
  private static let mostBets = 5

  package init(_ finding: Finding, _ bets: [BetID: Bet], on today: Day) {
    severity = finding.severity
    rule = finding.rule.name
    sentence = finding.sentence
    let source = finding.link.map { ", by \($0.source.words)" } ?? ""
    let ref = Words.ref(finding.update.remoteRef)
    route = "\(Words.plain(finding.work)) → \(ref), \(finding.commits.count.of("commit"))\(source)"
    commits = finding.commits.map { ($0.id.short, Words.plain($0.title, upTo: 200)) }
    details = finding.details + finding.doubts.prefix(5).map(\.line)
    // What relies on a verdict that nobody vouches for is told by the event, not by the bet.
    let shown = finding.rule == .unsigned ? [] : finding.blockers.prefix(FindingLayout.mostBets)
    self.bets = shown.compactMap { BetLines($0, of: finding, bets, on: today) }
    disputes = Array(finding.disputes(bets).prefix(FindingLayout.mostDisputes))
    notes = finding.notes
  }

  /// All of it, one line for each part; no more commits than `mostCommits`.
  func lines(mostCommits: Int = 10) -> [String] {
    var lines = ["work: \(route)"]
    lines += commits.prefix(mostCommits).map { "commit \($0.id): \(Words.bounded($0.title, 72))" }
    if commits.count > mostCommits {
      lines.append("… and \((commits.count - mostCommits).of("more commit"))")
    }
    for bet in bets {
      lines.append("bet \(bet.name): \(bet.title) (\(bet.facts))")
      lines.append("claim: \(bet.claim)")
      lines += [bet.reading, bet.path].compactMap(\.self)
    }
    for dispute in disputes {
      lines.append(
        "contested \(dispute.subject) of \(dispute.bet): \(dispute.sides.prefix(4).joined(separator: " | "))")
    }
    return lines + details + notes
  }
}

extension FindingLayout.BetLines {
  /// Nil for what is not declared: the sentence says so.
  fileprivate init?(
    _ blocker: Finding.Blocker, of finding: Finding, _ bets: [BetID: Bet], on today: Day
  ) {
    guard let id = blocker.bet.id, let bet = bets[id] else { return nil }
    name = id.name
    title = Words.plain(bet.title, upTo: 100)
    facts = Words.facts(of: bet, blocker.state, on: today)
    claim = Words.plain(bet.sentence, upTo: 300)
    let target = bet.first(.target).map { ", target \(Words.plain($0))" } ?? ""
    if let last = bet.lastObservation {
      reading = "last observed: \(Words.plain(last.text)) on \(last.day)\(target)"
    } else {
      reading = bet.state.isUndecided ? "nothing observed yet\(target)" : nil
    }
    if !blocker.loop.isEmpty {
      path = "it rests on itself: \(Words.path(blocker.loop))"
    } else if blocker.path.count > 1 {
      path = Words.path([finding.bet?.id].compactMap(\.self) + blocker.path)
    } else {
      path = nil
    }
  }
}

extension Finding {
  /// What it does to the work: `error` stops it, a `note` was let through on purpose.
  package var severity: Diagnostic.Severity {
    if blocks { return .error }
    return override != nil || isDraft || level.level == .off ? .note : .warning
  }

  fileprivate var notes: [String] {
    var notes: [String] = []
    if level.isForOneCommand { notes.append("the level '\(level.level.name)' was set for this command only") }
    if let override {
      let until = override.until.map { " until \($0)" } ?? ""
      let who = "\(Words.plain(override.author, upTo: 100)) on \(Day(secondsSince1970: override.time))"
      let reason = Words.plain(override.shortReason, upTo: 200)
      let more = override.until == nil ? "" : " (git bet override --list)"
      notes.append("overridden\(until) by \(who): \(reason)\(more)")
    } else if isDraft {
      notes.append("a draft branch may carry it; it will be stopped on its way to a ship branch")
    } else if let former {
      notes.append(former.words(on: commits))
    }
    return notes
  }
}

extension Override {
  /// Why it does not let these commits through.
  fileprivate func words(on commits: [WorkCommit]) -> String {
    let who = "the override by \(Words.plain(author, upTo: 100)) of \(Day(secondsSince1970: time))"
    guard let until else {
      return "\(who) covers \(tip.short) and nothing on top of it; with --until DATE one stands"
    }
    return "\(who) is for work of its branch until \(until)"
  }
}

extension BranchLink.Source {
  fileprivate var words: String {
    switch self {
    case .config: "the branch's configuration"
    case .ledger: "a link in the ledger"
    case .name: "the branch's name"
    }
  }
}

extension Doubt {
  /// The event, who wrote it by its own word, and what is wrong with its signature.
  var line: String {
    let who = "\(Words.plain(reliance.author)) <\(Words.plain(reliance.email))>"
    let day = Day(secondsSince1970: reliance.time)
    return "event \(reliance.event.short), \(reliance.name) by \(who) on \(day): \(trust.sentence)"
  }
}
