import Bets

/// Who builds on whom, as a Mermaid flowchart.
///
/// GitHub draws no diagram of more than 50,000 characters or 500 edges: this one stays under half of both. What has
/// no room is counted.
package struct Mermaid: Sendable {
  /// The diagram without fences.
  package let text: String
  static let mostNodes = 60
  static let mostEdges = 200

  package init(_ map: BetMap) {
    let shown = map.nodes.prefix(Mermaid.mostNodes)
    var lines = ["graph TD"]
    for (number, node) in shown.enumerated() {
      let title = node.bet.map { ": \($0.title)" } ?? ""
      let label = Mermaid.label(Words.plain(node.name + title, upTo: 60))
      lines.append("  n\(number)[\"\(label) (\(node.standing))\"]:::\(node.state)")
    }
    var edges = 0
    for (number, below) in map.below.prefix(shown.count).enumerated() {
      for other in below where other < shown.count && edges < Mermaid.mostEdges {
        lines.append("  n\(number) --> n\(other)")
        edges += 1
      }
    }
    if map.nodes.count > shown.count {
      lines.append("  more[\"… and \((map.nodes.count - shown.count).of("more bet"))\"]")
    }
    text = (lines + Mermaid.classes).joined(separator: "\n") + "\n"
  }

  private static let classes = BetMap.looks.map { look in
    "  classDef \(look.state) fill:\(look.fill),stroke:\(look.line),color:\(BetMap.ink)"
      + (look.fill == "#ffffff" ? ",stroke-dasharray:4" : "")
  }

  /// Only what is surely plain stays as it is in a label; the rest is written as a character code.
  static func label(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isWord = scalar.isASCII ? scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) : true
      if isWord || " -_.,:…".unicodeScalars.contains(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "#\(scalar.value);"
      }
    }
    return result
  }
}
