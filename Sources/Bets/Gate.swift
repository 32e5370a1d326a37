/// The gate: what may be shipped, decided from values alone.
///
/// The same function answers for the pre-push hook, `git bet check`, a server and an agent. It judges what the
/// ledger says now, never whether a bet is merely mentioned.
public struct Gate: Sendable {
  public let settings: Settings
  public let policy: [String: Level]
  public let authority: Settings.Authority
  public let today: Day

  public init(
    settings: Settings, policy: [String: Level] = [:], authority: Settings.Authority = .clone, today: Day
  ) {
    self.settings = settings
    self.policy = policy
    self.authority = authority
    self.today = today
  }

  /// Decides about everything that one push brings.
  ///
  /// `bets` holds every declared bet that the work names, and all that those build on: what is not in it counts
  /// as not declared. Findings come in the order of the refs, within a ref by rule.
  public func decide(_ works: [Work], bets: [BetID: Bet]) -> Decision {
    let graph = BetGraph(bets)
    var findings: [Finding] = []
    var remarks: [Remark] = []
    for work in works {
      findings += self.findings(in: work, graph)
      for commit in work.commits {
        remarks += commit.strays.map {
          Remark(kind: counts($0, in: commit) ? .buried : .stray, commit: commit, trailer: $0)
        }
      }
    }
    let state: Decision.State =
      if findings.contains(where: \.blocks) {
        .unsatisfied
      } else if findings.contains(where: { $0.override != nil }) {
        .overridden
      } else if findings.isEmpty, !works.contains(where: \.concernsBets) {
        .notApplicable
      } else {
        .satisfied
      }
    return Decision(state: state, findings: findings, remarks: remarks, bets: bets)
  }

  private func counts(_ stray: StrayTrailer, in commit: WorkCommit) -> Bool {
    commit.isBuried && commit.bets.contains(BetName(stray.value))
  }

  private func findings(in work: Work, _ graph: BetGraph) -> [Finding] {
    let groups = Group.groups(of: work)
    var findings: [Finding] = []
    func report(_ rule: Rule, _ group: Group, _ commits: [WorkCommit], _ blockers: [Finding.Blocker]) {
      let setting = settings.level(of: rule, policy: policy, for: authority)
      // Switched off for one command: it counts, but not without a word.
      guard setting.level != .off || setting.isForOneCommand else { return }
      let bet = group.bet == BetName.none ? nil : group.bet
      let link =
        bet != nil && bet == work.link?.bet && !commits.contains { !$0.bets.isEmpty } ? work.link : nil
      findings.append(
        Finding(
          rule: rule, level: setting, update: work.update, work: work.name, bet: bet, blockers: blockers,
          commits: commits, link: link, isDraft: work.isDraft,
          override: override(for: rule, bet: bet, blockers: blockers, in: work)))
    }

    for group in groups {
      let resting = Resting(group, graph)
      if !resting.undeclared.isEmpty {
        report(.undeclared, group, resting.commits(of: resting.undeclared), resting.undeclared)
      }
      if !resting.lost.isEmpty { report(.lost, group, resting.commits(of: resting.lost), resting.lost) }
      let unproven = resting.unproven(below: settings.depth)
      if !unproven.isEmpty { report(.followOn, group, resting.commits(of: unproven), unproven) }
    }
    // Merges are left out: git writes their messages, and what they bring is judged by itself.
    let unlinked = work.commits.filter { $0.bets.isEmpty && !$0.isMerge }
    if work.isFeature, work.link == nil, !unlinked.isEmpty {
      report(.unlinked, Group(bet: .none, commits: unlinked), unlinked, [])
    }
    return findings
  }

  /// The recorded override that covers a finding whole: its rule, its bet and every bet in the way.
  private func override(
    for rule: Rule, bet: BetName?, blockers: [Finding.Blocker], in work: Work
  ) -> Override? {
    work.overrides.first { override in
      !override.isRevoked && override.rules.contains(rule.rawValue) && override.bet == bet?.id
        && blockers.allSatisfy { blocker in blocker.bet.id.map { override.blockedBy.contains($0) } ?? true }
        && (override.until.map { $0 >= today } ?? true)
        && (override.until == nil || override.bet != nil || override.branch == work.branch)
        && (override.until == nil || override.repository == nil || override.repository == settings.repository)
    }
  }
}

/// The commits of a push that belong to one bet.
struct Group {
  let bet: BetName
  var commits: [WorkCommit]

  /// By bet, in the order in which the bets first appear; a commit of two bets is in two groups.
  static func groups(of work: Work) -> [Group] {
    var groups: [Group] = []
    var positions: [BetName: Int] = [:]
    for commit in work.commits {
      let names = commit.bets.isEmpty ? [work.link?.bet ?? .none] : commit.bets
      for name in names {
        if let position = positions[name] {
          // A commit may name its bet twice.
          guard groups[position].commits.last?.id != commit.id else { continue }
          groups[position].commits.append(commit)
        } else {
          positions[name] = groups.count
          groups.append(Group(bet: name, commits: [commit]))
        }
      }
    }
    return groups
  }
}

/// What the work of one bet rests on, sorted by what the rules ask.
private struct Resting {
  let group: Group
  private let foundations: [BetGraph.Foundation]
  private let graph: BetGraph
  /// Bets that only a commit's own `Builds-On` names, with everything below them.
  private let onlyByCommits: Bool
  let undeclared: [Finding.Blocker]

  init(_ group: Group, _ graph: BetGraph) {
    self.group = group
    self.graph = graph
    let own = group.bet.id
    let declared = own.flatMap { graph.state(of: $0) == .validated ? nil : graph.bets[$0]?.buildsOn } ?? []
    let named = group.commits.flatMap(\.buildsOn).filter { $0 != group.bet && $0 != .none }
    let direct = declared + named.compactMap(\.id)
    foundations = graph.foundations(of: direct)
    onlyByCommits = declared.isEmpty

    var undeclared: [Finding.Blocker] = []
    var names: Set<BetName> = []
    func add(_ name: BetName, _ path: [BetID]) {
      if names.insert(name).inserted {
        undeclared.append(Finding.Blocker(bet: name, state: nil, path: path, loop: []))
      }
    }
    switch group.bet {
    case .none: break
    case .id(let id): if graph.bets[id] == nil { add(group.bet, [id]) }
    case .nonsense: add(group.bet, [])
    }
    for case .nonsense(let text) in named { add(.nonsense(text), []) }
    for foundation in foundations where foundation.state == nil { add(.id(foundation.bet), foundation.path) }
    self.undeclared = undeclared
  }

  /// The work's own bet and those it rests on, where they are given up.
  var lost: [Finding.Blocker] {
    var blockers: [Finding.Blocker] = []
    if let own = group.bet.id, let state = graph.state(of: own), state.isLost {
      blockers.append(Finding.Blocker(bet: group.bet, state: state, path: [own], loop: []))
    }
    return blockers + foundations.filter { $0.state?.isLost ?? false && $0.bet != group.bet.id }.map(blocker)
  }

  /// The unproven bets under more layers than are allowed.
  func unproven(below depth: Int) -> [Finding.Blocker] {
    foundations.filter { foundation in
      guard let state = foundation.state else { return false }
      return !state.isLost && foundation.layer > depth
    }.map(blocker)
  }

  private func blocker(_ foundation: BetGraph.Foundation) -> Finding.Blocker {
    Finding.Blocker(
      bet: .id(foundation.bet), state: foundation.state, path: foundation.path,
      loop: graph.loop(through: foundation.bet))
  }

  /// The commits that a finding is about: all of the bet's, or those whose own trailers bring it about.
  func commits(of blockers: [Finding.Blocker]) -> [WorkCommit] {
    let isOwn = blockers.contains { $0.bet == group.bet && $0.bet != .none }
    guard onlyByCommits, !isOwn else { return group.commits }
    return group.commits.filter { !$0.buildsOn.isEmpty }
  }
}
