import Bets
import Git

/// The commits from a tip back to the oldest of some commits: all that can have come after them, or with them.
struct BetHistory {
  /// No commit before its children; else the newest first.
  let commits: [RawCommit]
  private let positions: [ObjectID: Int]

  /// `wanted` come oldest first. Those that the tip does not reach are not in the history.
  init(from tip: ObjectID, backTo wanted: [ObjectID], _ walk: RangeWalk) throws(GitError) {
    guard let first = wanted.first else {
      commits = []
      positions = [:]
      return
    }
    let below = try walk.commit(first)?.parents ?? []
    var listed = try walk.commits(from: [tip], hiding: below)
    let seen = Set(listed.map(\.id))
    for id in wanted where !seen.contains(id) {
      // A clock that lies has put an older commit last.
      guard try walk.repository.kind(of: id) == .commit, try walk.isReachable(id, from: [tip]) else {
        continue
      }
      listed = try walk.commits(from: [tip], hiding: [])
      break
    }
    commits = BetHistory.childrenFirst(listed)
    positions = Dictionary(commits.enumerated().map { ($1.id, $0) }) { $1 }
  }

  func contains(_ id: ObjectID) -> Bool { positions[id] != nil }

  /// The place in the order; nil for a commit that is not in the history.
  func position(_ id: ObjectID) -> Int? { positions[id] }

  /// The tree of a commit, in the history or not; nil when it is not here.
  func tree(of id: ObjectID, _ repository: Repository) throws(GitError) -> ObjectID? {
    if let position = positions[id] { return commits[position].tree }
    return try repository.commit(id)?.tree
  }

  /// The commits of the history that one says it takes back; a short id counts where it is one commit's alone.
  func targets(of commit: RawCommit) -> [ObjectID] {
    commit.revertedIDs.compactMap { text in
      if let id = ObjectID(hex: text) { return id }
      let named = commits.lazy.map(\.id).filter { $0.hex.hasPrefix(text) }.prefix(2)
      return named.count == 1 ? named.first : nil
    }
  }

  /// Those that are in the history, in its order.
  func sorted(_ ids: some Sequence<ObjectID>) -> [RawCommit] {
    Set(ids.compactMap { positions[$0] }).sorted().map { commits[$0] }
  }

  /// Puts parents after all their children where dates say otherwise, and leaves the rest in order.
  private static func childrenFirst(_ listed: [RawCommit]) -> [RawCommit] {
    let numbers = Dictionary(listed.enumerated().map { ($1.id, $0) }) { first, _ in first }
    var children = Array(repeating: 0, count: listed.count)
    for parent in listed.flatMap(\.parents) { if let number = numbers[parent] { children[number] += 1 } }
    // The last one is the next.
    var ready = listed.indices.filter { children[$0] == 0 }.reversed() as [Int]
    var sorted: [RawCommit] = []
    sorted.reserveCapacity(listed.count)
    while let number = ready.popLast() {
      sorted.append(listed[number])
      for parent in listed[number].parents {
        guard let next = numbers[parent] else { continue }
        children[next] -= 1
        guard children[next] == 0 else { continue }
        let place = ready.lastIndex { $0 > next }.map { $0 + 1 } ?? 0
        ready.insert(next, at: place)
      }
    }
    return sorted
  }
}

extension BetHistory {
  /// The commits that later ones have taken back, with those that did.
  ///
  /// Read from git's own words, `This reverts commit <id>`. What a revert that was itself reverted took back, counts.
  /// A merge that is taken back takes all that it brought with it.
  func reverted(_ walk: RangeWalk) throws(GitError) -> [ObjectID: ObjectID] {
    var reverts: [ObjectID: ObjectID] = [:]
    for (place, commit) in commits.enumerated() where reverts[commit.id] == nil {
      for target in targets(of: commit) where positions[target].map({ $0 > place }) ?? false {
        reverts[target] = reverts[target] ?? commit.id
        guard let position = positions[target] else { continue }
        for brought in try walk.brought(by: commits[position]) where brought.id != commit.id {
          reverts[brought.id] = reverts[brought.id] ?? commit.id
        }
      }
    }
    return reverts
  }
}

extension RangeWalk {
  /// The commits that a merge joined to its first parent; none for any other commit.
  func brought(by merge: RawCommit) throws(GitError) -> [RawCommit] {
    guard let first = merge.parents.first, merge.parents.count > 1 else { return [] }
    return try commits(from: Array(merge.parents.dropFirst()), hiding: [first])
  }
}

extension RawCommit {
  /// More than people take back in one commit: each costs a look at history.
  private static let mostReverts = 100
  private static let reverting = Array("This reverts commit ".utf8)

  /// Whether it says that it takes back a commit; false is certain.
  var saysItReverts: Bool { Trailers.mention([RawCommit.reverting], in: message) }

  /// The ids of the commits that it says it takes back, as `git revert` writes them: full, or short with `--reference`.
  var revertedIDs: [String] {
    guard saysItReverts else { return [] }
    var found: [String] = []
    for line in message.split(separator: UInt8(ascii: "\n")) where found.count < RawCommit.mostReverts {
      let text = line.drop { $0 == UInt8(ascii: " ") }
      guard text.starts(with: RawCommit.reverting) else { continue }
      let digits = text.dropFirst(RawCommit.reverting.count).prefix(40).prefix {
        (48...57).contains($0) || (97...102).contains($0)
      }
      if digits.count >= 4 { found.append(String(decoding: digits, as: UTF8.self)) }
    }
    return found
  }
}
