import BetAttribution
import LedgerSupport
import TestSupport
import Testing

extension RandomPush {
  /// The answers that are right: one, or any of several reasons why it cannot be judged.
  ///
  /// `walksAreExact`: dates do not lie, so that git's own list is the range and not more.
  func expected(walksAreExact: Bool) throws -> Set<Answer> {
    let ranges = try updates.map { try range(of: $0, walksAreExact: walksAreExact) }
    var errors: Set<Answer> = []
    if ranges.joined().contains(where: { !history.commits[$0].says.isReadable }) {
      errors.insert(.error("unreadable-message"))
    }
    let settings = try Settings(config: config)
    let works = try zip(updates, ranges).map { try work($0, $1, settings) }
    if !hasLedger {
      let names = works.flatMap(\.commits).flatMap { $0.bets + $0.buildsOn }.contains { $0 != .none }
      // A branch's name says enough where nobody can know that there is no ledger.
      let isBrought = config.contains { $0.key == "remote.origin.fetch" }
      let isLinked = works.contains { $0.link.map { $0.source != .name || !isBrought } ?? false }
      if names || isLinked { errors.insert(.error("ledger-not-fetched")) }
      return errors.isEmpty ? [.silence] : errors
    }
    if !errors.isEmpty { return errors }
    let ledger = try history.ledger()
    let bets = try ledger.bets(RandomHistory.declared.map { try BetID($0) })
    let diary = try ledger.gate()
    let asking = Gate(settings: settings, diary: diary, today: Scene.today).decide(works, bets: bets)
    // Nobody signs here.
    let answers = Dictionary(asking.reliances.map { ($0.event, SignatureTrust.unsigned) }) { $1 }
    let gate = Gate(settings: settings, diary: diary, signatures: answers, today: Scene.today)
    return [Answer(gate.decide(works, bets: bets))]
  }

  private func ships(_ branch: String) -> Bool {
    if branch.hasPrefix("wip/") { return false }
    if let ship { return ship.contains(branch) }
    return branch.hasPrefix("release/") || ["main", "master", head].contains(branch)
  }

  /// The pushed commits that neither the pushed ref's old value nor a ship branch reaches.
  private func range(of update: RefUpdate, walksAreExact: Bool) throws -> [Int] {
    let shipped = tracked.keys.filter(ships)
    let branches = shipped.isEmpty ? tracked.keys.filter { !$0.hasPrefix("wip/") } : shipped
    let hidden = branches.compactMap { tracked[$0] } + [history.numbers[update.remoteID]].compactMap { $0 }
    let listed = try history.scene.clone.git(
      ["rev-list", update.localID.hex, "--not"] + hidden.map { history.commits[$0].id.hex }
    ).text.split(separator: "\n").compactMap { ObjectID(hex: $0) }.compactMap { history.numbers[$0] }
    let confirmed = listed.filter { commit in !hidden.contains { history.reaches($0, commit) } }
    if walksAreExact { #expect(confirmed == listed) }
    return confirmed
  }

  private func work(_ update: RefUpdate, _ range: [Int], _ settings: Settings) throws -> Work {
    let isDeclared = { (id: BetID) in hasLedger && RandomHistory.declared.contains(id.name) }
    var commits = try range.map { number in
      let commit = history.commits[number]
      var work = WorkCommit(
        id: commit.id, message: Array(commit.says.text.utf8), bringsNothing: history.isMerge(number),
        bets: commit.says.bets.map { BetName($0) }, buildsOn: commit.says.buildsOn.map { BetName($0) })
      work.strays = try Trailers.strays(of: "Bet", in: work.message)
      #expect(work.strays.map(\.value) == commit.says.strays)
      work.unearth { isDeclared($0) ? true : nil }
      #expect(Set(work.buried.map(\.value)).isSubset(of: commit.says.strays))
      work.bets = bets(of: commit, isDeclared)
      return work
    }
    let branch = try #require(RefUpdate.branch(update.localRef))
    let link =
      commits.contains { $0.bets.isEmpty }
      ? BranchLink(
        branch: branch, settings: settings,
        // What ships is no bet's, whatever was linked.
        linkedInLedger: ships(branch) ? nil : linkedBranches[branch], isDeclared: isDeclared)
      : nil
    if link == nil, hasLedger {
      for index in commits.indices where commits[index].bets.isEmpty {
        commits[index].bets = try claims(on: range[index], settings, isDeclared)
      }
    }
    let overrides = try hasLedger ? history.ledger().gate().overrides : []
    let shipped = tracked.keys.filter(ships).compactMap { tracked[$0] }
    let remoteBranch = update.remoteRef.hasPrefix("refs/heads/") ? update.remoteRef.dropFirst(11) : nil
    var expected = Work(
      update: update, branch: branch, isDraft: remoteBranch?.hasPrefix("wip/") ?? false,
      isFeature: branch.hasPrefix("feature/"), isShip: remoteBranch.map { ships(String($0)) } ?? false,
      link: link, commits: commits,
      overrides: overrides,
      reaches: try reaches(of: overrides, commits, shipped: shipped))
    // None of the bets says what it is measured by, which matters while they are open.
    for id in RandomHistory.open {
      let isOurs = commits.contains { commit in
        commit.bets.isEmpty ? link?.bet == .id(id) : commit.bets.contains(.id(id))
      }
      if isOurs { expected.facts.instruments[id] = [:] }
    }
    expected.facts.openBets = RandomHistory.open.count
    let out = history.commits.indices.filter { number in shipped.contains { history.reaches($0, number) } }
    let started = Set(out.flatMap { bets(of: history.commits[$0], isDeclared) })
    expected.facts.starting = Set(RandomHistory.open).filter { !started.contains(.id($0)) }
    return expected
  }

  /// The tip that an override names and what of its history has not shipped; a standing one stands on anything, because
  /// these name no more than older versions did.
  private func reaches(
    of overrides: [Override], _ commits: [WorkCommit], shipped: [Int]
  ) throws -> [ObjectID: Override.Reach] {
    var reaches: [ObjectID: Override.Reach] = [:]
    for override in overrides {
      var reach = Override.Reach(hasBase: override.until != nil)
      for commit in commits {
        guard let number = history.numbers[commit.id], let tip = history.numbers[override.tip],
          override.until == nil
        else { continue }
        let hasShipped = shipped.contains { history.reaches($0, number) }
        if number == tip || history.reaches(tip, number) && !hasShipped { reach.commits[commit.id] = .commit }
      }
      reaches[override.id] = reach
    }
    return reaches
  }

  /// The linked branches of the remote that reach a commit; of those on one another the lowest. Here is no other branch,
  /// and no commit changes anything, so that none is a copy.
  private func claims(
    on commit: Int, _ settings: Settings, _ isDeclared: (BetID) -> Bool
  ) throws -> [BetName] {
    let shipped = tracked.keys.filter(ships).compactMap { tracked[$0] }
    let claiming = tracked.compactMap { branch, tip -> (tip: Int, bet: BetName)? in
      guard !ships(branch), history.reaches(tip, commit),
        !shipped.contains(where: { history.reaches($0, tip) })
      else { return nil }
      return BranchLink(
        branch: branch, settings: settings, linkedInLedger: linkedBranches[branch], isDeclared: isDeclared
      ).map { (tip, $0.bet) }
    }
    let lowest = claiming.filter { upper in
      !claiming.contains { $0.tip != upper.tip && history.reaches(upper.tip, $0.tip) }
    }
    return Set(lowest.map(\.bet)).sorted()
  }

  /// What a commit itself, or the ledger, says it belongs to.
  private func bets(of commit: RandomHistory.Commit, _ isDeclared: (BetID) -> Bool) -> [BetName] {
    let block = commit.says.bets.map { BetName($0) }
    let buried = commit.says.strays.map { BetName($0) }.filter { $0.id.map(isDeclared) ?? false }
    let said = block + buried.filter { !block.contains($0) }
    return said.isEmpty ? linkedCommits[commit.id] ?? [] : said
  }
}
