/// What a graph has to know of a bet.
package protocol BetGraphNode: Sendable {
  var state: Bet.State { get }
  var buildsOn: [BetID] { get }
}

extension Bet: BetGraphNode {}
extension BetDigest: BetGraphNode {}

/// Who builds on whom, among the bets that a decision or a picture needs.
package struct BetGraph<Node: BetGraphNode>: Sendable {
  /// A bet that work rests on and that is not validated.
  package struct Foundation: Hashable, Sendable {
    package let bet: BetID
    /// Its state; nil when it is not declared.
    package let state: Bet.State?
    /// How many unvalidated bets lie on the longest way down to it, itself included; `Int.max` in a loop.
    let layer: Int
    /// The shortest way from the work down to it, itself last.
    let path: [BetID]
  }

  let bets: [BetID: Node]
  /// Bets that rest on themselves, each with the number of its loop; they count as open.
  ///
  /// A loop is refused when it is written, but a merge of two clones can make one.
  package let loops: [BetID: Int]

  package init(_ bets: [BetID: Node]) {
    self.bets = bets
    loops = BetGraph.loops(among: bets.mapValues(\.buildsOn))
  }

  /// The state that counts here; nil when the bet is not declared.
  package func state(of id: BetID) -> Bet.State? {
    guard let bet = bets[id] else { return nil }
    return loops[id] != nil && !bet.state.isLost ? .open : bet.state
  }

  /// Every unvalidated bet that one who builds on `direct` rests on, nearest first.
  ///
  /// A validated bet stands on its own evidence: the search does not go below it. Linear in bets and edges.
  package func foundations(of direct: [BetID]) -> [Foundation] {
    var paths: [BetID: [BetID]] = [:]
    var order: [BetID] = []
    for id in direct where state(of: id) != .validated && paths[id] == nil {
      paths[id] = [id]
      order.append(id)
    }
    var next = 0
    while next < order.count {
      let id = order[next]
      next += 1
      for below in below(id) where paths[below] == nil {
        paths[below] = (paths[id] ?? []).suffix(BetGraph.shownPath) + [below]
        order.append(below)
      }
    }
    let layers = layers(of: order, direct: Set(direct))
    return order.map {
      Foundation(bet: $0, state: state(of: $0), layer: layers[$0] ?? .max, path: paths[$0] ?? [])
    }
  }

  /// Paths are for people: a chain of thousands is not copied whole for each of its members.
  private static var shownPath: Int { 16 }

  private func below(_ id: BetID) -> [BetID] {
    (bets[id]?.buildsOn ?? []).filter { state(of: $0) != .validated }
  }

  /// The longest way down to each bet, by taking away what nothing above is left of; loops keep no layer.
  private func layers(of order: [BetID], direct: Set<BetID>) -> [BetID: Int] {
    var above: [BetID: Int] = [:]
    for id in order { for below in below(id) { above[below, default: 0] += 1 } }
    var layers = Dictionary(uniqueKeysWithValues: order.map { ($0, direct.contains($0) ? 1 : 0) })
    var free = order.filter { above[$0] == nil }
    var done: [BetID: Int] = [:]
    while let id = free.popLast() {
      let layer = layers[id] ?? 1
      done[id] = layer
      for below in below(id) {
        layers[below] = max(layers[below] ?? 0, layer + 1)
        above[below, default: 0] -= 1
        if above[below] == 0 { free.append(below) }
      }
    }
    return done
  }
}
