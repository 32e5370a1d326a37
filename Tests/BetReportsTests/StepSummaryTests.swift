import BetReports
import Testing

@Suite struct StepSummaryTests {
  @Test func `tells the answer, the findings, the graph, the ways on and the commits`() throws {
    let bets = try [openBet("search", title: "Find \"it\""), openBet("ranking", on: ["search"])]
    let decision = try decide([work("bet/ranking", of: "ranking")], bets)
    let text = StepSummary(
      report(decision, [.init("see where it stands:", "git bet show search")])
    ).text
    for part in [
      "### git bet: `A..B` would be stopped\n",
      "| **stopped** | follow-on | `bet/ranking` → `main` | `ranking` | `search` (open, 3 days old) | 1 |\n",
      "```mermaid\ngraph TD\n  n0[\"ranking: title (open)\"]:::open\n"
        + "  n1[\"search: Find #34;it#34; (open)\"]:::open\n  n0 --> n1\n",
      "- `see where it stands:` `git bet show search`\n",
      "<details><summary>follow-on: 1 commit</summary>\n", "- `commit 0000000000: do it`\n",
    ] {
      #expect(text.contains(part), "\(part)\n---\n\(text)")
    }
  }

  @Test func `stays below what GitHub shows, however much there is`() throws {
    let text = StepSummary(try large(400)).text
    #expect(text.utf8.count < 1 << 20)
    let graph = text.components(between: "```mermaid\n", and: "```\n")
    #expect(graph.count == 1)
    for graph in graph {
      #expect(graph.unicodeScalars.count < 50_000)
      #expect(graph.split(separator: "\n").filter { $0.contains("-->") }.count < 500)
      #expect(graph.contains("more bets"))
    }
    #expect(text.contains("more findings"))
    // Characters of any length, in every place that has one.
    let accents = try hostileReports().map { StepSummary($0).text.utf8.count }.max() ?? 0
    #expect(accents < 100_000)
  }

  @Test func `foreign text stands in code spans and labels only`() throws {
    for report in try hostileReports() {
      let text = StepSummary(report).text
      for graph in text.components(between: "```mermaid\n", and: "```\n") {
        for line in graph.split(separator: "\n") where line.contains("[") {
          let label = line.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" }
          #expect(!label.contains { "<>`[]{}|\\@&'".contains($0) }, "\(line)")
          let end = line[label.endIndex...]
          #expect(["open", "undeclared", "validated"].contains { end == "\"]:::\($0)" }, "\(line)")
        }
      }
      let bare = withoutCode(text)
      for part in ["script", "http", "javascript", "@", "<b", "![", "::", "##v", "www", "forged"] {
        #expect(!bare.contains(part), "\(part) in \(bare)")
      }
      let isSafe = !text.unicodeScalars.contains {
        ($0.value < 0x20 && $0 != "\n") || $0.value == 0x7F || $0 == "\u{85}" || $0 == "\u{202E}"
      }
      #expect(isSafe)
    }
  }

  /// What is left when fences and code spans are taken away as CommonMark reads them.
  private func withoutCode(_ text: String) -> String {
    var isFence = false
    var result = ""
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "```mermaid".utf8) || (isFence && line.elementsEqual("```".utf8)) {
        isFence.toggle()
        continue
      }
      if isFence { continue }
      // A row's cells are split first: a span never goes over a bar.
      for cell in line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false) {
        result += outside(Array(cell)) + "\n"
      }
    }
    return result
  }

  private func outside(_ bytes: [UInt8]) -> String {
    let tick = UInt8(ascii: "`")
    var result: [UInt8] = []
    var position = 0
    func run(at start: Int) -> Int { bytes[start...].prefix { $0 == tick }.count }
    while position < bytes.count {
      let opening = run(at: position)
      if opening == 0 {
        result.append(bytes[position])
        position += 1
        continue
      }
      var end = position + opening
      while end < bytes.count {
        let closing = run(at: end)
        if closing == opening { break }
        end += max(1, closing)
      }
      if end < bytes.count {
        position = end + opening
      } else {
        result += bytes[position..<position + opening]
        position += opening
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> [String] {
    var parts: [String] = []
    var lines: [Substring]?
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line + "\n" == start {
        lines = []
      } else if line + "\n" == end, let whole = lines {
        parts.append(whole.joined(separator: "\n"))
        lines = nil
      } else {
        lines?.append(line)
      }
    }
    return parts
  }
}
