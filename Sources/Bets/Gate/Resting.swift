/// The commits of a push that belong to one bet.
struct Group: Sendable {
  let bet: BetName
  var commits: [WorkCommit]

  /// By bet, in the order in which the bets first appear; a commit of two bets is in two groups, and a merge that brings
  /// nothing and names no bet is in none.
  static func groups(of work: Work) -> [Group] {
    var groups: [Group] = []
    var positions: [BetName: Int] = [:]
    /// Where the last commit went: most go where the one before them went.
    var last = 0
    func add(_ commit: WorkCommit, to name: BetName) {
      if !groups.indices.contains(last) || groups[last].bet != name {
        last = positions[name] ?? groups.count
        positions[name] = last
        if last == groups.count { groups.append(Group(bet: name, commits: [])) }
      }
      // A commit may name its bet twice.
      if groups[last].commits.last?.id != commit.id { groups[last].commits.append(commit) }
    }
    let otherwise: BetName = work.link?.bet ?? .none
    for commit in work.commits where !commit.bringsNothing || !commit.bets.isEmpty {
      guard commit.bets.count > 1 else {
        add(commit, to: commit.bets.first ?? otherwise)
        continue
      }
      // `Bet: none` beside a bet says nothing.
      let named = commit.bets.filter { $0 != .none }
      for name in named.isEmpty ? [.none] : named { add(commit, to: name) }
    }
    return groups
  }
}

/// What the work of one bet rests on, sorted by what the rules ask.
struct Resting: Sendable {
  let group: Group
  private let foundations: [BetGraph<Bet>.Foundation]
  private let graph: BetGraph<Bet>
  private let direct: [BetID]
  /// Bets that only a commit's own `Builds-On` names, with everything below them.
  private let onlyByCommits: Bool
  let undeclared: [Finding.Blocker]

  init(_ group: Group, _ graph: BetGraph<Bet>) {
    self.group = group
    self.graph = graph
    let own = group.bet.id
    let declared = own.flatMap { graph.state(of: $0) == .validated ? nil : graph.bets[$0]?.buildsOn } ?? []
    let named = group.commits.flatMap(\.buildsOn).filter { $0 != group.bet && $0 != .none }
    direct = declared + named.compactMap(\.id)
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

  /// The validated bets at which the search ended, and the events that say so.
  ///
  /// The work's own is one of them when it builds on others: its verdict is why nobody looked at those.
  var proofs: [(path: [BetID], reliances: [Reliance])] {
    let own = group.bet.id.flatMap { graph.bets[$0] }.flatMap { $0.buildsOn.isEmpty ? nil : $0.id }
    let below = graph.proofs(of: direct, foundations)
    let all = (own.map { [(bet: $0, path: [$0])] } ?? []) + below.filter { $0.bet != own }
    return all.compactMap { bet, path in
      graph.state(of: bet) == .validated ? graph.bets[bet].map { (path, $0.proofs) } : nil
    }
  }

  private func blocker(_ foundation: BetGraph<Bet>.Foundation) -> Finding.Blocker {
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
