import BetLedger

/// A push, made or not, as the gate is asked about it.
public struct Push: Sendable {
  /// What goes where. Deletions and the ledger's own refs are never judged.
  package let updates: [RefUpdate]
  package let remote: Remote
  package let today: Day
  /// Whose word counts for the levels of the rules.
  package let authority: Settings.Authority
  /// Whether it stands for a range, which may have landed already: a ship branch that has its end hides nothing.
  package let isRange: Bool

  /// Makes a push of updates, as git tells them to a hook.
  public init(
    _ updates: [RefUpdate], to remote: Remote, today: Day, authority: Settings.Authority = .clone,
    isRange: Bool = false
  ) {
    self.updates = updates
    self.remote = remote
    self.today = today
    self.authority = authority
    self.isRange = isRange
  }

  /// Those that are judged.
  func judged(at site: LedgerSite) throws -> [RefUpdate] {
    try updates.filter { try !$0.isDeletion && !site.isLedger($0) }
  }
}

/// What the gate found about a push: what it looked at, and what it says of that.
public struct Judgement: Sendable {
  /// One for each judged ref that brings commits.
  package let ranges: [PushRange]
  /// What the gate says.
  public let decision: Decision
  /// What this clone's configuration asks less than the ledger, where that let the push through.
  package let loosened: [Settings.Loosened]

  init(ranges: [PushRange], decision: Decision, loosened: [Settings.Loosened] = []) {
    self.ranges = ranges
    self.decision = decision
    self.loosened = loosened
  }
}

extension LedgerSite {
  /// The push of a branch to the branch of the same name, or another, of a remote; each may be spelled as a full ref or
  /// with a remote's name before it.
  ///
  /// What the remote has there is taken as it was last seen here. Throws where there is no such branch.
  public func push(
    of branch: String, to remote: Remote, into target: String? = nil, today: Day
  ) throws -> Push {
    func name(_ text: String) throws -> String {
      guard let name = try self.branch(spelled: text)?.name else { throw LedgerError.missingBranch(text) }
      return name
    }
    let branch = try name(branch)
    let target = try target.map(name) ?? branch
    let ref = "refs/heads/\(branch)"
    guard let tip = try repository.resolve(ref) else { throw LedgerError.missingBranch(branch) }
    let known = try snapshot(of: remote).tip(of: target)
    let update = RefUpdate(
      localRef: ref, localID: tip, remoteRef: "refs/heads/\(target)", remoteID: known ?? .zero)
    return Push([update], to: remote, today: today)
  }
}
