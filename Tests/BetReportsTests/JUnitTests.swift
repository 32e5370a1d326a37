import BetReports
import TestSupport
import Testing

/// Whether a program is at hand that knows XML schemas.
private let hasXMLLint = (try? TestRepository().run("xmllint", ["--version"]).status) == 0

@Suite struct JUnitTests {
  @Test func `there is a suite for each rule and a case for each finding`() throws {
    let bets = try [openBet("search"), openBet("ranking", on: ["search"])]
    let works = [work("bet/ranking", of: "ranking"), work("other", of: "serach")]
    let text = JUnit(report(try decide(works, bets, ["undeclared": .warn]))).text
    for part in [
      "<testsuite name=\"follow-on\" package=\"git-bet\" id=\"0\" timestamp=\"2026-02-16T00:00:00\"",
      "tests=\"1\" failures=\"1\" errors=\"0\"",
      "<testcase name=\"bet/ranking → main, ranking\" classname=\"git-bet.follow-on\" time=\"0\">",
      "<failure type=\"follow-on\" message=\"&#39;ranking&#39; rests on &#39;search&#39;, which is open\">",
      "<testcase name=\"A..B\" classname=\"git-bet.lost\" time=\"0\"/>",
      "<testcase name=\"other → main, serach\" classname=\"git-bet.undeclared\" time=\"0\"/>",
      "<system-out>warning: &#39;serach&#39; is not a declared bet",
    ] {
      #expect(text.contains(part), "\(part)\n---\n\(text)")
    }
  }

  @Test func `a rule that is off has no suite`() throws {
    let decision = try decide([work("main", of: "none")], [])
    let report = CheckReport(work: "main", answer: .decided(decision), rules: [.lost], today: today)
    #expect(JUnit(report).text.components("<testsuite ") == 1)
  }

  @Test func `what could not be judged is an error`() {
    let report = CheckReport(
      work: "HEAD", answer: .notJudged(Diagnostic("not-fetched", "no ledger", hints: ["git fetch"])),
      today: today)
    let text = JUnit(report).text
    #expect(text.contains("errors=\"1\""))
    #expect(
      text.contains("<error type=\"not-fetched\" message=\"no ledger\">no ledger\nhint: git fetch</error>"),
      "\(text)")
  }

  @Test(.enabled(if: hasXMLLint, "xmllint, of libxml2-utils, is not at hand"))
  func `every report is valid by the schema`() throws {
    let scratch = try TestRepository()
    let schema =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      + "/junit.xsd"
    let reports = try hostileReports() + [large(30)]
    for (number, report) in reports.enumerated() { try scratch.write("\(number).xml", JUnit(report).text) }
    let files = reports.indices.map { "\($0).xml" }
    let run = try scratch.run("xmllint", ["--nonet", "--noout", "--schema", schema] + files)
    #expect(run.status == 0, "\(run.errorText)")
    try scratch.write(
      "bad.xml", JUnit(reports[0]).text.components(separatedBy: "classname").joined(separator: "x"))
    #expect(try scratch.run("xmllint", ["--noout", "--schema", schema, "bad.xml"]).status != 0)
  }
}

extension String {
  fileprivate func components(_ text: String) -> Int { components(separatedBy: text).count - 1 }

  fileprivate func components(separatedBy text: String) -> [String] {
    var parts = [""]
    var rest = self[...]
    while let first = rest.first {
      if rest.hasPrefix(text) {
        parts.append("")
        rest = rest.dropFirst(text.count)
      } else {
        parts[parts.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    return parts
  }
}
