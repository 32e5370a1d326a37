import Git

/// Two trees that work lies between.
struct OverlapStep {
  let before: ObjectID?
  let after: ObjectID

  /// One step for all of the commits if they stand on one other and end in one, else one for each run of them.
  ///
  /// Nil for a run that stands on a commit that is not here: history was cut off.
  static func steps(of commits: [RawCommit], in repository: Repository) throws(GitError) -> [OverlapStep?] {
    let byID = Dictionary(commits.map { ($0.id, $0) }) { first, _ in first }
    var children: [ObjectID: Int] = [:]
    for parent in commits.flatMap(\.parents) { children[parent, default: 0] += 1 }
    let tips = byID.values.filter { children[$0.id] == nil }
    let boundary = children.keys.filter { byID[$0] == nil }
    if tips.count == 1, boundary.count <= 1, let tip = tips.first {
      return [try step(from: boundary.first, to: tip, in: repository)]
    }
    /// The commit's one parent, when the parent goes on in nothing else.
    func before(_ commit: RawCommit) -> RawCommit? {
      guard commit.parents.count == 1, let parent = byID[commit.parents[0]], parent.parents.count == 1,
        children[parent.id] == 1
      else { return nil }
      return parent
    }
    let inner = Set(commits.compactMap { before($0)?.id })
    var steps: [OverlapStep?] = []
    for end in commits where end.parents.count < 2 && !inner.contains(end.id) {
      var start = end
      while let earlier = before(start) { start = earlier }
      steps.append(try step(from: start.parents.first, to: end, in: repository))
    }
    return steps
  }

  private static func step(from parent: ObjectID?, to commit: RawCommit, in repository: Repository)
    throws(GitError)
    -> OverlapStep?
  {
    guard let parent else { return OverlapStep(before: nil, after: commit.tree) }
    return try repository.commit(parent).map { OverlapStep(before: $0.tree, after: commit.tree) }
  }
}
