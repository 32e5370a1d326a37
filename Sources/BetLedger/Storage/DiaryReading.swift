import Bets
import Git

/// The events of one diary, each read once, parents before children.
///
/// A commit that is no event is damage, and what lies below it is read all the same: an event may. But one event that
/// joins a whole foreign history must not make its diary unreadable: of what is no event only so much is read, and
/// only when everything is read that events alone lead to.
struct DiaryReading {
  let repository: Repository
  let name: String
  private(set) var entries: [Entry] = []
  private var seqs: [ObjectID: Int] = [:]
  /// Those from which a first event is reached.
  private var complete: Set<ObjectID> = []
  private var damageLeft = Ledger.mostDamage
  private var leavesOut = false

  init(repository: Repository, name: String) {
    self.repository = repository
    self.name = name
  }

  private struct Found {
    let commit: RawCommit
    let event: Result<Event, EventProblem>
  }

  /// Reads everything that a tip reaches and that was not read yet. No recursion: a chain may be long.
  mutating func read(from tip: ObjectID, ref: String) throws(LedgerError) {
    var found: [ObjectID: Found] = [:]
    var queue = [tip]
    var belowDamage: [ObjectID] = []
    while let id = queue.popLast() ?? belowDamage.popLast() {
      guard seqs[id] == nil, found[id] == nil else { continue }
      let commit = try commit(id, ref: ref)
      let event = Result { () throws(EventProblem) -> Event in
        try Event(message: commit.message, diary: name, isRoot: commit.parents.isEmpty)
      }
      if case .success = event {
        queue += commit.parents
      } else {
        guard damageLeft > 0 else {
          leavesOut = true
          belowDamage = []
          continue
        }
        damageLeft -= 1
        belowDamage += commit.parents
      }
      found[id] = Found(commit: commit, event: event)
      guard found.count + entries.count <= Ledger.largestDiary else { throw .tooLarge(ref: ref) }
    }
    var stack = [tip]
    while let id = stack.last {
      let parents = found[id]?.commit.parents ?? []
      let unread = parents.filter { seqs[$0] == nil && found[$0] != nil }
      stack += unread
      guard unread.isEmpty else { continue }
      stack.removeLast()
      if seqs[id] == nil, let read = found[id] { add(read) }
    }
  }

  /// Whether an event at a tip stands on nothing but what was left out: what is below could say anything.
  func hasLostTheBeginning(of tip: ObjectID) -> Bool {
    leavesOut && seqs[tip] != nil && !complete.contains(tip)
  }

  private func commit(_ id: ObjectID, ref: String) throws(LedgerError) -> RawCommit {
    var found: RawCommit?
    do throws(GitError) {
      found = try repository.commit(id)
      if found == nil { found = repository.commitAgain(id) }
    } catch {
      // Something else than a commit at the tip, or an object that cannot be read.
      guard let kind = try? repository.kind(of: id), kind != .commit else { throw .git(error) }
      throw .notAnEvent(ref: ref)
    }
    guard let found else { throw repository.isShallow ? .cutOff(ref: ref) : .missingObject(ref: ref, id: id) }
    return found
  }

  private mutating func add(_ found: Found) {
    let commit = found.commit
    let largestParentSeq = commit.parents.compactMap { seqs[$0] }.max() ?? 0
    var event = found.event
    if case .success(let read) = event, let problem = read.problem(above: largestParentSeq) {
      event = .failure(problem)
    }
    // A damaged event cannot be placed by its own word; what follows it is still held against its parents'.
    seqs[commit.id] = (try? event.get())?.seq ?? largestParentSeq
    if commit.parents.isEmpty || commit.parents.contains(where: complete.contains) {
      complete.insert(commit.id)
    }
    let author = commit.author
    entries.append(
      Entry(
        id: commit.id, parents: commit.parents,
        author: author?.name ?? "", email: author?.email ?? "", isSigned: commit.isSigned,
        time: author?.time ?? commit.commitTime, event: event))
  }
}
