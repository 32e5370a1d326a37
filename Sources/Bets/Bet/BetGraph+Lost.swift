extension BetGraph {
  /// For each bet that is not validated and rests on a lost one, at any depth, the nearest of those.
  ///
  /// What a validated bet rests on is not asked, as in the gate. Linear in bets and edges, but for one sorting.
  package func lostBelow() -> [BetID: BetID] {
    let ids = bets.keys.sorted()
    var layer = ids.filter { state(of: $0)?.isLost ?? false }.map { (bet: $0, lost: $0) }
    guard !layer.isEmpty else { return [:] }
    var carried: [BetID: [BetID]] = [:]
    for id in ids where state(of: id) != .validated {
      for below in bets[id]?.buildsOn ?? [] { carried[below, default: []].append(id) }
    }
    var found: [BetID: BetID] = [:]
    while !layer.isEmpty {
      var next: [(bet: BetID, lost: BetID)] = []
      for (bet, lost) in layer {
        for above in carried[bet] ?? [] where found[above] == nil {
          found[above] = lost
          // From a lost one the way up began anew.
          if !(state(of: above)?.isLost ?? false) { next.append((above, lost)) }
        }
      }
      layer = next
    }
    return found
  }
}
