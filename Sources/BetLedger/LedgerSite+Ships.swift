import Bets
import Git

extension LedgerSite {
  /// The one place whose ship branches say what has shipped.
  ///
  /// `bet.home`, else `origin`, else the only remote, else the first. Of a bare repository it is the repository itself;
  /// likewise where there is no remote.
  package var home: RemoteSnapshot { get throws { try foundHome.get { try findHome() } } }

  private func findHome() throws -> RemoteSnapshot {
    if repository.isBare { return snapshot(of: .here) }
    let names = Remote.names(in: try config)
    let chosen = try settings.home.flatMap { names.contains($0) ? $0 : nil }
    if let name = chosen ?? (names.contains("origin") ? "origin" : names.first) {
      return snapshot(of: Remote(name: name))
    }
    let main = try repository.configuration(sections: ["init"]).last { $0.key == "init.defaultbranch" }
    return snapshot(of: .alone(main: main?.value))
  }

  /// Whether a push to a remote is one to home, by whichever of its names.
  package func isHome(_ remote: Remote) throws -> Bool { try remote.isSame(as: home.remote, in: config) }

  /// Whether a branch ships, wherever it is pushed.
  package func isShip(_ branch: String) throws -> Bool {
    try settings.isShip(branch, remoteHead: home.headBranch())
  }

  /// The main one of the ship branches.
  package var mainShip: String { get throws { try home.headBranch() ?? Settings.mainBranches[0] } }

  /// Whether nobody can tell here whether a branch ships: home's HEAD may name it, and is not known.
  ///
  /// A branch that is called like a draft, a feature or a bet's is nobody's main branch.
  package func mayShip(_ branch: String) throws -> Bool {
    let settings = try settings
    guard settings.shipPatterns == nil, !settings.isDraft(branch), !settings.isFeature(branch),
      try home.remote.name != nil, try home.headBranch() == nil, try !isShip(branch)
    else { return false }
    return !settings.branchPatterns.contains { $0.matches(branch) }
  }

  /// The ship branches of a place, the main one first; told apart from the others once, however many refs are pushed.
  package func ships(of place: RemoteSnapshot) throws -> [(name: String, tip: ObjectID)] {
    if let known = foundShips[place.remote.place] { return known }
    let main = try mainShip
    let (names, folders) = try settings.shipPlaces(remoteHead: home.headBranch())
    let all = try place.branches(named: names, below: folders).filter { try isShip($0.name) }
    let ships = all.filter { $0.name == main } + all.filter { $0.name != main }
    foundShips[place.remote.place] = ships
    return ships
  }

  /// The remote that is home, when nothing of its branches is known here and no fetch of git's would make them known,
  /// as in a bare clone that has work trees: then every commit looks new. Nil otherwise.
  package var untrackedHome: String? {
    get throws {
      guard let name = try home.remote.name, try home.branches().isEmpty else { return nil }
      let isTracked = try config.contains {
        $0.key == "remote.\(name).fetch" && $0.value?.contains(":refs/remotes/") == true
      }
      return isTracked ? nil : name
    }
  }
}
