import BetReports
import Testing

@Suite struct BetMapTests {
  private func map(_ bets: [(BetID, Bet)], around center: String? = nil) throws -> BetMap {
    BetMap(bets.map { BetDigest($0.1) }, around: try center.map { try BetID($0) }, on: today)
  }

  /// The tree as text, without titles and states.
  private func tree(_ map: BetMap, deepest: Int = 16) -> [String] {
    BetTree(map, deepest: deepest).lines.map { line in
      let mark =
        switch line.kind {
        case .whole: ""
        case .above: " ↑"
        case .below: " ↓"
        }
      return line.lead + map.nodes[line.node].name + mark
    }
  }

  @Test func `a bet that several rest on is drawn once`() throws {
    let bets = try [
      openBet("a", on: ["c", "d"]), openBet("b", on: ["c"]), openBet("c", on: ["e"]),
      openBet("d", on: ["e", "gone"]),
      openBet("e"), openBet("z"),
    ]
    #expect(
      try tree(map(bets)) == [
        "a", "├─ c", "│  └─ e", "└─ d", "   ├─ e ↑", "   └─ gone", "b", "└─ c ↑", "z",
      ])
  }

  @Test func `around a bet is all that it rests on and all that rests on it`() throws {
    let bets = try [
      openBet("top", on: ["mid", "beside"]), openBet("mid", on: ["low"]), openBet("low", on: ["gone"]),
      openBet("beside"),
      openBet("other", on: ["low"]),
    ]
    #expect(try map(bets, around: "mid").nodes.map(\.name) == ["gone", "low", "mid", "top"])
    #expect(try map(bets, around: "low").nodes.map(\.name) == ["gone", "low", "mid", "other", "top"])
  }

  @Test func `loops end where they began and are named once`() throws {
    let bets = try [
      openBet("a", on: ["b"]), openBet("b", on: ["c"]), openBet("c", on: ["b"]),
      openBet("self", on: ["self"]),
      openBet("x", on: ["y"]), openBet("y", on: ["x"]),
    ]
    let map = try map(bets)
    #expect(
      tree(map) == ["a", "└─ b", "   └─ c", "      └─ b ↑", "self", "└─ self ↑", "x", "└─ y", "   └─ x ↑"])
    #expect(
      map.loops.map { $0.map(\.name) } == [["b", "c", "b"], ["self", "self"], ["x", "y", "x"]])
    #expect(map.nodes[1].standing == "open, in a loop")
  }

  @Test func `what lies too deep is drawn further down, and everything once`() throws {
    let count = 3_000
    let bets = try (0..<count).map { try openBet("b\($0)", on: $0 > 0 ? ["b\($0 - 1)"] : []) }
    let map = try map(bets)
    let lines = BetTree(map, deepest: 5).lines
    #expect(lines.filter { $0.kind == .whole }.count == count)
    #expect(Set(lines.filter { $0.kind == .whole }.map(\.node)).count == count)
    #expect(lines.map(\.lead.count).max() == 18)
    #expect(lines.count { $0.kind == .below } == count / 6 - 1)
  }

  @Test func `a flowchart stays below what GitHub draws`() throws {
    let bets = try (0..<500).map { try openBet("b\($0)", title: hostile[23], on: ["base"]) }
    let text = Mermaid(try map(bets)).text
    #expect(text.unicodeScalars.count < 50_000)
    #expect(text.contains("… and 441 more bets"))
  }

  @Test func `foreign text stays inside the labels for Graphviz`() throws {
    for title in hostile where !title.isEmpty {
      let text = Dot(try map([openBet("a", title: title, on: ["b"]), openBet("b", title: title)])).text
      // Without strings, as Graphviz reads them, only our own words are left.
      var isString = false
      var isEscaped = false
      var rest = ""
      for scalar in text.unicodeScalars {
        if isString {
          if !isEscaped, scalar == "\"" { isString = false }
          isEscaped = !isEscaped && scalar == "\\"
        } else if scalar == "\"" {
          isString = true
        } else {
          rest.unicodeScalars.append(scalar)
        }
      }
      let node = "   [label=, fillcolor=, color=];\n"
      #expect(!isString)
      #expect(
        rest
          == "digraph bets {\n  node [shape=box, style=, fontname=, fontcolor=];\n\(node)\(node)   -> ;\n}\n",
        "\(title): \(text)")
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
      #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count < 9_000 })
    }
    let text = Dot(try map([openBet("a", title: #"\N "x" &lt; \"#)])).text
    #expect(text.contains(#"label="a\n\\N \"x\" &amp;lt; \\\nopen""#), "\(text)")
  }
}
