import Bets

/// Workflow commands for GitHub Actions: one annotation for each finding, worst first.
///
/// GitHub shows ten errors, ten warnings and ten notices of a step. What is over is counted in the last notice. A bet
/// stands in no file, so an annotation names the commits it is about and no file.
package struct GitHubAnnotations: Sendable {
  /// One command for each line, ended by a line feed.
  package let text: String

  private struct Annotation {
    let severity: Diagnostic.Severity
    let title: String
    let lines: [String]
  }
  private static let limit = 10
  private static let longest = 4_000

  package init(_ report: CheckReport) {
    var text = "git bet: \(GitHubAnnotations.harmless(report.headline { Words.plain($0) }))\n"
    var left: [String] = []
    let annotations = GitHubAnnotations.annotations(report)
    for (severity, name) in [(Diagnostic.Severity.error, "error"), (.warning, "warning"), (.note, "notice")] {
      let all = annotations.filter { $0.severity == severity }
      // One notice is kept for what is left out.
      let limit = GitHubAnnotations.limit - (severity == .note ? 1 : 0)
      for annotation in all.prefix(limit) { text += GitHubAnnotations.command(name, annotation) }
      if all.count > limit { left.append((all.count - limit).of("more \(name)")) }
    }
    if !left.isEmpty {
      text += GitHubAnnotations.command(
        "notice",
        Annotation(severity: .note, title: "git bet", lines: ["not shown: \(left.joined(separator: ", "))"]))
    }
    self.text = text
  }

  private static func annotations(_ report: CheckReport) -> [Annotation] {
    switch report.answer {
    case .notJudged(let diagnostic):
      return [
        Annotation(
          severity: .error, title: "git bet: \(diagnostic.code)",
          lines: [Words.plain(diagnostic.message, upTo: 500)]
            + diagnostic.notes.map { "note: \(Words.plain($0, upTo: 300))" }
            + diagnostic.hints.map { "hint: \(Words.plain($0, upTo: 300))" })
      ]
    case .decided(let decision):
      let findings = decision.findings.map { finding in
        Annotation(
          severity: finding.severity, title: "git bet: \(finding.rule.name)",
          lines: [finding.sentence] + FindingLayout(finding, decision.bets, on: report.today).lines()
            + (finding.blocks ? report.ways.map(\.line) : []))
      }
      let remarks = decision.remarks.map { remark in
        Annotation(
          severity: .note, title: "git bet: \(remark.kind.rawValue)",
          lines: [remark.sentence] + remark.reasons)
      }
      return findings + remarks
    }
  }

  private static func command(_ name: String, _ annotation: Annotation) -> String {
    let message = Words.bounded(annotation.lines.map { Text.printable($0) }.joined(separator: "\n"), longest)
    let title = encoded(annotation.title).replacing(":", by: "%3A").replacing(",", by: "%2C")
    return "::\(name) title=\(title)::\(encoded(message))\n"
  }

  /// `%`, CR and LF as the runner reads them in a message.
  private static func encoded(_ text: String) -> String {
    harmless(text).replacing("%", by: "%25").replacing("\r", by: "%0D").replacing("\n", by: "%0A")
  }

  /// Some hosts look for `##[`, `##vso[` and `##teamcity[` anywhere in a line.
  private static func harmless(_ text: String) -> String { text.replacing("##", by: "#\\u{23}") }
}

extension String {
  /// Replaces every occurrence of an ASCII text, byte by byte: an accent must not hide what it stands on.
  func replacing(_ text: String, by other: String) -> String {
    let (bytes, old) = (Array(utf8), Array(text.utf8))
    guard let first = old.first, bytes.contains(first) else { return self }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == first, bytes[position...].starts(with: old) {
        result += other.utf8
        position += old.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
