import BetAttribution
import BetLedger

/// What a link would take from another bet.
extension Context {
  /// The other bet that a branch has: by configuration, by the ledger, or by its name.
  func former(of branch: String, besides bet: BetID) throws -> BetID? {
    let link = try site.link(ofBranch: branch)
    if let id = link?.bet.id, id != bet { return id }
    if let other = try ledger.links().branches[branch], other != bet { return other }
    return nil
  }

  /// Whether linking a branch would give a bet what another one has: the branch, or commits that only branches tell of.
  func isAnothers(_ branch: String, besides bet: BetID) throws -> Bool {
    if try former(of: branch, besides: bet) != nil { return true }
    guard let tip = try repository.resolve("refs/heads/\(branch)").map(\.hex) else { return false }
    let ships = try site.ships(of: site.home).map { "^\($0.tip)" }
    let listed = try GitCommand.checked(
      ["rev-list", "--max-count=\(Context.mostCommits)", "--end-of-options", tip] + ships)
    return try listed.text.split(separator: "\n").compactMap { ObjectID(hex: $0) }
      .contains { try isAnothers($0, besides: bet, on: branch) }
  }

  /// More commits of a branch are not looked at: this is asked while somebody waits.
  private static let mostCommits = 50

  /// Whether a commit belongs to another bet: by its own words, by the ledger, or by a branch that has it.
  func isAnothers(_ commit: ObjectID, besides bet: BetID, on branch: String? = nil) throws -> Bool {
    guard let raw = try repository.commit(commit) else { return false }
    let named = try WorkCommit(raw).bets.filter { $0 != .none }
    // Its own words stay with it, whatever is linked.
    if !named.isEmpty { return branch == nil && !named.contains(.id(bet)) }
    let linked = try ledger.links().commits[commit] ?? []
    if !linked.isEmpty { return !linked.contains(bet) }
    let shipped = try attribution.bets(of: commit)
    if !shipped.isEmpty { return !shipped.contains(bet) }
    let branches = try GitCommand.checked([
      "for-each-ref", "--format=%(refname)", "--contains", commit.hex, "refs/heads/",
    ])
    return try branches.text.split(separator: "\n").compactMap { RefUpdate.branch(String($0)) }.contains {
      name in
      guard name != branch, let id = try site.link(ofBranch: name)?.bet.id else { return false }
      return id != bet
    }
  }

  /// What commits change, so that they are known again after a rebase.
  func covered(_ commits: [ObjectID]) throws -> [CoveredCommit] {
    let changes = try attribution.changes
    let raw = try commits.compactMap { try repository.commit($0) }
    let steps = try raw.map { try changes.step(of: $0) }
    try changes.find(steps.compactMap(\.self))
    return try zip(raw, steps).map { commit, step in
      let change = try step.flatMap { try changes.id(of: $0) }
      return CoveredCommit(commit.id, change: change, authorTime: commit.author?.time)
    }
  }

  /// A ship branch is everybody's: whatever ships after that would be work of one bet.
  func refuseShip(_ branch: String, linkedTo bet: BetID) throws {
    guard try site.isShip(branch) else { return }
    throw Refusal(
      "ship-branch",
      "'\(Text.printable(branch))' ships, so it is no bet's: all that ships later would be its work",
      notes: ["a commit is linked by its id, and new work begins on a branch of its own"],
      hints: ["git bet link \(bet) --commit HEAD", "git bet start \(bet)"])
  }
}
