import Bets
import TestSupport
import Testing

@Suite("what rests on a lost bet") struct BetGraphLostTests {
  private struct Node: BetGraphNode {
    var state: Bet.State
    var buildsOn: [BetID]
  }

  /// The nearest lost bets by trying every way down, one step at a time.
  private func nearest(below id: BetID, in bets: [BetID: Node], _ graph: BetGraph<Node>) -> Set<BetID> {
    var (layer, seen): (Set<BetID>, Set<BetID>) = ([id], [id])
    while !layer.isEmpty {
      let below = Set(layer.flatMap { bets[$0]?.buildsOn ?? [] })
      let lost = below.filter { graph.state(of: $0)?.isLost ?? false }
      if !lost.isEmpty { return lost }
      layer = below.filter { graph.state(of: $0) != .validated && bets[$0] != nil }.subtracting(seen)
      seen.formUnion(layer)
    }
    return []
  }

  @Test(arguments: 0..<40) func `is found at any depth and in loops, as by trying every way down`(seed: Int)
    throws
  {
    var dice = Dice(state: UInt64(seed))
    let ids = try (0..<14).map { try BetID("b\($0)") }
    var bets: [BetID: Node] = [:]
    for (number, id) in ids.enumerated() where number < 12 {
      // Most build on what is earlier; some make loops, or rest on what nobody has declared.
      let below = (0..<Int.random(in: 0...2, using: &dice)).map { _ in
        ids[
          Int.random(in: 0..<5, using: &dice) == 0
            ? Int.random(in: 0..<14, using: &dice) : Int.random(in: 0...number, using: &dice)]
      }
      let states: [Bet.State] = [
        .open, .open, .open, .open, .validated, .invalidated, .abandoned, .inconclusive,
      ]
      bets[id] = Node(state: states[Int.random(in: 0..<8, using: &dice)], buildsOn: below.filter { $0 != id })
    }
    let graph = BetGraph(bets)
    let found = graph.lostBelow()
    for id in ids {
      guard bets[id] != nil, graph.state(of: id) != .validated else {
        #expect(found[id] == nil)
        continue
      }
      let expected = nearest(below: id, in: bets, graph)
      #expect(found[id].map { expected.contains($0) } ?? expected.isEmpty, "\(id) in \(bets)")
    }
    #expect(graph.lostBelow() == found, "the same each time")
  }
}
