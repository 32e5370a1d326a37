import BetLedger

/// The tips of branches that are linked to a bet and still known, here or as a remote's: what stands on one belongs to
/// that bet, and so does what was made of it.
struct LinkedTips {
  struct Tip: Hashable {
    let commit: ObjectID
    let tree: ObjectID
    let bet: BetName
    /// What it does not claim, besides what has shipped: where a merge's title tells of the branch, what that merge was
    /// made on.
    var below: [ObjectID] = []
  }

  /// More look-ups than these cost more than one listing.
  private static let fewLookups = 64
  /// Of more branches the youngest are looked at.
  private static let mostTips = 200

  /// The youngest first.
  let tips: [Tip]

  /// Those that merges among some commits say they bring, at most as many as those that stand.
  static func named(by commits: [RawCommit], _ site: LedgerSite, walk: RangeWalk) throws -> [Tip] {
    var tips: [Tip] = []
    for merge in commits.lazy.flatMap({ ShipIndex.Merge.all(in: $0) }) where tips.count < mostTips {
      guard let bet = try site.bet(ofMerged: merge.branch), let tip = try walk.commit(merge.tip) else {
        continue
      }
      tips.append(Tip(commit: tip.id, tree: tip.tree, bet: bet, below: [merge.below]))
    }
    return tips
  }

  /// By configuration, by the ledger, or by name; a ship branch is never linked.
  init(_ site: LedgerSite, walk: RangeWalk) throws {
    let (settings, links) = (try site.settings, try site.ledger.links())
    var found: [Tip: Int64] = [:]
    for (branch, id) in try LinkedTips.branches(site, linked: Set(links.branches.keys)) {
      guard try !site.isShip(branch),
        let bet = try BranchLink(
          branch: branch, settings: settings, linkedInLedger: links.branches[branch],
          isDeclared: site.ledger.has)?.bet, bet != .none,
        let commit = try walk.commit(id)
      else { continue }
      found[Tip(commit: commit.id, tree: commit.tree, bet: bet)] = commit.commitTime
    }
    let youngest = found.sorted {
      ($1.value, $0.key.commit, $0.key.bet) < ($0.value, $1.key.commit, $1.key.bet)
    }
    tips = youngest.prefix(LinkedTips.mostTips).map(\.key)
  }

  /// What is called as branches of bets are, here and in each remote, sorted: the full names of the refs.
  static func names(under patterns: [BranchPattern], _ site: LedgerSite) throws -> [String] {
    let places = try places(site)
    var names: Set<String> = []
    // A setting may say anything; where no branch can be, there is none.
    for folder in Set(patterns.map(\.folder)) where Repository.isValidName("refs/heads/\(folder)x") {
      for place in places {
        names.formUnion(try site.repository.references(under: place + folder).map(\.name))
      }
    }
    return names.sorted()
  }

  private static func places(_ site: LedgerSite) throws -> [String] {
    try ["refs/heads/"] + Remote.names(in: site.config).map { "refs/remotes/\($0)/" }
  }

  /// Where branches stand that may be linked, here and in each remote.
  private static func branches(
    _ site: LedgerSite, linked: Set<String>
  ) throws -> [(branch: String, id: ObjectID)] {
    let (repository, settings) = (site.repository, try site.settings)
    let places = try places(site)
    let wanted = linked.union(settings.branchBets.filter { !$0.value.isEmpty }.keys)
    let folders = Set(settings.branchPatterns.map(\.folder))
    var found: [(branch: String, id: ObjectID)] = []
    func add(_ prefix: String, in place: String, where isWanted: (String) -> Bool) throws(GitError) {
      do throws(GitError) {
        for ref in try repository.references(under: place + prefix) {
          let branch = String(ref.name.dropFirst(place.count))
          if isWanted(branch), case .direct(let id) = ref.target { found.append((branch, id)) }
        }
      } catch {
        // A setting may say anything; where no branch can be, there is none.
        guard error.code == .invalidName else { throw error }
      }
    }
    let isFew = wanted.count * places.count <= fewLookups
    for place in places {
      // What a pattern cannot match is passed over later.
      for folder in folders { try add(folder, in: place) { _ in true } }
      guard isFew else {
        try add("", in: place, where: wanted.contains)
        continue
      }
      for branch in wanted {
        do throws(GitError) {
          if case .direct(let id)? = try repository.reference(place + branch) { found.append((branch, id)) }
        } catch {
          // The ledger may name anything; what is no name of a branch is no branch.
          guard error.code == .invalidName else { throw error }
        }
      }
    }
    return found
  }
}

extension LedgerSite {
  /// The bet of a branch as the title of a merge calls it: maybe with a remote's or an owner's name before it.
  func bet(ofMerged branch: String) throws -> BetName? {
    for name in MergeTitle.readings(of: branch) {
      if let bet = try link(ofBranch: name)?.bet, bet != .none, try !isShip(name) { return bet }
    }
    return nil
  }
}
