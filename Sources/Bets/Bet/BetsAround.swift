/// What the other bets say of each one: what undecided work waits on it, and which lost bet it rests on.
package struct BetsAround: Sendable {
  private let carried: [BetID: [BetID]]
  private let lost: [BetID: BetID]

  /// Linear in bets and edges.
  package init(_ bets: [BetDigest]) {
    var carried: [BetID: [BetID]] = [:]
    for bet in bets where bet.state.isUndecided {
      for below in bet.buildsOn { carried[below, default: []].append(bet.id) }
    }
    self.carried = carried
    // In most ledgers nothing that something rests on is lost.
    let isAnyLost = bets.contains { $0.state.isLost && carried[$0.id] != nil }
    lost = isAnyLost ? BetGraph(Dictionary(bets.map { ($0.id, $0) }) { $1 }).lostBelow() : [:]
  }

  /// The undecided bets that build on it.
  package func waiting(on id: BetID) -> [BetID] { carried[id] ?? [] }

  /// The nearest lost bet that an undecided one rests on, at any depth.
  package func lostBelow(_ bet: BetDigest) -> BetID? { bet.state.isUndecided ? lost[bet.id] : nil }

  /// The same in a few words: `search is lost`.
  package func lostMark(of bet: BetDigest) -> String? { lostBelow(bet).map { "\($0) is lost" } }

  /// All undecided bets that rest on some of these, at any depth, without those themselves.
  package func waiting(behind ids: [BetID]) -> Set<BetID> {
    var found: Set<BetID> = []
    var queue = ids
    while let id = queue.popLast() {
      for above in waiting(on: id) where found.insert(above).inserted { queue.append(above) }
    }
    return found.subtracting(ids)
  }
}
