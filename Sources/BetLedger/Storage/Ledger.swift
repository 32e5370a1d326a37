import Bets
import Git

// BetLedger: the diaries of bets in a repository. An event is a commit with trailers, a diary a chain of them under a
// reference; here they are read, folded, written, signed, fetched and joined, and all names of references are in one
// file, `LedgerRefs`. The room knows nothing of pushes, nor of whose work a commit is.

/// The bets of a repository: every diary, this clone's own and what was fetched of each configured remote.
///
/// Reading needs no identity and writes nothing but what it can find out again. A fetch alone makes a teammate's
/// verdict count, because a bet is the fold over all heads together.
package final class Ledger {
  /// More events than any diary has: past this a ledger is refused, not read for minutes.
  static let largestDiary = 100_000
  /// More commits than a diary has that are no events: past this it was joined with something else, which is left out.
  package static let mostDamage = 100

  let repository: Repository
  /// The configured remotes: what a renamed or removed one left behind does not count.
  package let remotes: [String]
  /// What this repository is called in a ledger that several share.
  let name: String?
  /// New values of the ledger's refs, by full name, that a push brings: on a server they count before they stand.
  let pushed: [String: ObjectID]
  /// Under the lock: the events that somebody trusted has signed, and no other one loosens anything. Nil without it.
  let trusted: Set<ObjectID>?
  /// Where names are shown: what people are called now. Nil elsewhere.
  let names: PeoplesNames?
  /// Whether an event was written through this value.
  package internal(set) var hasAppended = false
  private var bets: [BetID: Bet?] = [:]
  private var listed: [DiaryRef]?
  private var stamped: UInt64?
  private var isThere = false
  /// What ``digests(damaged:)`` has found.
  var digested: [KeptDigest]?
  /// What ``links()`` has found.
  var linked: LedgerLinks?
  private var gateDiary: GateDiary?
  /// The branch of this repository that carries diaries, in full; they count beside those of the refs.
  var carrierRef: String?
  /// Its newest commit, with what is being pushed; nil where it has none yet.
  var carrier: ObjectID?
  private var carried = Once<[String: Set<ObjectID>]>()
  /// What the signatures of events are worth: each is looked at once.
  package private(set) lazy var signatures = SignatureCheck(repository)

  /// `pushed` are the updates of a push that is being received; those of the ledger are read as if they had landed.
  /// `name` is what this repository is called in a ledger that several share. `showsNames`: people are called as the
  /// repository's `.mailmap` says.
  package init(
    _ repository: Repository, remotes: [String], name: String? = nil, pushed: [RefUpdate] = [],
    trusting trusted: Set<ObjectID>? = nil, showsNames: Bool = false
  ) {
    self.name = name
    names = showsNames ? PeoplesNames(repository) : nil
    self.trusted = trusted
    self.repository = repository
    self.remotes = remotes
    var tips: [String: ObjectID] = [:]
    for update in pushed where !update.isDeletion && update.remoteRef.hasPrefix(LedgerRefs.prefix) {
      tips[update.remoteRef] = update.localID
    }
    self.pushed = tips
  }

  /// The bet of that id; nil when it is not declared. Cost: independent of the number of bets.
  package func bet(_ id: BetID) throws(LedgerError) -> Bet? {
    if let known = bets[id] { return known }
    let bet = try read(id)
    bets[id] = bet
    return bet
  }

  private func read(_ id: BetID) throws(LedgerError) -> Bet? {
    guard let diary = try diary(id.name) else { return nil }
    guard let bet = Bet(id, from: diary, in: name, trusting: trusted) else {
      throw .damaged(ref: LedgerRefs.diary(id.name), diary.entries.compactMap(\.problem).first)
    }
    return bet
  }

  /// Drops what was read of a diary, which may have changed.
  func forget(_ name: String) {
    if let id = BetID(ifValid: name) { bets[id] = nil }
    listed = nil
    stamped = nil
    isThere = false
    digested = nil
    linked = nil
    if name == Event.gateDiary { gateDiary = nil }
  }

  /// Every bet with a readable declaration, by id; `damaged` gets the others.
  ///
  /// One damaged bet hides no other. A ref that cannot be read at all is an error all the same, and so is a newer
  /// ledger. A ref with a name that no bet can have is passed over.
  package func readableBets(damaged: (BetID) -> Void = { _ in }) throws(LedgerError) -> [Bet] {
    var found: [Bet] = []
    for id in try ids() {
      if let bet = try readable(id, damaged: damaged) { found.append(bet) }
    }
    return found
  }

  /// One bet anew, and none of it is kept: for who reads many, one after the other.
  package func readable(_ id: BetID, damaged: (BetID) -> Void = { _ in }) throws(LedgerError) -> Bet? {
    do throws(LedgerError) { return try read(id) } catch {
      if case .damaged(_, let problem) = error, !(problem?.isNewerLedger ?? false) {
        damaged(id)
        return nil
      }
      throw error
    }
  }

  /// The overrides and the shared levels of the rules.
  package func gate() throws(LedgerError) -> GateDiary {
    if let gateDiary { return gateDiary }
    let read = GateDiary(
      from: try diary(Event.gateDiary) ?? Diary([]), trusting: trusted ?? [], isLocked: trusted != nil)
    gateDiary = read
    return read
  }

  /// The shared levels of the rules. Signatures are looked at when they decide whether `unsigned` was lowered.
  package func policy() throws -> [String: Level] {
    let diary = try gate()
    guard !diary.lowerings.isEmpty else { return diary.policy }
    return diary.trusting(try signatures.trust(of: diary.lowerings)).policy
  }

  /// The ids of all bets, sorted.
  package func ids() throws(LedgerError) -> [BetID] {
    Set(try refs().compactMap { BetID(ifValid: $0.diary) }).sorted()
  }

  /// Whether there is no diary at all: an answer that is earned by reading every ref, none skipped.
  package func isEmpty() throws(LedgerError) -> Bool {
    guard listed == nil, pushed.isEmpty, carrier == nil else { return try refs().isEmpty }
    // A ledger that was there a moment ago is there: it is asked for several times in one push.
    if isThere { return false }
    for prefix in folders {
      do throws(GitError) {
        isThere = try !repository.hasNoReferences(under: prefix)
        if isThere { return false }
      } catch { throw .brokenRef(ref: prefix, why: error.message) }
    }
    return true
  }

  /// A hash of all refs with what they point to, and of this repository's name in the ledger: while it is the same every
  /// bet is as it was.
  package func stamp() throws(LedgerError) -> UInt64 {
    if let stamped { return stamped }
    var hash = WordHash(seed: 0)
    hash.add(Array((name ?? "").utf8))
    if pushed.isEmpty, carrier == nil {
      for prefix in folders {
        hash.add(Array(prefix.utf8))
        do throws(GitError) {
          hash.add(try repository.fingerprint(ofReferencesUnder: prefix))
        } catch { throw .brokenRef(ref: prefix, why: error.message) }
      }
    } else {
      for ref in try refs() {
        hash.add(Array(ref.ref.utf8))
        if case .direct(let id) = ref.target { hash.add(Array((ref.diary + id.hex).utf8)) }
      }
    }
    stamped = hash.value
    return hash.value
  }

  private var folders: [String] { [LedgerRefs.prefix] + remotes.map(LedgerRefs.staging) }

  /// A ref of the ledger; what it is called after the prefix need not be a name that a diary can have.
  struct DiaryRef {
    let diary: String
    let ref: String
    let target: Repository.RefTarget
  }

  /// Every ref: this clone's first, then each remote's, with what is being pushed in its place.
  func refs() throws(LedgerError) -> [DiaryRef] {
    if let listed { return listed }
    var refs: [DiaryRef] = []
    for (ref, id) in pushed {
      refs.append(
        DiaryRef(diary: String(ref.dropFirst(LedgerRefs.prefix.count)), ref: ref, target: .direct(id)))
    }
    for prefix in folders {
      do throws(GitError) {
        for ref in try repository.references(under: prefix) where pushed[ref.name] == nil {
          let diary = String(ref.name.dropFirst(prefix.count))
          refs.append(DiaryRef(diary: diary, ref: ref.name, target: ref.target))
        }
      } catch { throw .brokenRef(ref: prefix, why: error.message) }
    }
    for (diary, tips) in try carriedTips() {
      refs += tips.map { DiaryRef(diary: diary, ref: carrierRef ?? "", target: .direct($0)) }
    }
    listed = refs
    return refs
  }

  /// The heads of diaries that the carrier leads to, by diary.
  func carriedTips() throws(LedgerError) -> [String: Set<ObjectID>] {
    guard let carrierRef, let carrier else { return [:] }
    return try carried.get { () throws(LedgerError) in
      try Carriers(repository: repository, ref: carrierRef).tips(from: carrier).events
    }
  }

  /// The given bets with everything that they build on, at any depth.
  package func bets(_ ids: some Sequence<BetID>) throws(LedgerError) -> [BetID: Bet] {
    var found: [BetID: Bet] = [:]
    var queue = Array(Set(ids))
    var seen = Set(queue)
    while let id = queue.popLast() {
      guard let bet = try bet(id) else { continue }
      found[id] = bet
      guard found.count <= Ledger.largestDiary else { throw .tooLarge(ref: LedgerRefs.diary(id.name)) }
      for below in bet.buildsOn where seen.insert(below).inserted { queue.append(below) }
    }
    return found
  }
}

extension Entry {
  /// Why it is damaged; nil when it is not.
  package var problem: EventProblem? {
    if case .failure(let problem) = event { problem } else { nil }
  }
}

extension Diary {
  /// Whether it leads into a history that is no diary, of which the most is left out.
  package var isFlooded: Bool { damaged.count >= Ledger.mostDamage }
}
