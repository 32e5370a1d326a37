import Bets
import Git

/// What commits of several parents bring of their own.
///
/// A merge none of whose parents reaches another brings what `git show --cc` shows: what is in it as none of its parents
/// has it. Any other commit of several parents is a commit like those with one, whatever its form.
struct Merges {
  /// More than these in one push are not looked at: each counts as one that brings something.
  private static let most = 1000
  /// What git may take for all of them.
  private static let limit: Duration = .seconds(20)

  let repository: Repository
  let walk: RangeWalk

  /// Marks the merges that bring nothing. One that brings something and names no bet belongs to the bets of the pushed
  /// commits that it joins.
  ///
  /// `raw` are the same commits, newest first. `link` is the bet of those that name none. `all`: those that name a bet
  /// are looked at as well.
  func settle(
    _ commits: inout [WorkCommit], _ raw: [RawCommit], link: BetName?, all: Bool
  ) throws(GitError) {
    let several = commits.indices.filter { raw[$0].parents.count > 1 && (all || commits[$0].bets.isEmpty) }
    var merges: [Int] = []
    for index in several.prefix(Merges.most) {
      if try isMerge(raw[index]) {
        merges.append(index)
      } else if try isForwarded(raw[index]) {
        commits[index].bringsNothing = true
      }
    }
    let bringing = try bringing(merges.map { raw[$0] })
    let joined = Joined(raw)
    // Oldest first: a merge may be joined by another.
    for index in merges.reversed() {
      guard bringing.contains(raw[index].id) else {
        commits[index].bringsNothing = true
        continue
      }
      guard commits[index].bets.isEmpty else { continue }
      var bets: [BetName] = []
      for other in joined.by(raw[index]) where !commits[other].bringsNothing {
        let names = commits[other].bets.isEmpty ? [link].compactMap(\.self) : commits[other].bets
        bets += names.filter { !bets.contains($0) }
      }
      commits[index].bets = bets
    }
  }

  /// Whether none of the parents reaches another.
  private func isMerge(_ commit: RawCommit) throws(GitError) -> Bool {
    guard Set(commit.parents).count == commit.parents.count else { return false }
    for parent in commit.parents
    where try walk.isReachable(parent, from: commit.parents.filter { $0 != parent }) {
      return false
    }
    return true
  }

  /// Whether it is what `git merge --no-ff` makes of a branch that the first parent could have been moved on to.
  private func isForwarded(_ commit: RawCommit) throws(GitError) -> Bool {
    guard commit.parents.count == 2, commit.parents[0] != commit.parents[1],
      try repository.commit(commit.parents[1])?.tree == commit.tree
    else { return false }
    return try walk.isReachable(commit.parents[0], from: [commit.parents[1]])
  }

  // MARK: What git shows

  /// Those that bring something. Doubt is an answer: what cannot be told counts as brought.
  private func bringing(_ merges: [RawCommit]) throws(GitError) -> Set<ObjectID> {
    var asked: Set<ObjectID> = []
    for merge in merges where try differsFromAll(merge) { asked.insert(merge.id) }
    guard !asked.isEmpty else { return [] }
    do throws(GitError) {
      let answer = try GitCommand.run(
        [
          "-C", repository.gitDirectory, "diff-tree", "--stdin", "--cc", "--find-renames", "--no-ext-diff",
          "--no-textconv",
        ], input: asked.sorted().flatMap { Array($0.hex.utf8) + [0x0A] },
        environment: repository.objectsAlone,
        limit: Merges.limit)
      return answer.status == 0 ? Merges.shown(in: answer.standardOutput) : asked
    } catch {
      guard error.code == .tooSlow else { throw error }
      return asked
    }
  }

  /// git prints the id of each that it has compared, and below it what is left to show; no line of that is an id.
  private static func shown(in output: [UInt8]) -> Set<ObjectID> {
    var current: ObjectID?
    var found: Set<ObjectID> = []
    for line in output.split(separator: 0x0A) {
      if line.count == ObjectID.zero.hex.utf8.count,
        let id = ObjectID(hex: String(decoding: line, as: UTF8.self))
      {
        current = id
      } else if let current {
        found.insert(current)
      }
    }
    return found
  }

  /// Whether some path is as none of the parents has it: without one git shows nothing, and need not be asked.
  private func differsFromAll(_ merge: RawCommit) throws(GitError) -> Bool {
    var paths: Set<[UInt8]>?
    for parent in merge.parents {
      guard let tree = try repository.commit(parent)?.tree else { return true }
      let diff = try repository.treeDiff(from: tree, to: merge.tree)
      if diff.gap != nil { return true }
      let changed = Set(diff.changes.map(\.path))
      paths = paths.map { $0.intersection(changed) } ?? changed
      if paths?.isEmpty ?? true { return false }
    }
    return true
  }
}

/// Which commits of a push a merge joins.
private struct Joined {
  private let raw: [RawCommit]
  private let numbers: [ObjectID: Int]

  init(_ raw: [RawCommit]) {
    self.raw = raw
    numbers = Dictionary(raw.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// The places of those that some of its parents reach and others do not, in order.
  func by(_ merge: RawCommit) -> [Int] {
    let sides = merge.parents.map(reached)
    let all = sides.reduce(into: Set<Int>()) { $0.formUnion($1) }
    return all.filter { place in !sides.allSatisfy { $0.contains(place) } }.sorted()
  }

  private func reached(from id: ObjectID) -> Set<Int> {
    var found: Set<Int> = []
    var queue = [id]
    while let next = queue.popLast() {
      if let number = numbers[next], found.insert(number).inserted { queue += raw[number].parents }
    }
    return found
  }
}
