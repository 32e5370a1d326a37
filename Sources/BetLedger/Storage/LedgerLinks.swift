import Bets
import Git

/// Which branches and commits the ledger's `linked` events give to which bet.
package struct LedgerLinks {
  /// The first bet by id, when several claim a branch.
  package private(set) var branches: [String: BetID] = [:]
  package private(set) var commits: [ObjectID: [BetID]] = [:]
  /// The linked commits whose events tell what they change, by the author's clock.
  package private(set) var changes: [Int64: [CoveredCommit]] = [:]

  init(_ bets: [BetDigest]) {
    for bet in bets {
      for branch in bet.linkedBranches where branches[branch] == nil { branches[branch] = bet.id }
      for linked in bet.linkedCommits { add(linked, to: bet.id) }
    }
  }

  private mutating func add(_ linked: CoveredCommit, to bet: BetID) {
    commits[linked.commit, default: []].append(bet)
    guard linked.change != nil, let time = linked.authorTime else { return }
    changes[time, default: []].append(linked)
  }
}

extension Ledger {
  /// What is linked to which bet, kept in `bet/links` under the common git directory.
  ///
  /// Cost: a listing of the ledger's refs while it stands as it did; else of all bets.
  package func links() throws(LedgerError) -> LedgerLinks {
    if let linked { return linked }
    // Where nobody bets nothing is linked, and nothing is kept.
    if try isEmpty() { return LedgerLinks([]) }
    let file = CacheFile(repository, name: OwnFile.links.name, version: 1)
    let stamp = trusted == nil ? try stamp() : nil
    if let stamp, let sections = file.read(sections: 3), let kept = LedgerLinks(sections, madeFrom: stamp) {
      linked = kept
      return kept
    }
    let links = LedgerLinks(try digests())
    if let stamp { file.replace(with: links.sections(madeFrom: stamp)) }
    linked = links
    return links
  }

  /// Whether a diary of that name is here.
  package func has(_ bet: BetID) throws(LedgerError) -> Bool { try !tips(of: bet.name).isEmpty }

  /// Under the lock: the bets that have a branch or a commit, by its name or id, and the events that do not settle whose it
  /// is; nothing where one bet has it.
  ///
  /// `bets` are those that it is linked to, `others` those that would have it without a link. A link that somebody trusted
  /// has signed settles it.
  package func disputed(
    _ place: String, _ bets: [BetID], besides others: [BetID]
  ) throws(LedgerError) -> (bets: [BetID], doubts: [Reliance]) {
    guard let trusted else { return ([], []) }
    var (claims, signed, doubts): ([BetID], [BetID], [Reliance]) = ([], [], [])
    for id in bets {
      guard let linkers = try bet(id)?.linkers[place] else { continue }
      let links = linkers.filter { $0.readable?.kind == .linked }
      if links.contains(where: { trusted.contains($0.id) }) { signed.append(id) } else { claims.append(id) }
      for entry in linkers where !trusted.contains(entry.id) {
        doubts.append(Reliance(.change(id, entry.readable?.kind ?? .linked), entry))
      }
    }
    if !claims.isEmpty { claims += others.filter { !claims.contains($0) } }
    let all = signed.isEmpty ? claims : signed
    return all.count > 1 ? (all, doubts) : ([], [])
  }
}

// MARK: In a file

extension LedgerLinks {
  /// Nil for what was made from another ledger, or makes no sense.
  fileprivate init?(_ sections: [ArraySlice<UInt8>], madeFrom stamp: UInt64) {
    var readers = sections.map { CacheReader($0) }
    func bet(_ reader: inout CacheReader) -> BetID? { reader.text().flatMap { BetID(ifValid: $0) } }
    guard readers[0].number() == stamp,
      let branches = readers[1].all({ reader in
        reader.text().flatMap { name in bet(&reader).map { (name, $0) } }
      }),
      let commits = readers[2].all({ reader in
        reader.text().flatMap { CoveredCommit($0) }.flatMap { linked in bet(&reader).map { (linked, $0) } }
      })
    else { return nil }
    for (name, bet) in branches { self.branches[name] = bet }
    for (linked, bet) in commits { add(linked, to: bet) }
  }

  fileprivate func sections(madeFrom stamp: UInt64) -> [[UInt8]] {
    var (head, names, ids) = (CacheWriter(), CacheWriter(), CacheWriter())
    head.add(stamp)
    for (name, bet) in branches.sorted(by: { $0.key < $1.key }) {
      names.add(name)
      names.add(bet.name)
    }
    let known = Dictionary(changes.values.joined().map { ($0.commit, $0) }) { $1 }
    for (commit, bets) in commits.sorted(by: { $0.key < $1.key }) {
      for bet in bets {
        ids.add((known[commit] ?? CoveredCommit(commit, change: nil)).text)
        ids.add(bet.name)
      }
    }
    return [head.bytes, names.bytes, ids.bytes]
  }
}
