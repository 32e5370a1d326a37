import Bets

/// The decision in words: what was stopped, why we think so, and the ways on as commands that can be pasted.
package struct TextReport {
  let decision: Decision
  let place: WaysOn.Place
  /// Whether a push is waiting for the answer.
  let isPush: Bool
  let today: Day

  /// How many findings are told whole: with all that belongs to them about two hundred lines.
  private static let most = 10

  package init(_ decision: Decision, at place: WaysOn.Place, isPush: Bool, today: Day) {
    self.decision = decision
    self.place = place
    self.isPush = isPush
    self.today = today
  }

  package func print(to page: some Page) {
    let blocking = decision.findings.filter(\.blocks)
    if !blocking.isEmpty {
      let refs = Set(blocking.map(\.update.remoteRef)).sorted().map { Words.ref($0) }.joined(separator: ", ")
      let verb = isPush ? "not pushed" : "would be stopped"
      page.line("\("git bet:", .bold) \(verb): \(refs)")
      page.line("")
    }
    // Whoever writes thousands of names must not make anybody scroll past them to what stops the push.
    let findings = blocking + decision.findings.filter { !$0.blocks }
    let isLong = findings.count > TextReport.most
    for finding in isLong ? Array(findings.prefix(TextReport.most)) : decision.findings {
      show(finding, on: page)
    }
    let more = Dictionary(grouping: findings.dropFirst(TextReport.most), by: \.rule.name)
    for (rule, findings) in more.sorted(by: { $0.key < $1.key }) {
      page.line("… and \(findings.count.of("more finding")) of '\(rule)'")
    }
    if !more.isEmpty { page.line("") }
    for remark in decision.remarks.prefix(TextReport.most) {
      page.show(
        Diagnostic(
          remark.kind.rawValue, remark.sentence, severity: .note,
          hints: blocking.isEmpty ? [] : remark.waysOut))
    }
    if decision.remarks.count > TextReport.most {
      page.line("… and \((decision.remarks.count - TextReport.most).of("more such line"))")
    }
    if let place = decision.elsewhere {
      let name = Words.plain("\(place.remote)/\(place.branch)", upTo: 100)
      page.line("git bet: what \(name) has, has shipped: it is not judged again")
    }
    if !blocking.isEmpty { showWaysOn(on: page) }
  }

  private func show(_ finding: Finding, on page: some Page) {
    let layout = FindingLayout(finding, decision.bets, on: today)
    page.show(Diagnostic(layout.rule, layout.sentence, severity: layout.severity))
    page.line("  \(layout.route)")
    for commit in layout.commits.prefix(3) {
      page.line("    \(commit.id, .yellow) \(page.cut(commit.title, used: 16))")
    }
    if layout.commits.count > 3 { page.line("    … and \(layout.commits.count - 3) more") }
    for detail in layout.details { page.line("  \(page.wrapped(detail, indent: 4, first: 2))") }
    for bet in layout.bets {
      page.line("  \(bet.name, .bold): \(bet.title) (\(bet.facts))")
      page.line("    \(page.wrapped(bet.claim, indent: 4, first: nil))")
      for line in [bet.reading, bet.path].compactMap(\.self) { page.line("    \(line)") }
    }
    for dispute in layout.disputes {
      page.line("  contested \(dispute.subject) of '\(dispute.bet)':")
      for side in dispute.sides.prefix(4) { page.line("    \(page.wrapped(side, indent: 6, first: 4))") }
    }
    for note in layout.notes { page.line("  \(note)") }
    // What stops nothing has no place among the ways on.
    if layout.severity == .warning {
      for way in finding.ways(place.surroundings) {
        page.line("  \("hint:", .cyan) \(way.command)")
      }
    }
    page.line("")
  }

  private func showWaysOn(on page: some Page) {
    page.line("Ways on:")
    for way in WaysOn(from: decision, at: place).ways {
      // A name that a terminal would act on is shown escaped: better no command than a forged one.
      page.line("  \(way.what)")
      page.line("    \(way.command, .cyan)")
    }
  }
}
