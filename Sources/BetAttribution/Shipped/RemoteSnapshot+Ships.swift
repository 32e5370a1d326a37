import Bets
import Git

extension LedgerSite {
  /// Whether a branch of that name is a ship branch, as far as anybody knows here: it is everybody's, and no bet's.
  package func isShipBranch(_ branch: String) throws -> Bool { try shipTest()(branch) }

  /// The same for who asks about many.
  package func shipTest() throws -> (String) -> Bool {
    let settings = try settings
    let heads = try places.map { try $0.headBranch() }
    return { branch in
      heads.isEmpty
        ? settings.isShip(branch, remoteHead: nil)
        : heads.contains { settings.isShip(branch, remoteHead: $0) }
    }
  }
}

extension RemoteSnapshot {
  /// The ship branches: those that the settings name, the main one first.
  package func ships(_ settings: Settings) throws(GitError) -> [(name: String, tip: ObjectID)] {
    let head = try headBranch()
    let ships = try branches().filter { settings.isShip($0.name, remoteHead: head) }
    return ships.filter { $0.name == head } + ships.filter { $0.name != head }
  }
}
