import Bets

/// Who builds on whom, to be drawn: the bets, every name that one of them rests on, and the edges between them.
///
/// Linear in bets and edges. Names are printable; a title is as it was written.
package struct BetMap: Sendable {
  package struct Node: Sendable {
    package let name: String
    /// Nil when it is not declared, or damaged.
    package let bet: BetDigest?
    /// The state that counts, `undeclared` or `damaged`.
    package let state: String
    /// What else has to be seen: overdue, contested fields, a loop.
    package let marks: [String]

    package var standing: String { ([state] + marks).joined(separator: ", ") }
  }

  package let nodes: [Node]
  /// For each node the positions of those that it builds on.
  package let below: [[Int]]
  /// Bets that rest on themselves, each loop once: `search → ranking → search`.
  package let loops: [[BetID]]

  /// All bets, or what is connected with one of them: all that it rests on, and all that rests on it.
  ///
  /// Those that rest on another or carry one come first, then by id.
  package init(_ bets: [BetDigest], around center: BetID? = nil, damaged: Set<BetID> = [], on today: Day) {
    var bets = Dictionary(bets.map { ($0.id, $0) }) { first, _ in first }
    var carried: [BetID: [BetID]] = [:]
    for bet in bets.values { for below in bet.buildsOn { carried[below, default: []].append(bet.id) } }
    if let center {
      let kept = BetMap.reached(from: center) { bets[$0]?.buildsOn ?? [] }
        .union(BetMap.reached(from: center) { carried[$0] ?? [] })
      bets = bets.filter { kept.contains($0.key) }
      // What else rests on the same is no part of it, nor what else is below those above.
      carried = carried.filter { kept.contains($0.key) }
    }
    let isConnected = { (id: BetID) in carried[id] != nil || !(bets[id]?.buildsOn.isEmpty ?? true) }
    let ids = Set(bets.keys).union(carried.keys).sorted()
    let order = ids.filter(isConnected) + ids.filter { !isConnected($0) }
    self.init(order.map { .id($0) }, of: bets, damaged: damaged, on: today)
  }

  /// What a decision looked at: the bets that findings name come first.
  init(_ decision: Decision, on today: Day) {
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
    self.init(order, of: decision.bets.mapValues { BetDigest($0) }, damaged: [], on: today)
  }

  private init(_ order: [BetName], of bets: [BetID: BetDigest], damaged: Set<BetID>, on today: Day) {
    let graph = BetGraph(bets)
    let lost = graph.lostBelow()
    let positions = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    nodes = order.map { name in
      guard let bet = name.id.flatMap({ bets[$0] }) else {
        let isDamaged = name.id.map(damaged.contains) ?? false
        return Node(
          name: Words.plain(name.description), bet: nil, state: isDamaged ? "damaged" : "undeclared",
          marks: [])
      }
      var marks: [String] = []
      if bet.isOverdue(on: today) { marks.append("overdue") }
      if let mark = bet.contestedMark { marks.append(mark) }
      if bet.state.isUndecided, let lost = lost[bet.id] { marks.append("\(lost) is lost") }
      // Its members count as open, whatever they were called.
      let state = graph.state(of: bet.id) ?? bet.state
      let called = state == bet.state ? "" : "\(bet.state.rawValue) but "
      if graph.loops[bet.id] != nil { marks.append("\(called)in a loop") }
      return Node(name: bet.id.name, bet: bet, state: state.rawValue, marks: marks)
    }
    below = order.map { name in
      (name.id.flatMap { bets[$0] }?.buildsOn ?? []).compactMap { positions[.id($0)] }
    }
    var seen: Set<Int> = []
    loops = order.compactMap(\.id).filter { graph.loops[$0].map { seen.insert($0).inserted } ?? false }
      .map(graph.loop)
  }

  private static func reached(from start: BetID, _ next: (BetID) -> [BetID]) -> Set<BetID> {
    var seen: Set<BetID> = [start]
    var queue = [start]
    while let id = queue.popLast() {
      for other in next(id) where seen.insert(other).inserted { queue.append(other) }
    }
    return seen
  }

  /// One look for each state; the state's name is in the label too.
  static let looks: [(state: String, fill: String, line: String)] = [
    ("open", "#fff3cd", "#9a6700"), ("contested", "#ffe0c2", "#bc4c00"), ("validated", "#dafbe1", "#1a7f37"),
    ("inconclusive", "#eaeef2", "#57606a"), ("invalidated", "#ffebe9", "#cf222e"),
    ("abandoned", "#ffebe9", "#cf222e"), ("undeclared", "#ffffff", "#cf222e"),
    ("damaged", "#ffffff", "#cf222e"),
  ]
  static let ink = "#1f2328"
}
