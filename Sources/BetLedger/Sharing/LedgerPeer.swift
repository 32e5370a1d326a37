import Bets
import Git

/// Where the ledger is exchanged: a configured remote, or the one ledger that several repositories share.
package struct LedgerPeer: Hashable, Sendable {
  /// The remote's name; what comes from it is kept under `refs/bets-remote/<name>/`.
  package let name: String
  /// The URL of a shared ledger that is no configured remote.
  let url: String?
  /// The branch that carries the events where the host takes nothing but branches; nil: the refs themselves.
  let branch: String?
  /// Whether the remote has a fetch refspec of its own. Where it has none, ours would be its only one, and `git pull`
  /// would find no branch in what it fetches.
  let isFetched: Bool

  /// Whether `git fetch` brings its ledger, once the refspec is there.
  package var comesWithFetch: Bool { !isElsewhere && isFetched }

  /// Whether its ledger is elsewhere than in refs of a configured remote.
  package var isElsewhere: Bool { url != nil || branch != nil }

  /// Whether it is given by its URL alone.
  var comesWithURL: Bool { url != nil }

  /// The name under which a shared ledger is kept that is given by its URL.
  static let sharedName = "ledger"

  package init(name: String, url: String? = nil, branch: String? = nil, isFetched: Bool = true) {
    self.name = name
    self.url = url
    self.branch = branch
    self.isFetched = isFetched
  }

  /// Whether a fetch from a remote brings anything but the ledger.
  package static func isFetched(_ remote: String, in config: [ConfigLine]) -> Bool {
    config.contains { $0.key == "remote.\(remote).fetch" && $0.value.flatMap(LedgerRefspec.target) == nil }
  }

  /// Brings its ledger, and keeps bringing it.
  var bringing: String { comesWithFetch ? LedgerRefspec.adding(name) : "git bet sync" }

  /// With whom `git bet sync` exchanges, in the order of the configuration.
  ///
  /// `bet.ledgerRemote` alone, when it is set; else every remote that brings its ledger with a fetch, and those from
  /// which nothing is fetched; else `origin`, or the only remote there is.
  package static func all(in config: [ConfigLine]) throws(BadSetting) -> [LedgerPeer] {
    let branch = try ledgerBranch(in: config)
    if let shared = try shared(in: config, branch) { return [shared] }
    let remotes = Remote.names(in: config)
    let brings = { (remote: String) in !folders(of: remote, in: config).isEmpty }
    let chosen =
      remotes.contains(where: brings)
      ? remotes.filter { brings($0) || !isFetched($0, in: config) }
      : remotes.filter { $0 == "origin" || remotes.count == 1 }
    return chosen.map { LedgerPeer(name: $0, branch: branch, isFetched: isFetched($0, in: config)) }
  }

  /// The peer of a remote's name; nil when no such remote is configured.
  package static func named(_ name: String, in config: [ConfigLine]) throws(BadSetting) -> LedgerPeer? {
    let branch = try ledgerBranch(in: config)
    if let shared = try shared(in: config, branch), shared.name == name { return shared }
    guard Remote.names(in: config).contains(name) else { return nil }
    return LedgerPeer(name: name, branch: branch, isFetched: isFetched(name, in: config))
  }

  /// The names under which heads of diaries are kept here and count: all remotes, those that a renamed one still fetches
  /// to, and a shared ledger.
  package static func stagingNames(in config: [ConfigLine]) throws(BadSetting) -> [String] {
    var names = Remote.names(in: config)
    let renamed = names.flatMap { folders(of: $0, in: config).compactMap(LedgerRefspec.remote) }
    for name in try renamed + [shared(in: config, nil)?.name].compactMap(\.self) where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// Where a fetch from a remote puts its diaries; nothing when none brings them.
  package static func folders(of remote: String, in config: [ConfigLine]) -> [String] {
    config.filter { $0.key == "remote.\(remote).fetch" }
      .compactMap { $0.value.flatMap(LedgerRefspec.target) }
      // git would not write there either.
      .filter { Repository.isValidName($0 + "x") }
  }

  private static func shared(in config: [ConfigLine], _ branch: String?) throws(BadSetting) -> LedgerPeer? {
    guard let line = config.last(where: { $0.key == ConfigKey.ledgerRemote.key }), let value = line.value,
      !value.isEmpty
    else { return nil }
    let remotes = Remote.names(in: config)
    if remotes.contains(value) { return LedgerPeer(name: value, branch: branch) }
    guard !remotes.contains(sharedName) else {
      let shown = ConfigLine(key: line.key, value: Remote.withoutCredentials(value), scope: line.scope)
      throw BadSetting(
        line: shown, expected: "a remote's name, and must be while a remote is called 'ledger'")
    }
    return LedgerPeer(name: sharedName, url: value, branch: branch)
  }

  private static func ledgerBranch(in config: [ConfigLine]) throws(BadSetting) -> String? {
    guard let line = config.last(where: { $0.key == ConfigKey.ledgerBranch.key }), let value = line.value,
      !value.isEmpty
    else { return nil }
    guard !value.hasPrefix("-"), !value.hasPrefix("refs/"), !["HEAD", "@"].contains(value),
      Repository.isValidName("refs/heads/\(value)")
    else {
      throw BadSetting(line: line, expected: "the short name of a branch, like 'bets'")
    }
    return value
  }
}
