import Bets

/// Who builds on whom, as a Mermaid flowchart.
///
/// GitHub draws no diagram of more than 50,000 characters or 500 edges: this one stays under half of both. Bets that
/// a finding names come first; what has no room is counted.
struct Mermaid {
  /// The diagram without fences; nil when there is nothing to draw.
  let text: String?
  static let mostNodes = 60
  static let mostEdges = 200

  init(_ decision: Decision) {
    var order: [BetName] = []
    var seen: Set<BetName> = []
    func add(_ name: BetName) {
      if name != .none, seen.insert(name).inserted { order.append(name) }
    }
    for finding in decision.findings {
      if let bet = finding.bet { add(bet) }
      for blocker in finding.blockers {
        for id in blocker.path + blocker.loop { add(.id(id)) }
        add(blocker.bet)
      }
    }
    for id in decision.bets.keys.sorted() { add(.id(id)) }
    guard !order.isEmpty else {
      text = nil
      return
    }
    let shown = order.prefix(Mermaid.mostNodes)
    let numbers = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
    var lines = ["graph TD"]
    for (number, name) in shown.enumerated() {
      let bet = name.id.flatMap { decision.bets[$0] }
      let title = bet.map { ": \($0.title)" } ?? ""
      let state = bet?.state.rawValue ?? "undeclared"
      let label = Mermaid.label(Words.plain(name.description + title, upTo: 60))
      lines.append("  n\(number)[\"\(label) (\(state))\"]:::\(state)")
    }
    var edges = 0
    for (number, name) in shown.enumerated() {
      for below in name.id.flatMap({ decision.bets[$0] })?.buildsOn ?? [] {
        guard let other = numbers[.id(below)], edges < Mermaid.mostEdges else { continue }
        lines.append("  n\(number) --> n\(other)")
        edges += 1
      }
    }
    if order.count > shown.count {
      lines.append("  more[\"… and \((order.count - shown.count).of("more bet"))\"]")
    }
    text = (lines + Mermaid.classes).joined(separator: "\n") + "\n"
  }

  /// One look for each state; the state's name is in the label too.
  private static let classes = [
    "  classDef open fill:#fff3cd,stroke:#9a6700,color:#1f2328",
    "  classDef contested fill:#ffe0c2,stroke:#bc4c00,color:#1f2328",
    "  classDef validated fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
    "  classDef inconclusive fill:#eaeef2,stroke:#57606a,color:#1f2328",
    "  classDef invalidated fill:#ffebe9,stroke:#cf222e,color:#1f2328",
    "  classDef abandoned fill:#ffebe9,stroke:#cf222e,color:#1f2328",
    "  classDef undeclared fill:#ffffff,stroke:#cf222e,color:#1f2328,stroke-dasharray:4",
  ]

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
