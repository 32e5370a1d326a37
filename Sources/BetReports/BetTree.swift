/// Who builds on whom as a tree of lines: below each bet stands what it rests on.
///
/// A bet that several rest on is drawn once, with all below it, and referred to elsewhere; so a loop ends where it
/// began. What lies deeper than `deepest` is drawn further down, from the margin. Linear in bets and edges.
package struct BetTree: Sendable {
  package struct Line: Sendable {
    package enum Kind: Sendable { case whole, above, below }
    /// The branches of the tree that go past or lead to the bet.
    package let lead: String
    /// The position of the bet in the map.
    package let node: Int
    /// Whether it is drawn here, or only named: it was drawn above, or is further below.
    package let kind: Kind
  }

  package private(set) var lines: [Line] = []

  package init(_ map: BetMap, deepest: Int) {
    let carried = Set(map.below.enumerated().flatMap { number, below in below.filter { $0 != number } })
    var drawn: Set<Int> = []
    // What nothing rests on, then what lies too deep, then what only a loop leads to.
    var roots = map.nodes.indices.filter { !carried.contains($0) }
    var next = 0
    var rest = map.nodes.indices.makeIterator()
    while true {
      let root: Int
      if next < roots.count {
        root = roots[next]
        next += 1
      } else if let node = rest.next() {
        root = node
      } else {
        return
      }
      guard !drawn.contains(root) else { continue }
      var stack = [(node: root, lead: "", margin: "", depth: 0)]
      while let (node, lead, margin, depth) = stack.popLast() {
        guard !drawn.contains(node) else {
          lines.append(Line(lead: lead, node: node, kind: .above))
          continue
        }
        guard depth <= deepest else {
          lines.append(Line(lead: lead, node: node, kind: .below))
          roots.append(node)
          continue
        }
        drawn.insert(node)
        lines.append(Line(lead: lead, node: node, kind: .whole))
        let below = map.below[node]
        for (position, other) in below.enumerated().reversed() {
          let isLast = position == below.count - 1
          stack.append(
            (other, margin + (isLast ? "└─ " : "├─ "), margin + (isLast ? "   " : "│  "), depth + 1))
        }
      }
    }
  }
}
