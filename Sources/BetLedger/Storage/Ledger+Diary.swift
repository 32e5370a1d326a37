import Bets
import Git

extension Ledger {
  /// Reads one diary from every head there is; nil when there is none.
  ///
  /// A broken ref is an error, never "no such diary".
  package func diary(_ name: String) throws(LedgerError) -> Diary? {
    let tips = try tips(of: name)
    return tips.isEmpty ? nil : try diary(name, from: tips)
  }

  /// Reads one diary from the given heads: the same heads, the same diary.
  func diary(_ name: String, from tips: [(ref: String, id: ObjectID)]) throws(LedgerError) -> Diary {
    var reading = DiaryReading(repository: repository, name: name)
    for tip in tips { try reading.read(from: tip.id, ref: tip.ref) }
    for case .newerLedger(let version)? in reading.entries.map(\.problem) {
      throw .damaged(ref: LedgerRefs.diary(name), .newerLedger(version))
    }
    return Diary(reading.entries)
  }

  /// Where the diary's heads are: this clone's first, then each remote's.
  func tips(of name: String) throws(LedgerError) -> [(ref: String, id: ObjectID)] {
    var tips: [(ref: String, id: ObjectID)] = []
    for ref in [LedgerRefs.diary(name)] + remotes.map({ LedgerRefs.staged(name, of: $0) }) {
      if let id = pushed[ref] {
        tips.append((ref, id))
      } else if let id = try tip(of: ref) {
        tips.append((ref, id))
      }
    }
    return tips
  }

  /// Where the heads of all bets are: all that ``tips(of:)`` says, from one listing.
  func heads() throws(LedgerError) -> [BetID: [(ref: String, id: ObjectID)]] {
    var heads: [BetID: [(ref: String, id: ObjectID)]] = [:]
    for ref in try refs() {
      guard let bet = BetID(ifValid: ref.diary) else { continue }
      heads[bet, default: []].append((ref.ref, try id(ref.target, in: ref.ref)))
    }
    return heads
  }

  /// What a ref of the ledger points to; nil when there is none. It has to be a plain ref that can be read.
  func tip(of ref: String) throws(LedgerError) -> ObjectID? {
    let target: Repository.RefTarget?
    do { target = try repository.reference(ref) } catch { throw .brokenRef(ref: ref, why: error.message) }
    return try target.map { target throws(LedgerError) in try id(target, in: ref) }
  }

  private func id(_ target: Repository.RefTarget, in ref: String) throws(LedgerError) -> ObjectID {
    switch target {
    case .direct(let id): return id
    case .symbolic(let other): throw .brokenRef(ref: ref, why: "it is a symbolic ref to '\(other)'")
    }
  }
}

/// The events of one diary, each read once, parents before children.
private struct DiaryReading {
  let repository: Repository
  let name: String
  private(set) var entries: [Entry] = []
  private var seqs: [ObjectID: Int] = [:]

  init(repository: Repository, name: String) {
    self.repository = repository
    self.name = name
  }

  /// Reads everything that a tip reaches and that was not read yet. No recursion: a chain may be long.
  mutating func read(from tip: ObjectID, ref: String) throws(LedgerError) {
    var waiting: [RawCommit] = []
    var seen: Set<ObjectID> = []
    var queue = [tip]
    while let id = queue.popLast() {
      guard seqs[id] == nil, seen.insert(id).inserted else { continue }
      let commit = try commit(id, ref: ref)
      waiting.append(commit)
      guard waiting.count + entries.count <= Ledger.largestDiary else { throw .tooLarge(ref: ref) }
      queue += commit.parents
    }
    let byID = Dictionary(uniqueKeysWithValues: waiting.map { ($0.id, $0) })
    var stack = byID[tip].map { [$0] } ?? []
    while let commit = stack.last {
      let unread = commit.parents.filter { seqs[$0] == nil }
      if unread.isEmpty {
        stack.removeLast()
        if seqs[commit.id] == nil { add(commit) }
      } else {
        stack += unread.compactMap { byID[$0] }
      }
    }
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

  private mutating func add(_ commit: RawCommit) {
    let largestParentSeq = commit.parents.compactMap { seqs[$0] }.max() ?? 0
    let event = Result { () throws(EventProblem) -> Event in
      try Event(
        message: commit.message, diary: name, largestParentSeq: largestParentSeq,
        isRoot: commit.parents.isEmpty)
    }
    // A damaged event cannot be placed by its own word; what follows it is still held against its parents'.
    seqs[commit.id] = (try? event.get())?.seq ?? largestParentSeq
    let author = commit.author
    entries.append(
      Entry(
        id: commit.id, parents: commit.parents,
        author: author?.name ?? "", email: author?.email ?? "", isSigned: commit.isSigned,
        time: author?.time ?? commit.commitTime, event: event))
  }
}
