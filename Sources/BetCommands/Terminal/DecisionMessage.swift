import BetLedger
import BetReports
import Bets
import GitFormats

/// The decision in words: what was stopped, why we think so, and the ways on as commands that can be pasted.
///
/// Every text from commits, refs or the ledger is made printable here.
struct DecisionMessage {
  let decision: Decision
  /// The name of the remote, or the URL that was typed; nil when there is none.
  let remote: String?
  /// Whether a push is waiting for the answer.
  let isPush: Bool
  let today: Day
  /// Where drafts live, as `wip/`; nil when no pattern names a folder.
  var draftFolder: String?
  /// What work without a bet may belong to.
  var openBets: [BetID] = []
  /// What has to go along with a push when the answer comes from a server, as it is typed.
  var ledgerRefspec: String?
  /// Declared ids that are at hand, for near misses.
  var nearby: [BetID] = []

  func print(to terminal: Terminal) {
    let blocking = decision.findings.filter(\.blocks)
    if !blocking.isEmpty {
      let refs = Set(blocking.map(\.update.remoteRef)).sorted().map { shortRef($0) }.joined(separator: ", ")
      terminal.line(
        "\(terminal.style("git bet:", .bold)) \(isPush ? "not pushed" : "would be stopped"): \(refs)")
      terminal.line()
    }
    for finding in decision.findings { show(finding, terminal) }
    for remark in decision.remarks { show(remark, terminal) }
    if !blocking.isEmpty { showWaysOn(blocking, terminal) }
  }

  // MARK: Findings

  /// Two bets that were declared under one id disagree in every field.
  static let mostDisputes = 3

  private func show(_ finding: Finding, _ terminal: Terminal) {
    terminal.show(Diagnostic(finding.rule.rawValue, finding.sentence, severity: finding.severity))
    let source = finding.link.map { ", by \(linkSource($0))" } ?? ""
    terminal.line(
      "  \(Text.printable(finding.work)) → \(shortRef(finding.update.remoteRef)), \(count(finding.commits.count, "commit"))\(source)"
    )
    for commit in finding.commits.prefix(3) {
      terminal.line(
        "    \(terminal.style(commit.id.short, .yellow)) \(terminal.cut(Text.printable(commit.title), used: 16))"
      )
    }
    if finding.commits.count > 3 { terminal.line("    … and \(finding.commits.count - 3) more") }
    for line in finding.matterLines { terminal.line("  " + terminal.wrapped(line, indent: 4, first: 2)) }
    for doubt in finding.doubts { terminal.line("  " + terminal.wrapped(doubt.line, indent: 4, first: 2)) }
    for blocker in finding.blockers where finding.rule != .unsigned { show(blocker, of: finding, terminal) }
    for dispute in finding.disputes(decision.bets).prefix(DecisionMessage.mostDisputes) {
      terminal.line("  contested \(dispute.subject) of '\(dispute.bet)':")
      for side in dispute.sides.prefix(4) {
        terminal.line("    " + terminal.wrapped(side, indent: 6, first: 4))
      }
    }
    if finding.level.isForOneCommand {
      terminal.line("  the level '\(finding.level.level.name)' was set for this command only")
    }
    if let override = finding.override {
      let until = override.until.map { " until \($0)" } ?? ""
      terminal.line(
        "  overridden\(until) by \(Text.printable(override.author)) on \(Day(secondsSince1970: override.time)): \(Text.printable(firstLine(override.reason)))"
      )
    } else if finding.isDraft {
      terminal.line("  a draft branch may carry it; it will be stopped on its way to a ship branch")
    }
    // What stops nothing has no place among the ways on.
    if finding.severity == .warning {
      waysOn(fromProgress: finding) { _, command in
        terminal.line("  \(terminal.style("hint:", .cyan)) \(Text.printable(command))")
      }
    }
    terminal.line()
  }

  private func show(_ blocker: Finding.Blocker, of finding: Finding, _ terminal: Terminal) {
    guard let id = blocker.bet.id, let bet = decision.bets[id] else { return }
    var facts = [blocker.state?.rawValue ?? bet.state.rawValue]
    let age = max(0, today - Day(secondsSince1970: bet.declaredAt))
    facts.append(age == 0 ? "declared today" : "\(count(age, "day")) old")
    if bet.state.isUndecided, let check = bet.checkBy {
      facts.append(bet.isOverdue(on: today) ? "overdue since \(check)" : "check by \(check)")
    }
    terminal.line(
      "  \(terminal.style(id.name, .bold)): \(Text.printable(bet.title)) (\(facts.joined(separator: ", ")))")
    terminal.line("    " + terminal.wrapped(Text.printable(bet.sentence), indent: 4))
    if let last = bet.lastObservation {
      let target = bet.first(.target).map { ", target \(Text.printable($0))" } ?? ""
      terminal.line("    last observed: \(last.text) on \(last.day)\(target)")
    } else if bet.state.isUndecided {
      terminal.line(
        "    nothing observed yet\(bet.first(.target).map { ", target \(Text.printable($0))" } ?? "")")
    }
    if !blocker.loop.isEmpty {
      terminal.line("    it rests on itself: \(blocker.loop.map(\.name).joined(separator: " → "))")
    } else if blocker.path.count > 1 {
      let start = finding.bet?.id.map { [$0.name] } ?? []
      terminal.line("    \((start + blocker.path.map(\.name)).joined(separator: " → "))")
    }
  }

  private func linkSource(_ link: BranchLink) -> String {
    switch link.source {
    case .config: "the branch's configuration"
    case .ledger: "a link in the ledger"
    case .name: "the branch's name"
    }
  }

  private func show(_ remark: Remark, _ terminal: Terminal) {
    let value = Text.printable(remark.trailer.value.shortened(to: 60))
    let message =
      remark.kind == .buried
      ? "commit \(remark.commit.id.short) names '\(value)' outside its trailers; it counts"
      : "commit \(remark.commit.id.short): 'Bet: \(value)' on line \(remark.trailer.line) is no trailer and does not count"
    terminal.show(
      Diagnostic(remark.kind.rawValue, message, severity: .note, notes: [remark.trailer.reason.sentence]))
  }

  func shortRef(_ ref: String) -> String {
    Text.printable(RefUpdate.branch(ref) ?? (ref.hasPrefix("refs/") ? String(ref.dropFirst(5)) : ref))
  }

  func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
  private func firstLine(_ text: String) -> Substring { text.prefix { $0 != "\n" } }
}

extension Context {
  /// The decision in words, with what is needed for its hints.
  func message(for decision: Decision, remote: String?, isPush: Bool = false, ledger: Ledger? = nil) throws
    -> DecisionMessage
  {
    let ledger = try ledger ?? self.ledger.get()
    var message = DecisionMessage(decision: decision, remote: remote, isPush: isPush, today: today)
    message.draftFolder = try settings.get().draftPatterns.map(\.text)
      .first { $0.hasSuffix("/*") && !$0.dropLast().contains("*") }.map { String($0.dropLast()) }
    if decision.findings.contains(where: { $0.rule == .undeclared }) {
      message.nearby = try ledger.ids()
    }
    if decision.findings.contains(where: { $0.rule == .unlinked }) {
      message.openBets = try ledger.digests().filter(\.state.isUndecided).map(\.id)
    }
    return message
  }
}
