import Bets
import Git

extension Ledger {
  /// What `make` says of each of these bets, which must be told by the bet alone, whatever day it is and whatever has
  /// shipped.
  ///
  /// It is kept in `bet/texts` under the common git directory with the heads that the bet was read from: `make` is asked
  /// of bets with others, each of which is read. Nothing is kept under the lock, nor where names are mapped: who wrote
  /// what is then not told by the bet. `version` is that of what `make` says.
  package func texts(
    of ids: [BetID], version: UInt32, _ make: (Bet) -> String
  ) throws(LedgerError) -> [BetID: ArraySlice<UInt8>] {
    let mayKeep = trusted == nil && !(names?.isMapping ?? false)
    let file = CacheFile(repository, name: OwnFile.texts.name, version: version)
    var known = (mayKeep ? file.read(sections: 1)?.first.flatMap { rows(in: $0) } : nil) ?? [:]
    var digests: [BetID: KeptDigest] = [:]
    for kept in try keptDigests() { digests[kept.id] = kept }
    known = known.filter { $0.value.heads == digests[$0.key]?.heads }
    var isNew = false
    for id in ids where known[id] == nil {
      guard let kept = digests[id], let bet = try bet(of: kept) else { continue }
      known[id] = Row(heads: kept.heads, text: Array(make(bet).utf8)[...])
      isNew = true
    }
    if isNew, mayKeep { file.replace(with: [bytes(of: known)]) }
    return known.mapValues(\.text)
  }

  /// The bet as it was when its digest was made: its ref may have moved since.
  private func bet(of kept: KeptDigest) throws(LedgerError) -> Bet? {
    guard trusted == nil else { return try readable(kept.id) }
    let tips = kept.heads.map { (ref: LedgerRefs.diary(kept.id.name), id: $0) }
    return Bet(kept.id, from: try diary(kept.id.name, from: tips), in: name)
  }

  // MARK: In a file

  private struct Row {
    let heads: [ObjectID]
    let text: ArraySlice<UInt8>
  }

  /// Nil for what was kept under another name of this repository, or makes no sense.
  private func rows(in section: ArraySlice<UInt8>) -> [BetID: Row]? {
    var reader = CacheReader(section)
    guard reader.text() == name ?? "" else { return nil }
    var rows: [BetID: Row] = [:]
    while !reader.isAtEnd {
      guard let id = reader.text().flatMap({ BetID(ifValid: $0) }), let heads = reader.ids(),
        let text = reader.slice()
      else { return nil }
      rows[id] = Row(heads: heads, text: text)
    }
    return rows
  }

  private func bytes(of rows: [BetID: Row]) -> [UInt8] {
    var writer = CacheWriter()
    writer.add(name ?? "")
    for (id, row) in rows {
      writer.add(id.name)
      writer.add(row.heads) { $0.add($1) }
      writer.add(data: row.text)
    }
    return writer.bytes
  }
}
