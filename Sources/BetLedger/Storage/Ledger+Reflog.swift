import Bets
import Git

extension Ledger {
  /// Events that a diary's reflog knows and that no head of the diary has.
  package struct Lost: Sendable {
    package let ref: String
    /// What the ref holds; nil when it is gone.
    package let now: ObjectID?
    /// The last of the events: all others are below it.
    package let tip: ObjectID
    package let count: Int
    /// Whether the ref is known to have held them: of one event alone a write that was cut short leaves a line too.
    package let wasThere: Bool
    /// Whether the ref can be moved to `tip` without losing what it holds.
    package let isAhead: Bool
    /// The `Seq` of an event that joins the tip with what the ref holds.
    package let joiningSeq: Int
  }

  /// Looks for what a diary has lost because its ref was moved back or taken away; the largest loss first.
  ///
  /// Costs the reading of the diary and of all that was lost. What git has deleted since cannot be found.
  package func lost(from name: String) throws(LedgerError) -> [Lost] {
    let ref = LedgerRefs.diary(name)
    let movements = try log(of: ref)
    guard !movements.isEmpty else { return [] }
    let left = Set(movements.compactMap(\.old))
    return try missing(left.union(movements.compactMap(\.new)), from: name, left: left)
  }

  /// The same of heads that stand where they do not count; those that a head of the diary reaches are not missing.
  ///
  /// `left` are those that the ref is known to have held.
  package func missing(
    _ known: Set<ObjectID>, from name: String, left: Set<ObjectID> = []
  ) throws(LedgerError) -> [Lost] {
    let ref = LedgerRefs.diary(name)
    let now = try tip(of: ref)
    let diary = try diary(name)
    let kept = Set((diary?.entries ?? []).map(\.id))

    var parents: [ObjectID: [ObjectID]] = [:]
    for id in known { try walk(from: id, except: kept, ref: ref, into: &parents) }
    let below = Set(parents.values.joined())
    var lost: [Lost] = []
    for tip in known.sorted() where parents[tip] != nil && !below.contains(tip) {
      var own: [ObjectID: [ObjectID]] = [:]
      try walk(from: tip, except: kept, ref: ref, into: &own)
      let largest = (diary?.entries ?? []).compactMap { $0.readable?.seq }.max() ?? 0
      lost.append(
        Lost(
          ref: ref, now: now, tip: tip, count: own.count,
          wasThere: own.count > 1 || left.contains(tip), isAhead: try isReachable(now, from: tip),
          joiningSeq: largest + own.count + 1))
    }
    return lost.sorted { $0.count > $1.count }
  }

  /// The diaries that have a reflog, whether they still have a ref or not.
  package func loggedNames() throws(LedgerError) -> [String] {
    do throws(GitError) {
      return try repository.logged(in: LedgerRefs.prefix).filter {
        BetID(ifValid: $0) != nil || $0 == Event.gateDiary
      }
    } catch { throw .git(error) }
  }

  /// The locks on diaries that are there now, somebody's or left.
  package func locks() throws(LedgerError) -> [GitError.Lock] {
    do throws(GitError) { return try repository.locks(in: LedgerRefs.prefix) } catch { throw .git(error) }
  }

  private func log(of ref: String) throws(LedgerError) -> [Repository.Movement] {
    do throws(GitError) { return try repository.reflog(of: ref) } catch { throw .git(error) }
  }

  private func isReachable(_ id: ObjectID?, from tip: ObjectID) throws(LedgerError) -> Bool {
    guard let id else { return true }
    do throws(GitError) { return try RangeWalk(repository).isReachable(id, from: [tip]) } catch {
      throw .git(error)
    }
  }

  /// Reads what is below a commit and not kept, with its parents; what is gone is passed over.
  private func walk(
    from tip: ObjectID, except kept: Set<ObjectID>, ref: String, into found: inout [ObjectID: [ObjectID]]
  ) throws(LedgerError) {
    var queue = [tip]
    while let id = queue.popLast() {
      guard !kept.contains(id), found[id] == nil else { continue }
      do throws(GitError) {
        guard let commit = try repository.commit(id) else { continue }
        found[id] = commit.parents
        queue += commit.parents
      } catch { throw .git(error) }
      guard found.count <= Ledger.largestDiary else { throw .tooLarge(ref: ref) }
    }
  }
}
