import BetAttribution
import BetLedger

/// Links that the gate does not follow: those of ship branches.
struct LinkDoctor {
  let context: Context

  init(_ context: Context) { self.context = context }

  func findings() throws -> [Doctor.Finding] {
    let site = try context.site
    var findings: [Doctor.Finding] = []
    func name(_ branch: String, of bet: String, in place: String, cure: String) {
      findings.append(
        Doctor.Finding(
          .wrong, about: "links",
          "'\(branch)' ships and is linked to '\(bet)' in \(place): the gate passes that over",
          cures: [cure]))
    }
    for (branch, bet) in try site.settings.branchBets.sorted(by: { $0.key < $1.key })
    where try !bet.isEmpty && site.isShip(branch) {
      name(
        branch, of: bet, in: "git's configuration",
        cure: "git config --unset-all \(Text.shellQuoted("branch.\(branch).bet"))")
    }
    findings += try lasting()
    for bet in try site.ledger.digests() {
      for branch in bet.linkedBranches where try site.isShip(branch) {
        name(
          branch, of: bet.id.name, in: "the ledger",
          cure: "git bet unlink \(bet.id) \(Text.shellOperands(branch))")
      }
    }
    return findings
  }

  /// Branches whose work has landed and whose names say no bet: what comes next on them would be that bet's as well.
  private func lasting() throws -> [Doctor.Finding] {
    let (site, walk) = (try context.site, try context.attribution.walk)
    let ships = try site.ships(of: site.home).map(\.tip)
    guard !ships.isEmpty else { return [] }
    return try site.ledger.digests().flatMap { bet in
      try bet.linkedBranches.compactMap { branch in
        guard try !context.isNamed(branch, after: bet.id), try !site.isShip(branch),
          let tip = try context.repository.resolve("refs/heads/\(branch)"),
          try walk.isReachable(tip, from: ships), try hasMoved(branch, to: tip)
        else { return nil }
        return Doctor.Finding(
          .note, about: "links",
          "'\(branch)' has landed and is linked to '\(bet.id)' still: what comes next on it will be its work, too",
          cures: ["git bet unlink \(bet.id) \(Text.shellOperands(branch))"])
      }
    }
  }

  /// Whether something was done on a branch: one that was only begun has not landed.
  private func hasMoved(_ branch: String, to tip: ObjectID) throws -> Bool {
    try context.repository.reflog(of: "refs/heads/\(branch)").first.map { $0.new != tip } ?? false
  }
}

/// What this clone asks less than the ledger.
struct SettingDoctor {
  let context: Context

  init(_ context: Context) { self.context = context }

  func findings() throws -> [Doctor.Finding] {
    try context.settings.loosened(policy: context.ledger.policy()).map { setting in
      Doctor.Finding(
        .note, about: "settings", setting.sentence,
        cures: setting.scope == .command
          ? [] : ["git config --\(setting.scope) --unset-all \(Text.shellQuoted(setting.key))"])
    }
  }
}
