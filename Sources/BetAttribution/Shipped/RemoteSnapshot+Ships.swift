import Bets
import Git

extension RemoteSnapshot {
  /// The ship branches: those that the settings name, the main one first.
  package func ships(_ settings: Settings) throws(GitError) -> [(name: String, tip: ObjectID)] {
    let head = try headBranch()
    let ships = try branches().filter { settings.isShip($0.name, remoteHead: head) }
    return ships.filter { $0.name == head } + ships.filter { $0.name != head }
  }
}
