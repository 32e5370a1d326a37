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
    for tip in tips where reading.hasLostTheBeginning(of: tip.id) { throw .foreignHistory(ref: tip.ref) }
    return Diary(names?.applied(to: reading.entries) ?? reading.entries)
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
    for id in try (carriedTips()[name] ?? []).sorted() { tips.append((carrierRef ?? "", id)) }
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
