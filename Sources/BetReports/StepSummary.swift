import Bets

/// GitHub Markdown for a step summary: what was decided, the findings, the graph of the bets, the commits.
///
/// Every foreign text stands in a code span or in a label of the graph: it makes no link, image, mention or HTML. GitHub
/// drops a summary of more than 1 MiB as a whole, so it is bounded part by part.
package struct StepSummary: Sendable {
  package let text: String

  static let mostFindings = 50
  static let mostCommits = 20
  /// Bytes; what other steps and tools add needs room as well.
  static let largest = 900_000

  package init(_ report: CheckReport) {
    var text = "### git bet: \(report.headline(StepSummary.code))\n\n"
    switch report.answer {
    case .notJudged(let diagnostic):
      text += "**error** `\(diagnostic.code)`: \(StepSummary.code(diagnostic.message, upTo: 500))\n\n"
      for note in diagnostic.notes.prefix(10) { text += "- note: \(StepSummary.code(note, upTo: 300))\n" }
      for hint in diagnostic.hints.prefix(10) { text += "- hint: \(StepSummary.code(hint, upTo: 300))\n" }
    case .decided(let decision):
      text += StepSummary.table(decision, report)
      let map = BetMap(decision, on: report.today)
      if !map.nodes.isEmpty, !decision.findings.isEmpty {
        text += "```mermaid\n\(Mermaid(map).text)```\n\n"
      }
      text += StepSummary.waysOn(report.ways)
      let details = StepSummary.details(decision, report)
      if text.utf8.count + details.utf8.count <= StepSummary.largest { text += details }
      if !decision.remarks.isEmpty { text += StepSummary.remarks(decision) }
    }
    self.text = text + "\n"
  }

  private static func table(_ decision: Decision, _ report: CheckReport) -> String {
    guard !decision.findings.isEmpty else { return "" }
    var text = "| | rule | work | bet | in the way | commits |\n|---|---|---|---|---|---|\n"
    let worstFirst = decision.findings.filter(\.blocks) + decision.findings.filter { !$0.blocks }
    for finding in worstFirst.prefix(mostFindings) {
      let mark =
        switch finding.severity {
        case .error: "**stopped**"
        case .warning: "warning"
        case .note: finding.override != nil ? "overridden" : finding.isDraft ? "draft" : "off"
        }
      var blockers = finding.blockers.prefix(5).map { blocker in
        let facts = blocker.bet.id.flatMap { decision.bets[$0] }.map {
          Words.facts(of: $0, blocker.state, on: report.today)
        }
        return "\(cell(blocker.bet.description)) (\(facts ?? blocker.state?.rawValue ?? "not declared"))"
      }
      if finding.blockers.count > 5 { blockers.append("… and \(finding.blockers.count - 5) more") }
      let route = "\(cell(finding.work)) → \(cell(Words.ref(finding.update.remoteRef)))"
      let bet = finding.bet.map { cell($0.description) } ?? ""
      text +=
        "| \(mark) | \(finding.rule.name) | \(route) | \(bet) | \(blockers.joined(separator: ", ")) | "
        + "\(finding.commits.count) |\n"
    }
    let left = decision.findings.count - mostFindings
    return text + (left > 0 ? "\n… and \(left.of("more finding"))\n" : "") + "\n"
  }

  private static func waysOn(_ ways: [Way]) -> String {
    guard !ways.isEmpty else { return "" }
    return "**Ways on**\n\n"
      + ways.map { "- \(code($0.what)) \(code($0.command, upTo: 500))\n" }.joined() + "\n"
  }

  private static func details(_ decision: Decision, _ report: CheckReport) -> String {
    var text = ""
    for finding in decision.findings.prefix(mostFindings) {
      text +=
        "<details><summary>\(finding.rule.name): \(finding.commits.count.of("commit"))</summary>\n\n"
      text += "\(code(finding.sentence, upTo: 400))\n\n"
      for line in FindingLayout(finding, decision.bets, on: report.today).lines(mostCommits: mostCommits) {
        text += "- \(code(line, upTo: 400))\n"
      }
      text += "\n</details>\n\n"
    }
    return text
  }

  private static func remarks(_ decision: Decision) -> String {
    let left = decision.remarks.count - mostFindings
    return decision.remarks.prefix(mostFindings).map { "- note: \(code($0.sentence, upTo: 200))\n" }.joined()
      + (left > 0 ? "- … and \(left.of("more note"))\n" : "")
  }

  /// A code span: nothing in it is read as Markdown, HTML, a mention or an address.
  static func code(_ text: String) -> String { code(text, upTo: 120) }

  static func code(_ text: String, upTo limit: Int) -> String {
    let text = Words.plain(text, upTo: limit)
    guard text.contains(where: { $0 != " " }) else { return "` `" }
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // A blank at both ends is taken away again; it keeps a backtick off the fence.
    return longest == 0 ? "`\(text)`" : "\(fence) \(text) \(fence)"
  }

  /// A code span in a table, where a bar would end the cell even inside it.
  private static func cell(_ text: String) -> String { code(text).replacing("|", by: "\\u{7c}") }
}
