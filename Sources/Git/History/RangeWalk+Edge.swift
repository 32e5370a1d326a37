import GitFormats

extension Sequence<RawCommit> {
  /// What the commits stand on: their parents that are not among them.
  package var edge: Set<ObjectID> { Set(flatMap(\.parents)).subtracting(map(\.id)) }
}

extension RangeWalk {
  /// The commit where what lies above an edge has parted from the rest: the youngest of the edge, when there is just one.
  package func parting(at edge: Set<ObjectID>) throws(GitError) -> RawCommit? {
    var youngest: [ObjectID] = []
    for id in edge {
      let others = edge.subtracting([id])
      if try !isReachable(id, from: Array(others)) { youngest.append(id) }
    }
    return youngest.count == 1 ? try commit(youngest[0]) : nil
  }
}
