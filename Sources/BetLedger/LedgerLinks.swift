import Bets
import Git

/// Which branches and commits the ledger's `linked` events give to which bet. Read once, when first asked.
///
/// What each diary links is kept in `bet/links` under the common git directory with the heads it was read from: only
/// diaries that have changed are read. The same heads are the same events, whatever else has happened.
final class LedgerLinks {
  private let ledger: Ledger
  private var read: Links?

  private struct Links {
    /// The first bet by id, when several claim a branch.
    var branches: [String: BetID] = [:]
    var commits: [ObjectID: [BetID]] = [:]
  }

  init(_ ledger: Ledger) { self.ledger = ledger }

  /// The configured remotes.
  var remotes: [String] { ledger.remotes }

  func bet(ofBranch branch: String) throws(LedgerError) -> BetID? { try links().branches[branch] }
  func bets(ofCommit commit: ObjectID) throws(LedgerError) -> [BetID] { try links().commits[commit] ?? [] }

  func branches() throws(LedgerError) -> [String: BetID] { try links().branches }
  func commits() throws(LedgerError) -> [ObjectID: [BetID]] { try links().commits }

  private func links() throws(LedgerError) -> Links {
    if let read { return read }
    let file = CacheFile(ledger.repository, name: "bet/links", version: LinkedDiary.version)
    let known = LinkedDiary.read(file, as: ledger.name)
    let heads = try ledger.heads()
    var diaries: [LinkedDiary] = []
    diaries.reserveCapacity(heads.count)
    var isNew = false
    for (name, heads) in heads.sorted(by: { $0.key < $1.key }) {
      guard let id = BetID(ifValid: name) else { continue }
      if let diary = known[name], diary.heads == LinkedDiary.heads(heads.map(\.id)) {
        diaries.append(diary)
      } else {
        isNew = true
        try diaries.append(LinkedDiary(id, heads, in: ledger))
      }
    }
    if isNew || known.count != diaries.count { LinkedDiary.write(diaries, to: file, as: ledger.name) }
    var links = Links()
    for diary in diaries {
      guard let id = BetID(ifValid: diary.name) else { continue }
      for branch in diary.branches where links.branches[branch] == nil { links.branches[branch] = id }
      for commit in diary.commits { links.commits[ObjectID(commit), default: []].append(id) }
    }
    read = links
    return links
  }
}
