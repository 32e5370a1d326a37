import Bets
import Git

/// Keeps the index of the ship branches, `bet/index` under the common git directory, up to date.
///
/// Where the branches have only moved on, the new commits are read and nothing else. Where one was rewound, and
/// where the file is missing or cannot be trusted, all of the history is read once. A shallow clone's history can
/// grow at its end without a word, so nothing is kept of it. A file that is deleted costs that work and no more.
struct ShipIndexer {
  private let repository: Repository
  private let walk: RangeWalk
  private let tips: [ObjectID]
  private let linked: Set<ObjectID>
  /// The tips of linked branches, by their trees.
  private let branches: [ObjectID: Set<ObjectID>]

  /// `tips` are commits that exist, as are those of `linkedTips`; `linked` may hold anything.
  init(
    _ repository: Repository, tips: [ObjectID], linked: some Sequence<ObjectID>, linkedTips: [LinkedTips.Tip]
  ) throws(GitError) {
    self.repository = repository
    self.tips = Set(tips).sorted()
    self.linked = Set(linked)
    branches = Dictionary(grouping: linkedTips, by: \.tree).mapValues { Set($0.map(\.commit)) }
    walk = try RangeWalk(repository)
  }

  private var allBranches: Set<ObjectID> { branches.values.reduce(into: []) { $0.formUnion($1) } }

  func index() throws(GitError) -> ShipIndex {
    guard !tips.isEmpty else { return ShipIndex() }
    if repository.isShallow { return try rebuilt() }
    let file = CacheFile(repository, name: OwnFile.index.name, version: ShipIndex.version)
    let old = file.read(sections: ShipIndex.sectionCount).flatMap { ShipIndex(sections: $0) }
    if let old, old.tips == tips, linked.allSatisfy({ old.linked[$0] != nil }),
      old.branches.isSuperset(of: allBranches)
    {
      return old
    }
    let index: ShipIndex
    if let old, try hasOnlyGrown(old) { index = try extended(old) } else { index = try rebuilt() }
    file.replace(with: index.sections)
    return index
  }

  /// Whether all that was reached is reached still.
  private func hasOnlyGrown(_ old: ShipIndex) throws(GitError) -> Bool {
    for tip in old.tips where !tips.contains(tip) {
      guard try repository.kind(of: tip) == .commit, try walk.isReachable(tip, from: tips) else {
        return false
      }
    }
    return true
  }

  private func rebuilt() throws(GitError) -> ShipIndex {
    var reading = Reading()
    try read(from: tips, hiding: [], into: &reading)
    return try finish(reading, on: ShipIndex())
  }

  private func extended(_ old: ShipIndex) throws(GitError) -> ShipIndex {
    var reading = Reading(names: old.names)
    try read(from: tips.filter { !old.tips.contains($0) }, hiding: old.tips, into: &reading)
    for commit in linked where reading.linked[commit] == nil {
      if let known = old.linked[commit] {
        reading.linked[commit] = known
      } else if try repository.kind(of: commit) == .commit, try walk.isReachable(commit, from: tips) {
        reading.linked[commit] = try repository.commit(commit)?.commitTime
      }
    }
    // What is in a branch's own history is not its squash merge, so only the rest is looked at.
    for (tree, commits) in branches {
      for branch in commits where !old.branches.contains(branch) {
        try walk.visit(from: tips, hiding: [branch]) { commit in
          if commit.tree == tree { reading.squashed.append(commit) }
        }
      }
    }
    return try finish(reading, on: old)
  }

  // MARK: Reading commits

  /// What a walk has found.
  private struct Reading {
    var names: [String]
    var sayings: [Saying] = []
    var linked: [ObjectID: Int64?] = [:]
    /// Commits with the tree of a branch.
    var squashed: [RawCommit] = []
    private var numbers: [String: Int]

    init(names: [String] = ShipIndex().names) {
      self.names = names
      numbers = Dictionary(names.enumerated().map { ($1, $0) }) { $1 }
    }

    mutating func say(_ name: String, isBuried: Bool, _ commit: RawCommit) {
      let number = numbers[name] ?? names.count
      if number == names.count {
        names.append(name)
        numbers[name] = number
      }
      sayings.append(
        Saying(commit: commit.id, time: commit.commitTime, name: number, isBuried: isBuried))
    }
  }

  private func read(from tips: [ObjectID], hiding: [ObjectID], into reading: inout Reading) throws(GitError) {
    try walk.visit(from: tips, hiding: hiding) { commit in
      if linked.contains(commit.id) { reading.linked[commit.id] = commit.commitTime }
      if branches[commit.tree] != nil { reading.squashed.append(commit) }
      // What cannot be judged says nothing: the gate has its say about it when it is pushed.
      guard WorkCommit.mentionsBet(commit), let work = try? WorkCommit(commit) else { return }
      for name in work.bets { reading.say(name.id?.name ?? "", isBuried: false, commit) }
      for id in work.buriedBets { reading.say(id.name, isBuried: true, commit) }
    }
  }

  /// Adds what was found to what was known; a walk may have found again what was known.
  private func finish(_ reading: Reading, on old: ShipIndex) throws(GitError) -> ShipIndex {
    var index = old
    index.tips = tips
    index.names = reading.names
    index.sayings.add(reading.sayings)
    index.linked = [:]
    for commit in linked { index.linked[commit] = .some(reading.linked[commit] ?? nil) }
    index.branches = allBranches
    index.squashes = old.squashes.filter { index.branches.contains($0.tip) }
    for commit in reading.squashed {
      for branch in branches[commit.tree] ?? [] where try walk.isSquash(commit, of: branch) {
        index.squashes.insert(ShipIndex.Squash(tip: branch, commit: commit.id, time: commit.commitTime))
      }
    }
    return index
  }
}
