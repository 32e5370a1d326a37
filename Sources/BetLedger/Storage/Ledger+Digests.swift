import Bets
import Git

extension Ledger {
  /// The digest of every bet with a readable declaration, by id; `damaged` gets the others.
  ///
  /// Says what ``readableBets(damaged:)`` says, and keeps no diary. What each one was found to be is kept in
  /// `bet/digests` under the common git directory with the heads it was read from: only diaries that have changed are
  /// read. The same heads are the same events, whatever else has happened. Where the whole ledger stands as it did, no
  /// heads are compared.
  package func digests(damaged: (BetID) -> Void = { _ in }) throws(LedgerError) -> [BetDigest] {
    var found: [BetDigest] = []
    for kept in try keptDigests() {
      if let digest = kept.digest { found.append(digest) } else { damaged(kept.id) }
    }
    return found
  }

  /// The digest of one bet among all of them; nil when there is no such diary.
  package func keptDigest(of id: BetID) throws(LedgerError) -> KeptDigest? {
    if trusted != nil { return try lockedDigest(of: id) }
    let all = try keptDigests()
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < all.count && all[low].id == id ? all[low] : nil
  }

  /// A bet with all that it builds on; nothing where one of them is damaged.
  package func digests(upTo id: BetID) throws(LedgerError) -> [BetID: BetDigest] {
    var found: [BetID: BetDigest] = [:]
    var queue = [id]
    while let id = queue.popLast() {
      guard found[id] == nil, let kept = try keptDigest(of: id) else { continue }
      guard let digest = kept.digest else { return [:] }
      found[id] = digest
      queue += digest.buildsOn
    }
    return found
  }

  /// Sorted by id.
  func keptDigests() throws(LedgerError) -> [KeptDigest] {
    if let digested { return digested }
    if trusted != nil {
      var digests: [KeptDigest] = []
      for id in try ids() { if let digest = try lockedDigest(of: id) { digests.append(digest) } }
      digested = digests
      return digests
    }
    let (file, stamp) = (DigestFile(self), try stamp())
    let kept = file.read()
    if kept.stamp == stamp {
      digested = kept.digests
      return kept.digests
    }
    let heads = try heads()
    let known = Dictionary(kept.digests.map { ($0.id, $0) }) { $1 }
    var digests: [KeptDigest] = []
    digests.reserveCapacity(heads.count)
    for (id, tips) in heads.sorted(by: { $0.key < $1.key }) {
      let heads = KeptDigest.heads(tips)
      if let kept = known[id], kept.heads == heads {
        digests.append(kept)
      } else {
        let bet = Bet(id, from: try diary(id.name, from: tips), in: name)
        digests.append(KeptDigest(id, heads: heads, bet.map { BetDigest($0) }))
      }
    }
    // Where there never was a bet reading makes no folder.
    if !digests.isEmpty || !kept.digests.isEmpty { file.write(digests, of: stamp) }
    digested = digests
    return digests
  }

  /// The bets that were known here when they were last listed, and of which no ref is left.
  package func vanished() throws(LedgerError) -> [BetID] {
    let heads = try heads()
    return DigestFile(self).read().digests.map(\.id).filter { heads[$0] == nil }
  }

  /// What the lock makes of a bet is kept nowhere: it hangs on whose signatures count.
  private func lockedDigest(of id: BetID) throws(LedgerError) -> KeptDigest? {
    guard try !tips(of: id.name).isEmpty else { return nil }
    do throws(LedgerError) {
      return KeptDigest(id, heads: [], try bet(id).map { BetDigest($0) })
    } catch {
      guard case .damaged(_, let problem) = error, !(problem?.isNewerLedger ?? false) else { throw error }
      return KeptDigest(id, heads: [], nil)
    }
  }
}
