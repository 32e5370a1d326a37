import Bets
import Git

extension Removals {
  /// Where a removal does not say whose it is, more bets than these are not asked.
  private static let mostBets = 50

  /// The bets that a commit brings back, because it says that it reverts a commit which had taken them out.
  ///
  /// `work` are the commits of its push, with the bets that are known; `link` is the bet of those that name none.
  func revived(by commit: RawCommit, in work: [WorkCommit], link: BetID?) throws -> [BetID] {
    var revived: [BetID] = []
    for id in try targets(of: commit) {
      guard let removal = try repository.commit(id), let step = try step(removal) else { continue }
      for bet in try candidates(for: removal, in: work, link: link) where !revived.contains(bet) {
        let pushed = work.filter { bets(of: $0, link).contains(bet) }.map(\.id)
        guard try touches(bet, step, pushed: pushed),
          let found = try sort([id, commit.id], of: bet, pushed: pushed, at: commit.id)?.removals
        else { continue }
        if found.contains(id), !found.contains(commit.id) { revived.append(bet) }
      }
    }
    return revived
  }

  /// The bets that a removal may have taken out: those that it names, or that what it reverts belongs to; else all.
  private func candidates(for removal: RawCommit, in work: [WorkCommit], link: BetID?) throws -> [BetID] {
    var named: Set<BetID> = []
    for id in try [removal.id] + targets(of: removal) {
      named.formUnion(try attribution.bets(of: id))
      if let commit = work.first(where: { $0.id == id }) {
        named.formUnion(bets(of: commit, link))
      } else if let raw = try repository.commit(id), let commit = try? WorkCommit(raw) {
        // What cannot be judged names nothing here: the gate has its say about it.
        named.formUnion(commit.bets.compactMap(\.id) + commit.buriedBets)
      }
    }
    let all =
      try named.isEmpty ? attribution.shippedBets() + work.flatMap { bets(of: $0, link) } : Array(named)
    return try Set(all).sorted().filter { try attribution.isUnproven($0) }.prefix(Removals.mostBets)
      .map(\.self)
  }

  private func bets(of commit: WorkCommit, _ link: BetID?) -> [BetID] {
    commit.bets.isEmpty ? [link].compactMap(\.self) : commit.bets.compactMap(\.id)
  }

  /// Whether some commit of a bet has changed what the removal changes: else nobody has to walk.
  private func touches(_ bet: BetID, _ removal: Step, pushed: [ObjectID]) throws -> Bool {
    for id in try attribution.commits(of: bet).map(\.id) + pushed where id != removal.commit {
      guard let commit = try repository.commit(id), let step = try step(commit) else { continue }
      if removal.changes.keys.contains(where: { step.changes[$0] != nil }) { return true }
    }
    return false
  }

  /// The commits that a commit says it reverts, and that are here. A short id is git's to read.
  private func targets(of commit: RawCommit) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    for text in commit.revertedIDs {
      if let id = ObjectID(hex: text) {
        if try repository.kind(of: id) == .commit { found.append(id) }
        continue
      }
      let answer = try GitCommand.run(
        ["-C", repository.gitDirectory, "rev-parse", "--verify", "--quiet", "\(text)^{commit}"],
        environment: ["GIT_DIR": repository.gitDirectory, "GIT_NO_LAZY_FETCH": "1"])
      if answer.status == 0, let id = ObjectID(hex: answer.text) { found.append(id) }
    }
    return found
  }
}
