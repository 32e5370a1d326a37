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
  /// Cost: changes are asked for only where commits are not those that were judged.
  func reach(of override: Override, _ commits: [RawCommit], at tip: ObjectID) throws -> Override.Reach {
    if override.until != nil { return .init(hasBase: try stands(on: override.judged?.bases, tip)) }
    var reach = Override.Reach()
    var rest: [RawCommit] = []
    for commit in commits {
      if try wasJudged(commit.id, with: override) {
        reach.commits[commit.id] = .commit
      } else {
        rest.append(commit)
      }
    }
    guard let judged = override.judged, !rest.isEmpty else { return reach }
    var steps: [ObjectID: Changes.Step] = [:]
    for commit in rest { steps[commit.id] = try changes.step(of: commit) }
    try changes.find(Array(steps.values))
    for commit in rest {
      guard let step = steps[commit.id], step.old ?? .emptyTree != step.new else { continue }
      let change = try changes.id(of: step)
      let isOne = change.map { judged.changes.contains($0) } ?? false
      let isWhole = commit.tree == judged.tree || change != nil && change == judged.change
      guard isOne || isWhole, try isFirst(commit, step, above: judged.bases) else { continue }
      reach.commits[commit.id] = isOne ? .change : .squash
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

  /// An override is no amnesty: a change that has landed and was taken back may not land again with it.
  private func isFirst(
    _ commit: RawCommit, _ step: Changes.Step, above bases: Set<ObjectID>
  ) throws(GitError) -> Bool {
    var below: [RawCommit] = []
    try walk.visit(from: commit.parents, hiding: Array(bases), limit: OverrideSearch.mostBelow) {
      below.append($0)
    }
    // What was not looked at may hold it.
    guard below.count < OverrideSearch.mostBelow else { return false }
    let paths = try changes.paths(of: step)
    for other in below {
      guard let before = try changes.step(of: other), before.old ?? .emptyTree != before.new else { continue }
      if other.tree == commit.tree { return false }
      guard let paths, try changes.paths(of: before) == paths else { continue }
      if let change = try changes.id(of: step), try changes.id(of: before) == change { return false }
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
