import Git

/// The younger part of a history, each commit read once.
///
/// A history of a hundred thousand commits is not walked for the few that matter.
final class RecentHistory {
  /// How far a walk goes on past what is too old, against clocks that lie: git's own number.
  private static let lives = 5

  private let repository: Repository
  private let walk: RangeWalk
  private let start: Audit.Start
  private var commits: [ObjectID: RawCommit] = [:]

  init(_ repository: Repository, since start: Audit.Start) throws(GitError) {
    self.repository = repository
    self.start = start
    walk = try RangeWalk(repository)
  }

  /// The commits that a tip reaches, newest first as far as clocks tell; none when the tip is not here.
  ///
  /// An old date does not take a commit out when something younger lies below it: the date is its author's word.
  func commits(from tip: ObjectID) throws(GitError) -> [RawCommit] {
    guard try repository.kind(of: tip) == .commit else { return [] }
    if case .revision(let base) = start { return try walk.commits(from: [tip], hiding: [base]) }
    var lives: [ObjectID: Int] = [:]
    var queue = [(id: tip, lives: RecentHistory.lives)]
    while let next = queue.popLast() {
      guard next.lives > lives[next.id] ?? 0, let commit = try read(next.id) else { continue }
      lives[next.id] = isRecent(commit) ? RecentHistory.lives : next.lives
      let left = isRecent(commit) ? RecentHistory.lives : next.lives - 1
      queue += commit.parents.map { ($0, left) }
    }
    return recent(Set(lives.keys)).sorted { ($0.commitTime, $0.id) > ($1.commitTime, $1.id) }
  }

  private func isRecent(_ commit: RawCommit) -> Bool {
    if case .time(let seconds) = start { commit.commitTime >= seconds } else { true }
  }

  /// Those that are recent, and whatever stands on them.
  private func recent(_ visited: Set<ObjectID>) -> [RawCommit] {
    var children: [ObjectID: [ObjectID]] = [:]
    var queue: [ObjectID] = []
    for id in visited {
      guard let commit = commits[id] else { continue }
      for parent in commit.parents { children[parent, default: []].append(id) }
      if isRecent(commit) { queue.append(id) }
    }
    var found = Set(queue)
    while let id = queue.popLast() {
      for child in children[id] ?? [] where found.insert(child).inserted { queue.append(child) }
    }
    return found.compactMap { commits[$0] }
  }

  /// Nil only where history was cut off: what should be here and is not cannot be judged.
  private func read(_ id: ObjectID) throws(GitError) -> RawCommit? {
    if let known = commits[id] { return known }
    guard let commit = try repository.commit(id) else {
      if repository.isShallow { return nil }
      throw GitError(
        code: .notFound, category: .odb, function: "git_odb_read", message: "commit \(id) does not exist")
    }
    commits[id] = commit
    return commit
  }
}
