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
  private let branches: [LinkedTips.Tip]
  private let copies: LinkedCopies
  private let isLinked: (String) throws -> Bool

  /// `tips` are commits that exist, as are those of `linkedTips`; what the ledger links may be anything. `isLinked` says
  /// whether a branch that a merge names has a bet.
  init(
    _ repository: Repository, tips: [ObjectID], linkedTips: [LinkedTips.Tip], copies: LinkedCopies,
    walk: RangeWalk, isLinked: @escaping (String) throws -> Bool
  ) {
    self.repository = repository
    self.tips = Set(tips).sorted()
    // An id of another hash is no commit here, and has no place in the index.
    linked = Set(copies.links.commits.keys.filter { $0.sha1 != nil })
    branches = linkedTips
    self.copies = copies
    self.walk = walk
    self.isLinked = isLinked
  }

  private var allBranches: Set<ObjectID> { Set(branches.map(\.commit)) }

  func index() throws -> ShipIndex {
    guard !tips.isEmpty else { return ShipIndex() }
    if repository.isShallow { return try rebuilt() }
    let file = CacheFile(repository, name: OwnFile.index.name, version: ShipIndex.version)
    let old = file.read(sections: ShipIndex.sectionCount).flatMap { ShipIndex(sections: $0) }
    if let old, old.tips == tips, linked.allSatisfy({ old.linked[$0] != nil }),
      old.branches.isSuperset(of: allBranches), try unfollowed(old).isEmpty
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

  private func rebuilt() throws -> ShipIndex {
    var reading = Reading()
    try read(from: tips, hiding: [], into: &reading)
    return try finish(reading, on: ShipIndex())
  }

  private func extended(_ old: ShipIndex) throws -> ShipIndex {
    var reading = Reading(names: old.names)
    try read(
      from: tips.filter { !old.tips.contains($0) }, hiding: old.tips,
      keepsCommits: !branches.isEmpty || !copies.isEmpty,
      into: &reading)
    for commit in linked where reading.linked[commit] == nil {
      if let known = old.linked[commit] {
        reading.linked[commit] = known
      } else if try repository.kind(of: commit) == .commit, try walk.isReachable(commit, from: tips) {
        reading.linked[commit] = try repository.commit(commit)?.commitTime
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
    /// Commits that may have been made of a linked branch: what the ship branches have gained.
    var gained: [RawCommit] = []
    var merges: [ShipIndex.Merge] = []
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

  private func read(
    from tips: [ObjectID], hiding: [ObjectID], keepsCommits: Bool = false, into reading: inout Reading
  ) throws(GitError) {
    try walk.visit(from: tips, hiding: hiding) { commit in
      if linked.contains(commit.id) { reading.linked[commit.id] = commit.commitTime }
      if keepsCommits { reading.gained.append(commit) }
      if commit.parents.count > 1 { reading.merges += ShipIndex.Merge.all(in: commit) }
      // What cannot be judged says nothing: the gate has its say about it when it is pushed.
      guard WorkCommit.mentionsBet(commit), let work = try? WorkCommit(commit) else { return }
      for name in work.bets { reading.say(name.id?.name ?? "", isBuried: false, commit) }
      for id in work.buriedBets { reading.say(id.name, isBuried: true, commit) }
    }
  }

  /// Adds what was found to what was known; a walk may have found again what was known.
  private func finish(_ reading: Reading, on old: ShipIndex) throws -> ShipIndex {
    var index = old
    index.tips = tips
    index.names = reading.names
    index.sayings.add(reading.sayings)
    index.linked = [:]
    for commit in linked { index.linked[commit] = .some(reading.linked[commit] ?? nil) }
    try trace(reading.gained, on: old, into: &index)
    for merge in reading.merges where index.merges[merge] == nil { index.merges[merge] = false }
    try follow(&index)
    return index
  }

  // MARK: What was made of linked branches

  /// How much of the history beside a branch is looked at for what was made of it.
  private static let mostBeside = 5000

  /// Follows the linked branches into the ship branches: new commits for all of them, and for a new tip all that lies
  /// beside it. What is in a branch's own history was not made of it.
  private func trace(_ gained: [RawCommit], on old: ShipIndex, into index: inout ShipIndex) throws(GitError) {
    index.branches = allBranches
    index.merged = old.merged.intersection(index.branches)
    index.traces = old.traces
    var beside: [ObjectID: RawCommit] = [:]
    for commit in gained { beside[commit.id] = commit }
    for tip in index.branches.subtracting(index.merged) {
      if try walk.isReachable(tip, from: tips) {
        index.merged.insert(tip)
      } else if !old.branches.contains(tip) {
        try walk.visit(from: tips, hiding: [tip], limit: ShipIndexer.mostBeside) { beside[$0.id] = $0 }
      }
    }
    if copies.links.changes.contains(where: { $0.value.contains { old.linked[$0.commit] == nil } }) {
      try walk.visit(from: tips, hiding: [], limit: ShipIndexer.mostBeside) { beside[$0.id] = $0 }
    }
    let open = branches.filter { !index.merged.contains($0.commit) }
    if open.isEmpty && copies.isEmpty { return }
    let claims = Claims(of: open, hiding: tips, walk: walk, changes: copies.changes)
    for commit in beside.values {
      for source in try claims.sources(of: commit) where source.kind != .own { index.add(source, commit) }
      for original in try copies.originals(of: commit) {
        index.add(Claims.Source(kind: .copy, commit: original), commit)
      }
    }
  }

  // MARK: What merges say that they brought

  /// The merges whose branches have a bet and whose commits are not known yet.
  private func unfollowed(_ index: ShipIndex) throws -> [ShipIndex.Merge] {
    try index.merges.filter { try !$0.value && isLinked($0.key.branch) }.map(\.key)
  }

  /// Finds the commits that such merges have brought: what the tip reaches and the branch did not before.
  private func follow(_ index: inout ShipIndex) throws {
    for merge in try unfollowed(index) {
      index.merges[merge] = true
      for commit in try walk.commits(from: [merge.tip], hiding: [merge.below]) {
        index.add(Claims.Source(kind: .merge, commit: merge.tip), commit)
      }
    }
  }
}

extension ShipIndex {
  fileprivate mutating func add(_ source: Claims.Source, _ commit: RawCommit) {
    traces.insert(Trace(source: source, commit: commit.id, time: commit.commitTime))
  }
}
