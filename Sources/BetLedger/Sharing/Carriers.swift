import Bets
import Git

/// A branch that carries a ledger, read: what its commits have for parents beside each other.
///
/// It only ever grows, and of two carriers the later one may name an older tip: all tips together are the ledger.
struct Carriers {
  /// Carriers of one branch: a bound against what a remote may hold.
  private static let longest = 100_000
  /// Events that do not say what they belong to, one upon the other.
  private static let damagedInARow = 100

  let repository: Repository
  /// Where they are, for people.
  let ref: String

  struct Tips {
    /// By diary.
    var events: [String: Set<ObjectID>] = [:]
    /// A parent that belongs to no diary.
    var stranger: ObjectID?
  }

  /// The tips that carriers name which come after `known`. Cost: one commit for each carrier and each tip.
  func tips(from tip: ObjectID, to known: ObjectID? = nil) throws(LedgerError) -> Tips {
    var tips = Tips()
    var carriers = [tip]
    var seen: Set<ObjectID> = []
    while let id = carriers.popLast() {
      guard id != known, seen.insert(id).inserted else { continue }
      guard seen.count <= Carriers.longest else { throw .tooLarge(ref: ref) }
      let carrier = try commit(id)
      guard carrier.isCarrier else { throw .notACarrier(ref: ref) }
      for parent in carrier.parents where parent != known {
        let event = try commit(parent)
        if event.isCarrier {
          carriers.append(parent)
        } else if let name = try diary(of: event) {
          tips.events[name, default: []].insert(parent)
        } else {
          tips.stranger = parent
        }
      }
    }
    return tips
  }

  /// The diary that a tip belongs to: where it is damaged, the events before it say so.
  private func diary(of tip: RawCommit) throws(LedgerError) -> String? {
    var event = tip
    for _ in 0..<Carriers.damagedInARow {
      if let name = event.diary { return name }
      guard let parent = event.parents.first else { return nil }
      event = try commit(parent)
    }
    return nil
  }

  private func commit(_ id: ObjectID) throws(LedgerError) -> RawCommit {
    do throws(GitError) {
      if try repository.kind(of: id) == .commit, let commit = try repository.commit(id) { return commit }
    } catch { throw .git(error) }
    throw .missingObject(ref: ref, id: id)
  }
}

extension RawCommit {
  var isCarrier: Bool { trailer(.event) == "carried" }

  /// The diary that an event says it belongs to; nil for what is no event.
  fileprivate var diary: String? {
    // The commits of the work have `Bet` trailers as well.
    guard trailer(.event) != nil, let name = trailer(.bet),
      name == Event.gateDiary || BetID(ifValid: name) != nil
    else { return nil }
    return name
  }

  private func trailer(_ name: TrailerName) -> String? {
    guard let trailers = try? Trailers(parsing: message) else { return nil }
    return trailers.first { TrailerName(key: $0.key) == name }?.value
  }
}
