import Bets
import Git

/// Which linked branches claim a commit that names no bet: those that it stands on, and those that it was made of.
///
/// A branch claims what its tip reaches and the hidden commits do not; of a stack the lowest branch does, branches with
/// one tip together. A commit that no branch reaches is a copy of one that is claimed, when it has that one's author line
/// and change, or the squash of a whole branch. What only a branch tells is lost with it.
final class Claims {
  /// What a commit was made of.
  struct Source: Hashable {
    enum Kind: UInt8, Sendable {
      /// The commit itself, a commit that was copied, a tip whose branch was squashed, a tip whose branch was merged.
      case own, copy, squash, merge
    }
    let kind: Kind
    let commit: ObjectID
  }

  /// How many commits of linked branches are looked at, those of the youngest branches first.
  private static let mostCommits = 5000

  private let walk: RangeWalk
  private let changes: Changes
  private let tips: [LinkedTips.Tip]
  private let hidden: [ObjectID]
  private var read = Once<Reading>()

  /// `tips` come youngest first; what `hidden` reach is nobody's.
  init(of tips: [LinkedTips.Tip], hiding hidden: [ObjectID], walk: RangeWalk, changes: Changes) {
    self.tips = tips
    self.hidden = hidden
    self.walk = walk
    self.changes = changes
  }

  private struct Reading {
    /// The positions of the tips that reach each claimed commit.
    var claimants: [ObjectID: Set<Int>] = [:]
    var byAuthor: [[UInt8]: [RawCommit]] = [:]
    /// What lies below each branch's own commits.
    var bases: [Int: Set<ObjectID>] = [:]
  }

  private func reading() throws(GitError) -> Reading {
    try read.get { () throws(GitError) in
      var reading = Reading()
      var left = Claims.mostCommits
      for (number, tip) in tips.enumerated() where left > 0 {
        var own: [RawCommit] = []
        try walk.visit(from: [tip.commit], hiding: hidden + tip.below, limit: left) { own.append($0) }
        left -= own.count
        for commit in own {
          if reading.claimants[commit.id] == nil {
            reading.byAuthor[commit.authorLine, default: []].append(commit)
          }
          reading.claimants[commit.id, default: []].insert(number)
        }
        guard !own.isEmpty else { continue }
        reading.bases[number] = own.edge
      }
      return reading
    }
  }

  /// Whether no branch is there that could claim anything.
  var isEmpty: Bool { tips.isEmpty }

  /// Gives a commit that has no bet to the branches that claim it.
  func settle(_ commit: inout WorkCommit, _ raw: RawCommit) throws(GitError) {
    if commit.bets.isEmpty { commit.bets = try bets(of: raw) }
  }

  /// The bets of the branches that claim a commit, sorted; none when nobody does.
  func bets(of commit: RawCommit) throws(GitError) -> [BetName] {
    guard !tips.isEmpty else { return [] }
    var bets: Set<BetName> = []
    for source in try sources(of: commit) { bets.formUnion(try self.bets(of: commit.id, madeOf: source)) }
    return bets.sorted()
  }

  /// The bets of what a commit was made of, as the branches stand now. What a branch reaches is no copy for it.
  func bets(of commit: ObjectID, madeOf source: Source) throws(GitError) -> Set<BetName> {
    if source.kind == .squash { return Set(tips.filter { $0.commit == source.commit }.map(\.bet)) }
    let reading = try reading()
    var claimants = reading.claimants[source.commit] ?? []
    if source.kind == .copy {
      for number in claimants where try walk.isReachable(commit, from: [tips[number].commit]) {
        claimants.remove(number)
      }
    }
    return Set(lowest(of: claimants, reading).map { tips[$0].bet })
  }

  /// What a commit was made of, as far as linked branches tell.
  func sources(of commit: RawCommit) throws(GitError) -> [Source] {
    let reading = try reading()
    if reading.claimants.isEmpty { return [] }
    if reading.claimants[commit.id] != nil { return [Source(kind: .own, commit: commit.id)] }
    guard let step = try changes.step(of: commit), !step.isEmpty else { return [] }
    var sources: [Source] = []
    for original in reading.byAuthor[commit.authorLine] ?? [] {
      if try isSame(step, as: changes.step(of: original)) {
        sources.append(Source(kind: .copy, commit: original.id))
      }
    }
    guard sources.isEmpty else { return sources }
    for (number, bases) in reading.bases where try isSquash(commit, step, of: tips[number], on: bases) {
      sources.append(Source(kind: .squash, commit: tips[number].commit))
    }
    return Array(Set(sources))
  }

  /// A branch whose tip is an ancestor of another's goes first.
  private func lowest(of claimants: Set<Int>, _ reading: Reading) -> Set<Int> {
    claimants.filter { upper in
      !claimants.contains { lower in
        tips[lower].commit != tips[upper].commit
          && reading.claimants[tips[lower].commit]?.contains(upper) ?? false
      }
    }
  }

  private func isSame(_ step: Changes.Step, as other: Changes.Step?) throws(GitError) -> Bool {
    guard let other else { return false }
    if step == other { return true }
    guard let paths = try changes.paths(of: step), try changes.paths(of: other) == paths else { return false }
    try changes.find([step, other])
    guard let change = try changes.id(of: step) else { return false }
    return try changes.id(of: other) == change
  }

  /// Whether a commit brings all of a branch at once: it leaves the branch's tree behind, or changes what the branch does
  /// since the two parted. Neither has the other in its history: else a branch that was started a moment ago, with
  /// nothing of its own, would claim the commit that it stands on.
  ///
  /// `bases` are the commits below the branch; where there is one, its paths say at little cost that it is not so.
  private func isSquash(
    _ commit: RawCommit, _ step: Changes.Step, of tip: LinkedTips.Tip, on bases: Set<ObjectID>
  ) throws(GitError) -> Bool {
    guard commit.tree == tip.tree else {
      if bases.count < 2 {
        let base = try bases.first.flatMap { id throws(GitError) in try walk.repository.commit(id)?.tree }
        guard let all = try changes.paths(of: .init(from: base, to: tip.tree)),
          let own = try changes.paths(of: step), Set(all).isSuperset(of: own)
        else { return false }
      }
      guard let parent = commit.parents.first,
        let base = try walk.parting(at: walk.commits(from: [tip.commit], hiding: [parent]).edge),
        try isSame(step, as: .init(from: base.tree, to: tip.tree))
      else { return false }
      return try !walk.isReachable(commit.id, from: [tip.commit])
    }
    if try walk.isReachable(commit.id, from: [tip.commit]) { return false }
    return try !walk.isReachable(tip.commit, from: [commit.id])
  }
}
