import Bets

/// Who builds on whom, in the language of Graphviz: `git bet graph --format dot | dot -Tsvg`.
package struct Dot: Sendable {
  package let text: String

  package init(_ map: BetMap) {
    var lines = [
      "digraph bets {",
      "  node [shape=box, style=\"filled,rounded\", fontname=\"sans-serif\", fontcolor=\"\(BetMap.ink)\"];",
    ]
    let looks = Dictionary(uniqueKeysWithValues: BetMap.looks.map { ($0.state, $0) })
    for node in map.nodes {
      let title = node.bet.map { [Words.plain($0.title, upTo: 60)] } ?? []
      let label = ([node.name] + title + [node.standing]).map(Dot.label).joined(separator: "\\n")
      let look = looks[node.state].map { ", fillcolor=\"\($0.fill)\", color=\"\($0.line)\"" } ?? ""
      let border = node.marks.isEmpty ? "" : ", penwidth=2"
      lines.append("  \(Dot.quoted(node.name)) [label=\"\(label)\"\(look)\(border)];")
    }
    for (number, below) in map.below.enumerated() {
      for other in below {
        lines.append("  \(Dot.quoted(map.nodes[number].name)) -> \(Dot.quoted(map.nodes[other].name));")
      }
    }
    text = (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private static func quoted(_ name: String) -> String { "\"\(label(name))\"" }

  /// In a label a backslash begins `\N`, `\G` or `\l`, and `&` an entity as in HTML.
  static func label(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"": result += "\\\(scalar)"
      case "&": result += "&amp;"
      // `##[` is a command for some hosts, wherever it stands.
      case "#" where result.utf8.last == UInt8(ascii: "#"): result += "&#35;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
