import Bets
import Git

/// A repository with its configuration, ledger and settings: what every question about bets starts from, be it a
/// command's, a server's or a library user's.
///
/// Each part is read when it is first asked for, and once: a site sees one moment. For one thread at a time.
public final class LedgerSite {
  package let repository: Repository
  private let pushed: [RefUpdate]
  let authority: Settings.Authority
  /// Under the lock, as in ``locked(trusting:)``.
  package let trusted: Set<ObjectID>?
  /// Remotes that are gone, and whose diaries are to count all the same.
  private let formerRemotes: [String]
  /// Whether people are called as the `.mailmap` says.
  private let showsNames: Bool
  private var lines: Once<[ConfigLine]>
  private var read = Once<Settings>()
  private var opened = Once<Ledger>()
  var foundHome = Once<RemoteSnapshot>()
  /// What ``ships(of:)`` has found.
  var foundShips: [Remote.Place?: [(name: String, tip: ObjectID)]] = [:]
  private var snapshots: [Remote.Place?: RemoteSnapshot] = [:]

  /// `pushed` are the updates of a push that is being received: those of the ledger count as if they had landed.
  /// `config` stands for what git's configuration says, where that is known already.
  ///
  /// `authority` says whose settings count; `trusted` are, under the lock, the events that somebody trusted has signed.
  /// `showsNames` is for who shows them, not for a hook, which may have nothing to say.
  package init(
    _ repository: Repository, config: [ConfigLine]? = nil, receiving pushed: [RefUpdate] = [],
    authority: Settings.Authority = .clone, trusting trusted: Set<ObjectID>? = nil,
    showsNames: Bool = false, counting formerRemotes: [String] = []
  ) {
    self.repository = repository
    self.showsNames = showsNames
    self.formerRemotes = formerRemotes
    self.pushed = pushed
    self.authority = authority
    self.trusted = trusted
    lines = Once(config)
  }

  /// The same repository as somebody else judges it.
  package func judged(by authority: Settings.Authority) throws -> LedgerSite {
    authority == self.authority ? self : try other(by: authority, trusting: trusted, formerRemotes)
  }

  /// The same repository under the lock: only these of the events that loosen something count.
  package func locked(trusting trusted: Set<ObjectID>) throws -> LedgerSite {
    try other(by: authority, trusting: trusted, formerRemotes)
  }

  /// The same repository with what was fetched of remotes that are gone.
  package func counting(_ formerRemotes: [String]) throws -> LedgerSite {
    try other(by: authority, trusting: trusted, formerRemotes)
  }

  private func other(
    by authority: Settings.Authority, trusting trusted: Set<ObjectID>?, _ formerRemotes: [String]
  ) throws -> LedgerSite {
    LedgerSite(
      repository, config: try config, receiving: pushed, authority: authority, trusting: trusted,
      showsNames: showsNames, counting: formerRemotes)
  }

  /// Whether it is read under the lock.
  package var isLocked: Bool { trusted != nil }

  /// Opens the repository at or around a path, if this user may: libgit2 checks its owner.
  ///
  /// Throws where there is no repository, where it is another user's, and where it has SHA-256 ids or a reftable.
  public static func open(at path: String) throws -> LedgerSite {
    LedgerSite(try Repository.open(at: path, trust: .checkOwner))
  }

  /// The configuration that git would read here: the sections `bet`, `branch` and `remote`.
  package var config: [ConfigLine] {
    get throws(GitError) {
      try lines.get { () throws(GitError) in
        try repository.configuration(sections: ["bet", "branch", "remote"])
      }
    }
  }

  /// What the gate is told by configuration and by the ledger. A value that means nothing is an error: nothing is
  /// decided on a guess.
  package var settings: Settings {
    get throws {
      try read.get { try Settings(config: config, shared: ledger.gate().shared, authority: authority) }
    }
  }

  /// The bets. It can be read where another setting means nothing.
  package var ledger: Ledger {
    get throws {
      try opened.get {
        let config = try config
        let ledger = Ledger(
          repository, remotes: try LedgerPeer.stagingNames(in: config) + formerRemotes,
          name: Settings.repositoryName(in: config), pushed: pushed, trusting: trusted, showsNames: showsNames
        )
        if repository.isBare, let ref = try carrierRef {
          ledger.carrierRef = ref
          let landing = pushed.last { $0.remoteRef == ref && !$0.isDeletion }
          ledger.carrier = try landing?.localID ?? repository.resolve(ref)
        }
        return ledger
      }
    }
  }

  /// The bet of that id; nil when it is not declared. A diary that cannot be read is an error, never "no such bet".
  ///
  /// Cost: independent of the number of bets.
  public func bet(_ id: BetID) throws -> Bet? { try ledger.bet(id) }

  /// The ids of all bets, sorted.
  public func betIDs() throws -> [BetID] { try ledger.ids() }

  /// The branches of a remote as they were last seen here, shared by all who ask.
  package func snapshot(of remote: Remote) -> RemoteSnapshot {
    let place = remote.place
    if let known = snapshots[place] { return known }
    let snapshot = RemoteSnapshot(remote, in: repository)
    snapshots[place] = snapshot
    return snapshot
  }
}
