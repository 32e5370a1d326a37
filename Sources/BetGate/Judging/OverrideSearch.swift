import BetAttribution

/// Finds out what overrides reach: commits as they were judged, and what was made of them since.
struct OverrideSearch {
  /// How far a walk goes to see whether a change has landed before.
  private static let mostBelow = 5000

  private let site: LedgerSite
  private let walk: RangeWalk
  private let changes: Changes

  init(_ site: LedgerSite, _ attribution: Attribution) throws {
    self.site = site
    walk = try attribution.walk
    changes = attribution.changes
  }

  /// What an override reaches of some commits, the work of one tip.
  ///
  /// `landed` are commits where the work goes: what they reach has landed before. Cost: changes are asked for only of
  /// commits that are not those that were judged, and of landed ones with the same paths.
  func reach(
    of override: Override, _ commits: [RawCommit], at tip: ObjectID, after landed: [ObjectID]
  ) throws -> Override.Reach {
    if override.until != nil { return .init(hasBase: try stands(on: override.judged?.bases, tip)) }
    var reach = Override.Reach()
    var steps: [ObjectID: Changes.Step] = [:]
    for commit in commits {
      steps[commit.id] = try changes.step(of: commit)
      if try wasJudged(commit.id, with: override) { reach.commits[commit.id] = .commit }
    }
    guard let judged = override.judged else { return reach }
    let rest = commits.filter { reach.commits[$0.id] == nil }
    try changes.find(rest.compactMap { steps[$0.id] })
    for commit in rest {
      guard let step = steps[commit.id], !step.isEmpty else { continue }
      let change = try changes.id(of: step)
      let isOne = change.map { judged.changes.contains($0) } ?? false
      let isWhole = commit.tree == judged.tree || change != nil && change == judged.change
      if isOne || isWhole { reach.commits[commit.id] = isOne ? .change : .squash }
    }
    for commit in commits where reach.commits[commit.id] != nil {
      guard let step = steps[commit.id], !step.isEmpty else { continue }
      if try !isFirst(commit, step, above: judged, after: landed) { reach.commits[commit.id] = nil }
    }
    return reach
  }

  /// Whether a commit is one of those that were judged. An event of an older version names the tip; what has shipped
  /// since is not covered with it.
  private func wasJudged(_ id: ObjectID, with override: Override) throws -> Bool {
    if id == override.tip { return true }
    if let judged = override.judged {
      if judged.commits.contains(id) { return true }
      guard judged.commits.count >= Override.Judged.mostCommits else { return false }
    }
    guard try site.repository.kind(of: override.tip) == .commit,
      try walk.isReachable(id, from: [override.tip])
    else { return false }
    let below = try override.judged.map { Array($0.bases) } ?? site.ships(of: site.home).map(\.tip)
    return try !walk.isReachable(id, from: below)
  }

  /// An override is no amnesty: a change that has landed and was taken back may not land again with it, by itself or as a
  /// part of the whole.
  private func isFirst(
    _ commit: RawCommit, _ step: Changes.Step, above judged: Override.Judged, after landed: [ObjectID]
  ) throws(GitError) -> Bool {
    var before: [RawCommit] = []
    try walk.visit(
      from: commit.parents + landed, hiding: Array(judged.bases), limit: OverrideSearch.mostBelow
    ) { before.append($0) }
    // What was not looked at may hold it.
    guard before.count < OverrideSearch.mostBelow else { return false }
    let paths = try changes.paths(of: step)
    // What was judged together may say the same twice.
    let together = judged.commits.contains(commit.id) ? judged.commits : [commit.id]
    for other in before where !together.contains(other.id) {
      guard let earlier = try changes.step(of: other), !earlier.isEmpty else { continue }
      if other.tree == judged.tree { return false }
      guard let own = try changes.paths(of: earlier) else { continue }
      // The whole that was squashed holds each of its parts.
      if let whole = judged.change, Set(own).isSuperset(of: paths ?? []),
        try changes.id(of: earlier) == whole
      {
        return false
      }
      guard own == paths, let change = try changes.id(of: step) else { continue }
      if try changes.id(of: earlier) == change { return false }
    }
    return true
  }

  /// Whether the work stands on one of the bases; on anything, where none was recorded.
  private func stands(on bases: Set<ObjectID>?, _ tip: ObjectID) throws(GitError) -> Bool {
    guard let bases, !bases.isEmpty else { return true }
    for base in bases where try site.repository.kind(of: base) == .commit {
      if try walk.isReachable(base, from: [tip]) { return true }
    }
    return false
  }
}
