import Bets
import Git

/// What one diary links, and the heads it was read from.
struct LinkedDiary {
  /// Of what is kept in the file.
  static let version: UInt32 = 1

  let name: String
  /// Sorted, each once.
  let heads: [OID]
  let branches: [String]
  let commits: [OID]

  /// Reads it from the ledger. A diary without a readable declaration is no bet, and links nothing.
  init(_ id: BetID, _ heads: [(ref: String, id: OID)], in ledger: Ledger) throws(LedgerError) {
    let bet = Bet(id, from: try ledger.diary(id.name, from: heads), in: ledger.name)
    name = id.name
    self.heads = LinkedDiary.heads(heads.map(\.id))
    branches = bet?.linkedBranches.sorted() ?? []
    commits = bet?.linkedCommits.compactMap(\.oid).sorted() ?? []
  }

  static func heads(_ ids: [OID]) -> [OID] { ids.count == 1 ? ids : Set(ids).sorted() }

  // MARK: In a file

  /// What the file knows, by name; nothing when it cannot be trusted.
  ///
  /// `repository` is what this one is called in a ledger that several share: under another name other links count.
  static func read(_ file: CacheFile, as repository: String?) -> [String: LinkedDiary] {
    guard let section = file.read(sections: 1)?.first else { return [:] }
    var reader = CacheReader(section)
    guard reader.text() == repository ?? "", let diaries = reader.all({ LinkedDiary(&$0) }) else {
      return [:]
    }
    return Dictionary(diaries.map { ($0.name, $0) }) { $1 }
  }

  static func write(_ diaries: [LinkedDiary], to file: CacheFile, as repository: String?) {
    var writer = CacheWriter()
    writer.add(repository ?? "")
    for diary in diaries {
      writer.add(diary.name)
      writer.add(diary.heads) { $0.add($1) }
      writer.add(diary.branches) { $0.add($1) }
      writer.add(diary.commits) { $0.add($1) }
    }
    file.replace(with: [writer.bytes])
  }

  private init?(_ reader: inout CacheReader) {
    guard let name = reader.text(), let heads = reader.list({ $0.id() }),
      let branches = reader.list({ $0.text() }), let commits = reader.list({ $0.id() })
    else { return nil }
    self.name = name
    self.heads = heads
    self.branches = branches
    self.commits = commits
  }
}
