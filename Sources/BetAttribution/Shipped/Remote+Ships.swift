import Bets
import Git
import GitFormats

extension Remote {
  /// The ship branches as they were last seen there; `head` is the branch that counts as its main one.
  package func ships(
    in repository: Repository, settings: Settings, head: String?
  ) throws(GitError) -> [(name: String, tip: ObjectID)] {
    try branches(in: repository).filter { settings.isShip($0.name, remoteHead: head) }
  }
}
