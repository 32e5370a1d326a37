import BetReports
import Testing

@Suite struct GitHubAnnotationsTests {
  @Test func `a finding is one command that names rule, commits and the bet in the way`() throws {
    let bets = try [openBet("search", title: "Find, 100 %"), openBet("ranking", on: ["search"])]
    let decision = try decide([work("bet/ranking", of: "ranking")], bets)
    let text = GitHubAnnotations(
      report(decision, [.init("see where it stands:", "git bet show search")])
    ).text
    #expect(
      text == """
        git bet: A..B would be stopped
        ::error title=git bet%3A follow-on::'ranking' rests on 'search', which is open%0A\
        work: bet/ranking → main, 1 commit%0Acommit 0000000000: do it%0A\
        bet search: Find, 100 %25 (open, 3 days old)%0Aclaim: if x, expect it rises to 5, because z%0A\
        nothing observed yet%0Asee where it stands: git bet show search

        """)
  }

  @Test func `the worst come first, ten of each level, and the rest is counted`() throws {
    let lines = GitHubAnnotations(try large(15)).text.split(separator: "\n").dropFirst()
    let kinds = lines.map { $0.prefix { $0 != " " } }
    #expect(
      kinds == Array(repeating: "::error", count: 10) + Array(repeating: "::warning", count: 10) + [
        "::notice"
      ])
    #expect(lines.last?.hasSuffix("::not shown: 5 more errors, 5 more warnings") == true)
    #expect(lines.allSatisfy { $0.utf8.count < 40_000 })
  }

  @Test func `nothing foreign begins a line, ends a property or hides a command`() throws {
    for report in try hostileReports() {
      let text = GitHubAnnotations(report).text
      #expect(!text.utf8.contains(0x0D) && !text.contains("##"))
      for line in text.utf8.split(separator: 0x0A).map({ String(decoding: $0, as: UTF8.self) }) {
        let isOurs = [
          "git bet: ", "::error title=git bet", "::warning title=git bet", "::notice title=git bet",
        ]
        .contains { line.hasPrefix($0) }
        #expect(isOurs, "\(line)")
        guard line.hasPrefix("::") else { continue }
        let message = line.dropFirst(2).firstRange(of: "::").map { line[$0.upperBound...] } ?? ""
        for rest in message.split(separator: "%").dropFirst() {
          #expect(rest.hasPrefix("25") || rest.hasPrefix("0A"), "\(line)")
        }
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" || $0 == "\u{85}" })
      }
    }
  }

  @Test func `what could not be judged is an error`() {
    let diagnostic = Diagnostic("not-fetched", "no ledger", notes: ["n"], hints: ["git fetch"])
    let report = CheckReport(work: "HEAD", answer: .notJudged(diagnostic), today: today)
    #expect(
      GitHubAnnotations(report).text == """
        git bet: HEAD could not be judged
        ::error title=git bet%3A not-fetched::no ledger%0Anote: n%0Ahint: git fetch

        """)
  }

  @Test func `nothing to tell is one line`() throws {
    let decision = try decide([work("main", of: "none")], [])
    #expect(GitHubAnnotations(report(decision)).text == "git bet: A..B: nothing is in the way\n")
  }
}

extension Substring {
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
  }
}
