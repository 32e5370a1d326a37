import Bets

/// Where text for people goes: it knows its width, and which words carry colour.
package protocol Page {
  func line(_ text: String)
  func style(_ text: String, _ styles: Style...) -> String
  /// Cuts a line at the page's edge, where it has one.
  func cut(_ text: String, used: Int) -> String
  /// Breaks a sentence at spaces so that it fits, every further line with the given indentation.
  func wrapped(_ text: String, indent: Int, first: Int?) -> String
  func show(_ diagnostic: Diagnostic)
}

/// How a word of ours is shown, by its number in a terminal's language.
package enum Style: String, Sendable {
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case blue = "34"
  case cyan = "36"
}

/// The decision in words: what was stopped, why we think so, and the ways on as commands that can be pasted.
package struct TextReport {
  let decision: Decision
  let place: WaysOn.Place
  /// Whether a push is waiting for the answer.
  let isPush: Bool
  let today: Day

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
      page.line("\(page.style("git bet:", .bold)) \(verb): \(refs)")
      page.line("")
    }
    for finding in decision.findings { show(finding, on: page) }
    for remark in decision.remarks {
      page.show(
        Diagnostic(
          remark.kind.rawValue, remark.sentence, severity: .note,
          hints: blocking.isEmpty ? [] : remark.waysOut))
    }
    if !blocking.isEmpty { showWaysOn(on: page) }
  }

  private func show(_ finding: Finding, on page: some Page) {
    let layout = FindingLayout(finding, decision.bets, on: today)
    page.show(Diagnostic(layout.rule, layout.sentence, severity: layout.severity))
    page.line("  \(layout.route)")
    for commit in layout.commits.prefix(3) {
      page.line("    \(page.style(commit.id, .yellow)) \(page.cut(commit.title, used: 16))")
    }
    if layout.commits.count > 3 { page.line("    … and \(layout.commits.count - 3) more") }
    for detail in layout.details { page.line("  " + page.wrapped(detail, indent: 4, first: 2)) }
    for bet in layout.bets {
      page.line("  \(page.style(bet.name, .bold)): \(bet.title) (\(bet.facts))")
      page.line("    " + page.wrapped(bet.claim, indent: 4, first: nil))
      for line in [bet.reading, bet.path].compactMap(\.self) { page.line("    \(line)") }
    }
    for dispute in layout.disputes {
      page.line("  contested \(dispute.subject) of '\(dispute.bet)':")
      for side in dispute.sides.prefix(4) { page.line("    " + page.wrapped(side, indent: 6, first: 4)) }
    }
    for note in layout.notes { page.line("  \(note)") }
    // What stops nothing has no place among the ways on.
    if layout.severity == .warning {
      for way in finding.ways(place.surroundings) {
        page.line("  \(page.style("hint:", .cyan)) \(Text.printable(way.command))")
      }
    }
    page.line("")
  }

  private func showWaysOn(on page: some Page) {
    page.line("Ways on:")
    for way in WaysOn(from: decision, at: place).ways {
      // A name that a terminal would act on is shown escaped: better no command than a forged one.
      page.line("  \(Text.printable(way.what))")
      page.line("    \(page.style(Text.printable(way.command), .cyan))")
    }
  }
}
