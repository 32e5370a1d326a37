extension BetGraph {
  /// The shortest loop through a bet, for the message: `search → ranking → search`; empty when there is none.
  ///
  /// A loop too long to be read is cut down to the bet itself.
  package func loop(through start: BetID) -> [BetID] {
    guard let number = loops[start] else { return [] }
    var above: [BetID: BetID] = [:]
    var queue = [start]
    var next = 0
    while next < min(queue.count, BetGraph.searchedForLoop), above[start] == nil {
      let id = queue[next]
      next += 1
      for below in bets[id]?.buildsOn ?? [] where loops[below] == number && above[below] == nil {
        above[below] = id
        queue.append(below)
      }
    }
    var path = [start]
    var current = start
    while let id = above[current], above[start] != nil {
      path.append(id)
      if id == start { break }
      current = id
    }
    return path.reversed()
  }

  /// Every member of a loop asks for it: what is searched for one message is bounded.
  private static var searchedForLoop: Int { 64 }

  /// The members of loops, by Tarjan's strongly connected components: linear, and without recursion, because a
  /// chain may be long.
  ///
  /// What lies between two loops is a member of neither.
  static func loops(among edges: [BetID: [BetID]]) -> [BetID: Int] {
    var loops: [BetID: Int] = [:]
    var numbers: [BetID: Int] = [:]
    // The smallest number that is reached from a bet and whose component is not complete.
    var reached: [BetID: Int] = [:]
    var incomplete: [BetID] = []
    var complete: Set<BetID> = []
    for root in edges.keys where numbers[root] == nil {
      var way: [(id: BetID, number: Int, next: Int)] = []
      func enter(_ id: BetID) {
        let number = numbers.count
        numbers[id] = number
        reached[id] = number
        incomplete.append(id)
        way.append((id, number, 0))
      }
      enter(root)
      while let (id, number, next) = way.last {
        let below = edges[id] ?? []
        if next < below.count {
          way[way.count - 1].next += 1
          let to = below[next]
          if let seen = numbers[to] {
            if !complete.contains(to) { reached[id] = min(reached[id] ?? seen, seen) }
          } else if edges[to] != nil {
            enter(to)
          }
          continue
        }
        way.removeLast()
        let smallest = reached[id] ?? number
        if let above = way.last { reached[above.id] = min(reached[above.id] ?? smallest, smallest) }
        guard smallest == number, let start = incomplete.lastIndex(of: id) else { continue }
        let members = incomplete[start...]
        if members.count > 1 || below.contains(id) { for member in members { loops[member] = number } }
        complete.formUnion(members)
        incomplete.removeSubrange(start...)
      }
    }
    return loops
  }
}
