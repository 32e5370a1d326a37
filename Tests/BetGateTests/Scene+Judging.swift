import BetGate
import LedgerSupport
import TestSupport
import Testing

extension Scene {
  /// What git tells the hook; `old` is what the remote has, nothing for a new ref.
  func update(_ local: String, to remoteRef: String, old: String? = nil) throws -> RefUpdate {
    let id = try #require(ObjectID(hex: clone.id(local)))
    let oldID = try old.map { try #require(ObjectID(hex: clone.id($0))) } ?? .zero
    return RefUpdate(localRef: local, localID: id, remoteRef: remoteRef, remoteID: oldID)
  }

  func judge(_ updates: [RefUpdate], remote: String = "origin") throws -> Decision {
    let site = try site()
    let remote = Remote(argument: remote, config: try site.config)
    return try Judge(site).judge(Push(updates, to: remote, today: Scene.today)).decision
  }

  func judge(_ local: String, to remoteRef: String, old: String? = nil) throws -> Decision {
    try judge([update(local, to: remoteRef, old: old)])
  }

  /// The titles of the commits that a push brings, newest first; all of them belong to a bet that was given up.
  func range(
    _ local: String = "refs/heads/main", to remoteRef: String, old: String? = nil, remote: String = "origin"
  ) throws -> [String] {
    try judge([update(local, to: remoteRef, old: old)], remote: remote).titles
  }
}

extension Decision {
  /// The titles of the commits that findings are about.
  var titles: [String] { findings.flatMap(\.commits).map(\.title) }
  var rules: [String] { findings.map(\.rule.name) }
}
