/// Who builds on whom, among the bets that a decision needs.
struct BetGraph {
  /// A bet that work rests on and that is not validated.
  struct Foundation: Hashable {
    let bet: BetID
    /// Its state; nil when it is not declared.
    let state: Bet.State?
    /// How many unvalidated bets lie on the longest way down to it, itself included; `Int.max` in a loop.
    let layer: Int
    /// The shortest way from the work down to it, itself last.
    let path: [BetID]
  }

  let bets: [BetID: Bet]
  /// Bets that rest on themselves through others. A merge of two clones can make such a loop; they count as open.
  let looped: Set<BetID>

  init(_ bets: [BetID: Bet]) {
    self.bets = bets
    looped = BetGraph.looped(among: bets)
  }

  /// The state that counts here; nil when the bet is not declared.
  func state(of id: BetID) -> Bet.State? {
    guard let bet = bets[id] else { return nil }
    return looped.contains(id) && !bet.state.isLost ? .open : bet.state
  }

  /// Every unvalidated bet that one who builds on `direct` rests on, nearest first.
  ///
  /// A validated bet stands on its own evidence: the search does not go below it. Linear in bets and edges.
  func foundations(of direct: [BetID]) -> [Foundation] {
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
    let layers = layers(of: order, direct: direct)
    return order.map {
      Foundation(bet: $0, state: state(of: $0), layer: layers[$0] ?? .max, path: paths[$0] ?? [])
    }
  }

  /// Paths are for people: a chain of thousands is not copied whole for each of its members.
  private static let shownPath = 16

  private func below(_ id: BetID) -> [BetID] {
    (bets[id]?.buildsOn ?? []).filter { state(of: $0) != .validated }
  }

  /// The longest way down to each bet, by taking away what nothing above is left of; loops keep no layer.
  private func layers(of order: [BetID], direct: [BetID]) -> [BetID: Int] {
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

  /// One loop through a bet, for the message: `search → ranking → search`.
  func loop(through start: BetID) -> [BetID] {
    var path = [start]
    var current = start
    while path.count <= looped.count, let next = bets[current]?.buildsOn.first(where: looped.contains) {
      if let first = path.firstIndex(of: next) { return path[first...] + [next] }
      path.append(next)
      current = next
    }
    return path
  }

  /// What is left when bets without anything above, and without anything below, are taken away again and again.
  private static func looped(among bets: [BetID: Bet]) -> Set<BetID> {
    var left = Set(bets.keys)
    func strip(_ edges: [BetID: [BetID]]) {
      var incoming: [BetID: Int] = [:]
      for id in left { for to in edges[id] ?? [] where left.contains(to) { incoming[to, default: 0] += 1 } }
      var free = left.filter { incoming[$0] == nil }
      while let id = free.popFirst() {
        left.remove(id)
        for to in edges[id] ?? [] where left.contains(to) {
          incoming[to, default: 0] -= 1
          if incoming[to] == 0 { free.insert(to) }
        }
      }
    }
    let down = bets.mapValues(\.buildsOn)
    strip(down)
    guard !left.isEmpty else { return [] }
    var up: [BetID: [BetID]] = [:]
    for (id, below) in down { for below in below { up[below, default: []].append(id) } }
    strip(up)
    return left
  }
}
