import Bets
import Git

extension Ledger {
  /// The diaries of which a part is in no copy that was fetched from one of these peers: the bets by id, then `gate`.
  ///
  /// Cost: a listing of the refs, and a walk through those diaries of which no copy is the same.
  package func onlyHere(besides peers: [LedgerPeer]) throws(LedgerError) -> [String] {
    let folders = peers.map { LedgerRefs.staging(of: $0.name) }
    var copies: [String: [ObjectID]] = [:]
    var own: [(diary: String, tip: ObjectID)] = []
    for ref in try refs() {
      guard case .direct(let tip) = ref.target else { continue }
      if ref.ref == LedgerRefs.diary(ref.diary) {
        own.append((ref.diary, tip))
      } else if folders.contains(where: { ref.ref == $0 + ref.diary }) {
        copies[ref.diary, default: []].append(tip)
      }
    }
    let unsent = own.filter { diary, tip in
      let copies = copies[diary] ?? []
      guard !copies.contains(tip) else { return false }
      // What cannot be read is doctor's to tell; it is not known to be anywhere else.
      return (try? RangeWalk(repository).isReachable(tip, from: copies)) != true
    }.map(\.diary)
    let isGate = { (diary: String) in diary == Event.gateDiary }
    return unsent.filter { !isGate($0) }.sorted() + unsent.filter(isGate)
  }
}
