import Bets

/// A JUnit report: one suite for each rule, one case for each finding, or one that passed.
///
/// It keeps to what both Ant's and Jenkins' schemas allow. What stops is a `<failure>`, what could not be judged an
/// `<error>`; warnings, drafts and overrides pass, and are told in the suite's `<system-out>`.
package struct JUnit: Sendable {
  /// The document, ended by a line feed.
  package let text: String

  private struct Case {
    let name: String
    /// The element, its type, the message and the text; nil when it passed.
    var failure: (element: String, type: String, message: String, text: String)?

    init(name: String, failure: (element: String, type: String, message: String, text: String)? = nil) {
      // A schema takes no empty name.
      self.name = name.contains { $0 != " " } ? name : "-"
      self.failure = failure
    }
  }

  package init(_ report: CheckReport) {
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    let work = Words.plain(report.work)
    switch report.answer {
    case .notJudged(let diagnostic):
      let notes = diagnostic.notes.map { "note: \($0)" } + diagnostic.hints.map { "hint: \($0)" }
      let text = ([diagnostic.message] + notes).map { Words.plain($0, upTo: 500) }
      let failure = ("error", diagnostic.code, text[0], text.joined(separator: "\n"))
      xml += JUnit.suite("gate", id: 0, [Case(name: work, failure: failure)], said: [], in: report)
    case .decided(let decision):
      for (number, rule) in report.rules.enumerated() {
        let findings = decision.findings.filter { $0.rule == rule }
        let cases = findings.prefix(JUnit.mostCases).map { JUnit.testCase($0, of: decision, in: report) }
        let passed = findings.filter { !$0.blocks }.prefix(JUnit.mostCases).flatMap {
          ["\($0.severity.rawValue): \($0.sentence)"]
            + FindingLayout($0, decision.bets, on: report.today).lines()
        }
        xml += JUnit.suite(
          rule.name, id: number, cases.isEmpty ? [Case(name: work)] : Array(cases), said: passed, in: report)
      }
      if !decision.remarks.isEmpty {
        let said = decision.remarks.prefix(JUnit.mostCases).map(\.sentence)
        xml += JUnit.suite("trailers", id: report.rules.count, [Case(name: work)], said: said, in: report)
      }
    }
    text = xml + "</testsuites>\n"
  }

  /// Hosts refuse reports of many megabytes.
  private static let mostCases = 500

  private static func testCase(_ finding: Finding, of decision: Decision, in report: CheckReport) -> Case {
    let work = Words.plain(finding.work)
    let bet = finding.bet.map { ", \(Words.plain($0.description))" } ?? ""
    var result = Case(name: "\(work) → \(Words.ref(finding.update.remoteRef))\(bet)")
    if finding.blocks {
      let lines =
        FindingLayout(finding, decision.bets, on: report.today).lines() + report.ways.map(\.line)
      result.failure = ("failure", finding.rule.name, finding.sentence, lines.joined(separator: "\n"))
    }
    return result
  }

  private static func suite(
    _ name: String, id number: Int, _ cases: [Case], said: [String], in report: CheckReport
  ) -> String {
    let count = { (element: String) in cases.filter { $0.failure?.element == element }.count }
    let state = report.decision?.state.rawValue ?? Decision.State.error.rawValue
    var xml = """
        <testsuite name="\(name)" package="git-bet" id="\(number)" timestamp="\(report.today)T00:00:00" \
      hostname="localhost" tests="\(cases.count)" failures="\(count("failure"))" errors="\(count("error"))" \
      time="0">
          <properties><property name="state" value="\(state)"/></properties>

      """
    for testCase in cases {
      let start =
        "    <testcase name=\"\(escaped(testCase.name))\" classname=\"git-bet.\(name)\" time=\"0\""
      if let failure = testCase.failure {
        let (element, type) = (failure.element, escaped(failure.type))
        xml += "\(start)>\n      <\(element) type=\"\(type)\" message=\"\(escaped(failure.message))\">"
        xml += "\(escaped(failure.text))</\(element)>\n    </testcase>\n"
      } else {
        xml += "\(start)/>\n"
      }
    }
    let said = escaped(said.joined(separator: "\n"))
    return xml + "    <system-out>\(said)</system-out>\n    <system-err></system-err>\n  </testsuite>\n"
  }

  /// Escapes for text and attributes, and drops what XML 1.0 cannot hold even when escaped.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // `##[` is a command for some hosts, wherever it stands.
      case "#" where result.utf8.last == UInt8(ascii: "#"): result += "&#35;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
