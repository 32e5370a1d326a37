import Bets
import Git

/// Why a server does not take an update of a ledger ref: what is in the ledger stays in it.
package enum LedgerRefusal: Error, Hashable, Sendable {
  /// What was fetched of others has no place on a server.
  case staging(ref: String)
  /// No id of the grammar, nor `gate`.
  case name(ref: String)
  case deletion(ref: String)
  /// The new value does not descend from the old one.
  case rewind(ref: String)
  /// An event that the ref would get is damaged, be it the last one or somewhere below.
  case damaged(ref: String, id: ObjectID, EventProblem?)
}

extension Ledger {
  /// Throws why an update of `refs/bets/*` or `refs/bets-remote/*` must not land; other refs are nobody's concern here.
  ///
  /// The ledger must have been made with the push's updates: what they bring is read as it will stand. Ask it of
  /// every update of a push before anything else is decided. A bet that would have no readable declaration, or a
  /// ref to something else than a commit, is an error of the ledger itself.
  package func guardAgainst(_ update: RefUpdate) throws {
    let ref = update.remoteRef
    if ref == carrierRef { return try guardCarrier(against: update) }
    guard update.isLedger else {
      // Another spelling is the same file where upper and lower case are; the folder's own name would lock it.
      let spelled = ref.lowercased() + "/"
      guard ![LedgerRefs.prefix, LedgerRefs.stagingPrefix].contains(where: spelled.hasPrefix) else {
        throw LedgerRefusal.name(ref: ref)
      }
      return
    }
    guard ref.hasPrefix(LedgerRefs.prefix) else { throw LedgerRefusal.staging(ref: ref) }
    let name = String(ref.dropFirst(LedgerRefs.prefix.count))
    let id = BetID(ifValid: name)
    guard id != nil || name == Event.gateDiary else { throw LedgerRefusal.name(ref: ref) }
    guard !update.isDeletion else { throw LedgerRefusal.deletion(ref: ref) }
    let new = update.localID
    guard let diary = try diary(name) else { throw LedgerError.missingObject(ref: ref, id: new) }
    // The repository's own word for the old value: the pusher's is only a claim.
    let old = try tip(of: ref)
    let known = try old.map { try self.diary(name, from: [(ref, $0)]) }
    if let damaged = diary.damage(from: new, besides: known) {
      throw LedgerRefusal.damaged(ref: ref, id: damaged, diary[damaged]?.problem)
    }
    if let id { _ = try bet(id) }
    guard let old else { return }
    guard try RangeWalk(repository).isReachable(old, from: [new]) else {
      throw LedgerRefusal.rewind(ref: ref)
    }
  }
}

extension Ledger {
  /// Throws why the branch that carries the ledger must not be moved so: it grows by carriers of readable events.
  private func guardCarrier(against update: RefUpdate) throws {
    let (ref, new) = (update.remoteRef, update.localID)
    guard !update.isDeletion else { throw LedgerRefusal.deletion(ref: ref) }
    let old = try tip(of: ref)
    let carriers = Carriers(repository: repository, ref: ref)
    if let old {
      guard try RangeWalk(repository).isReachable(old, from: [new]) else {
        throw LedgerRefusal.rewind(ref: ref)
      }
    }
    let coming = try carriers.tips(from: new, to: old)
    if let stranger = coming.stranger { throw LedgerRefusal.damaged(ref: ref, id: stranger, nil) }
    let here = try old.map { try carriers.tips(from: $0).events } ?? [:]
    for (name, tips) in coming.events.sorted(by: { $0.key < $1.key }) {
      guard let diary = try diary(name) else { continue }
      let known = try here[name].map { try self.diary(name, from: $0.map { (ref, $0) }) }
      for tip in tips.sorted() {
        guard let damaged = diary.damage(from: tip, besides: known) else { continue }
        throw LedgerRefusal.damaged(ref: ref, id: damaged, diary[damaged]?.problem)
      }
      if let id = BetID(ifValid: name) { _ = try bet(id) }
    }
  }
}

extension Diary {
  /// A damaged event, or something that was not read, on the way from `tip` to what is known already; nil without one.
  fileprivate func damage(from tip: ObjectID, besides known: Diary?) -> ObjectID? {
    var queue = [tip]
    var seen: Set<ObjectID> = []
    while let id = queue.popLast() {
      guard known?[id] == nil, seen.insert(id).inserted else { continue }
      guard let entry = self[id], entry.problem == nil else { return id }
      queue += entry.parents
    }
    return nil
  }
}

extension LedgerRefusal: DiagnosticError {
  package var diagnostic: Diagnostic {
    switch self {
    case .staging(let ref):
      Diagnostic(
        "ledger-staging", "'\(Text.printable(ref))' is what a clone fetched of a ledger, and no ledger",
        hints: ["git push origin 'refs/bets/*'"])
    case .name(let ref):
      Diagnostic(
        "ledger-name", "'\(Text.printable(ref))' cannot be a bet's ref",
        notes: [
          "below refs/bets/ only 'gate' and ids of bets are taken: 1 to 63 of a-z, 0-9 and '-', and no reserved name"
        ])
    case .deletion(let ref):
      Diagnostic(
        "ledger-deleted", "'\(ref)' is part of the ledger and is not deleted",
        notes: ["what was claimed, seen and decided stays; a bet ends with a verdict"],
        hints: [
          ref.hasPrefix(LedgerRefs.prefix)
            ? "git bet close \(Text.shellOperands(String(ref.dropFirst(LedgerRefs.prefix.count)), "abandoned"))"
            : "git bet sync"
        ])
    case .rewind(let ref):
      Diagnostic(
        "ledger-rewound", "'\(ref)' would lose events that this server has",
        notes: [
          "a ledger ref only moves forward; once yours has fetched what is here, the next event you write joins both"
        ],
        hints: [
          ref.hasPrefix(LedgerRefs.prefix)
            ? "git fetch origin \(Text.shellQuoted(LedgerRefspec.fetch(from: "origin")))" : "git bet sync"
        ])
    case .damaged(let ref, let id, let problem):
      Diagnostic(
        "ledger-damaged", "'\(ref)' would get a damaged event, \(id.short)",
        notes: [problem?.diagnostic.message ?? "it belongs to a history that is no diary"],
        hints: ["git show \(id.short)"])
    }
  }
}
