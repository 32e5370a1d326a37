import Bets

/// The decision in words: what was stopped, why we think so, and the ways on as commands that can be pasted.
///
/// Short enough to be read: a bet's claim is told once, three findings are told whole, and what was let through on purpose
/// takes one line.
package struct TextReport {
  let decision: Decision
  let place: WaysOn.Place
  /// Whether a push is waiting for the answer.
  let isPush: Bool
  let today: Day
  /// Whether a warning says something that has not been said today.
  let isNews: (Finding) -> Bool

  /// How many findings are told whole: of a push, and where somebody has asked.
  private var most: Int { isPush ? 3 : 10 }
  private static let mostRemarks = 10

  package init(
    _ decision: Decision, at place: WaysOn.Place, isPush: Bool, today: Day,
    isNews: @escaping (Finding) -> Bool = { _ in true }
  ) {
    self.decision = decision
    self.place = place
    self.isPush = isPush
    self.today = today
    self.isNews = isNews
  }

  package func print(to page: some Page) {
    let blocking = decision.findings.filter(\.blocks)
    if !blocking.isEmpty {
      page.line("\("git bet:", .bold) \(page.wrapped(headline(blocking), indent: 2, first: 9))")
      page.line("")
    }
    showFindings(on: page)
    for remark in decision.remarks.prefix(TextReport.mostRemarks) {
      page.show(
        Diagnostic(
          remark.kind.rawValue, remark.sentence, severity: .note,
          hints: blocking.isEmpty ? [] : remark.waysOut))
    }
    if decision.remarks.count > TextReport.mostRemarks {
      page.line("… and \((decision.remarks.count - TextReport.mostRemarks).of("more such line"))")
    }
    if let place = decision.elsewhere {
      let name = Words.plain("\(place.remote)/\(place.branch)", upTo: 100)
      page.line("git bet: what \(name) has, has shipped: it is not judged again")
    }
    if !blocking.isEmpty { showWaysOn(on: page) }
  }

  /// What was stopped, and what was not and waits with it.
  private func headline(_ blocking: [Finding]) -> String {
    func names(_ refs: [String]) -> String {
      let shown = refs.prefix(3).map { Words.ref($0) }.joined(separator: ", ")
      return refs.count > 3 ? "\(shown) and \(refs.count - 3) more" : shown
    }
    let stopped = names(Set(blocking.map(\.update.remoteRef)).sorted())
    guard isPush else { return "would be stopped: \(stopped)" }
    let others = place.others.map(\.remoteRef)
    if others.isEmpty { return "not pushed: \(stopped)" }
    return "nothing was pushed: \(stopped) is stopped, and \(names(others)) may go alone"
  }

  private func showFindings(on page: some Page) {
    // Who stands on what is lost need not hear as well that it waits for something.
    let lost = decision.findings.filter { $0.rule == .lost && $0.blocks }
    let findings = decision.findings.filter { finding in
      finding.rule != .followOn
        || !lost.contains { $0.bet == finding.bet && $0.update.remoteRef == finding.update.remoteRef }
    }
    var told: Set<String> = []
    var left: [Finding] = []
    var whole = 0
    let blocking = findings.filter(\.blocks)
    for finding in blocking + findings.filter({ !$0.blocks }) {
      let layout = FindingLayout(finding, decision.bets, on: today)
      if layout.severity == .note {
        showLine(layout, Array((layout.notes + layout.details).prefix(1)), on: page)
      } else if layout.severity == .warning, !isNews(finding) {
        showLine(layout, ["told in full earlier today"], on: page)
      } else if whole < most {
        whole += 1
        show(finding, as: layout, besides: &told, on: page)
      } else {
        left.append(finding)
      }
    }
    for (rule, findings) in Dictionary(grouping: left, by: \.rule.name).sorted(by: { $0.key < $1.key }) {
      page.line("… and \(findings.count.of("more finding")) of '\(rule)'\(isPush ? ": git bet check" : "")")
    }
    if !left.isEmpty { page.line("") }
  }

  /// What needs no more than a line.
  private func showLine(_ layout: FindingLayout, _ why: [String], on page: some Page) {
    let sentence = ([layout.sentence] + why).joined(separator: ": ")
    page.show(Diagnostic(layout.rule, sentence, severity: layout.severity))
  }

  private func show(
    _ finding: Finding, as layout: FindingLayout, besides told: inout Set<String>, on page: some Page
  ) {
    page.show(Diagnostic(layout.rule, layout.sentence, severity: layout.severity))
    page.line("  \(page.wrapped(layout.route, indent: 4, first: 2))")
    for commit in layout.commits.prefix(3) {
      page.line("    \(commit.id, .yellow) \(page.cut(commit.title, used: 16))")
    }
    if layout.commits.count > 3 { page.line("    … and \(layout.commits.count - 3) more") }
    for detail in layout.details { page.line("  \(page.wrapped(detail, indent: 4, first: 2))") }
    for bet in layout.bets {
      if told.insert(bet.name).inserted {
        page.line(
          "  \(bet.name, .bold): \(page.wrapped("\(bet.title) (\(bet.facts))", indent: 4, first: 4 + bet.name.columns))"
        )
        page.line("    \(page.wrapped(bet.claim, indent: 4, first: nil))")
        if let reading = bet.reading { page.line("    \(page.wrapped(reading, indent: 6, first: 4))") }
      }
      if let path = bet.path { page.line("    \(page.wrapped(path, indent: 6, first: 4))") }
    }
    for dispute in layout.disputes {
      page.line("  contested \(dispute.subject) of '\(dispute.bet)':")
      for side in dispute.sides.prefix(4) { page.line("    \(page.wrapped(side, indent: 6, first: 4))") }
    }
    for note in layout.notes { page.line("  \(page.wrapped(note, indent: 4, first: 2))") }
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
