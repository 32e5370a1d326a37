/// The files that this program keeps in `bet/` of the common git directory.
///
/// None of them is the ledger: each may be deleted, and is in nobody's way when it is damaged.
package enum OwnFile: String, CaseIterable, Sendable {
  /// What the hooks of this clone decided.
  case decisions
  /// Which reference is being written, and a second copy of the last events.
  case writing, written
  /// When the ledger was exchanged with whom.
  case exchanged
  /// What people were told last.
  case told
  /// Which shipped commits name bets, what each bet is in a few words and in full, which branches and commits are linked,
  /// which files the commits of bets changed, and in which of them lines of open bets stand.
  case index, digests, texts, links, territory, grounds
  /// What was put into the message of the commit that is being made, and the bet whose work is done here on whatever
  /// branch; below the work tree's own git directory.
  case prepared, here

  /// The folder of all of them, below the common git directory.
  package static let folder = "bet"

  /// Where it is, below the common git directory.
  package var name: String { "\(OwnFile.folder)/\(rawValue)" }
}
