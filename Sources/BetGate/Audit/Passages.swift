import BetLedger

/// How the commits of findings got past the gate: by an override, through this clone's gate, or unseen.
struct Passages {
  /// An override that names some finding.
  private struct Passage {
    let override: Override
    /// What is wrong with its signature, where that matters.
    let doubt: SignatureTrust?
  }

  private var overrides: [Passage] = []
  private var seen: [ObjectID: [LoggedDecision]] = [:]
  private let hindsight: Hindsight
  private let commits: [ObjectID: RawCommit]
  private let search: OverrideSearch
  private let isHome: Bool
  private let tip: ObjectID
  private let walk: RangeWalk

  init(
    _ site: LedgerSite, _ search: OverrideSearch, log: DecisionLog, of findings: [Finding],
    among commits: [RawCommit], on tip: ObjectID, isHome: Bool
  ) throws {
    self.tip = tip
    walk = try RangeWalk(site.repository)
    self.isHome = isHome
    self.search = search
    hindsight = Hindsight(site: site, search: search)
    self.commits = Dictionary(commits.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let matching = try site.ledger.gate().overrides.filter { override in
      !override.isRevoked && findings.contains { override.names($0.matter) }
    }
    let doubts = try Passages.doubts(about: matching, site)
    // One that is vouched for outdoes one that is not.
    for override in matching.filter({ doubts[$0.id] == nil }) + matching.filter({ doubts[$0.id] != nil }) {
      overrides.append(Passage(override: override, doubt: doubts[override.id]))
    }
    try look(in: log, for: Set(findings.flatMap(\.commits).map(\.id)), site)
  }

  /// What is wrong with the signatures of overrides, where the rule `unsigned` blocks; nothing otherwise.
  private static func doubts(
    about overrides: [Override], _ site: LedgerSite
  ) throws -> [ObjectID: SignatureTrust] {
    let (ledger, settings) = (try site.ledger, try site.settings)
    let diary = try ledger.gate()
    func blocks(_ policy: [String: Level]) -> Bool {
      settings.level(of: .unsigned, policy: policy, for: .ledger).level == .block
    }
    guard !overrides.isEmpty, blocks(diary.policy) else { return [:] }
    let answers = try ledger.signatures.trust(of: overrides.map(\.id) + diary.lowerings)
    return blocks(diary.trusting(answers).policy) ? answers.filter { !$0.value.isTrusted } : [:]
  }

  /// Finds the decisions that looked at each commit and let the push go on, the oldest first.
  ///
  /// What was subtracted then was not looked at: a push on top of what had gone round the gate does not bless it. A
  /// draft ships nothing, so what was let through as one was not let through here.
  private mutating func look(
    in log: DecisionLog, for wanted: Set<ObjectID>, _ site: LedgerSite
  ) throws {
    guard !wanted.isEmpty else { return }
    let (settings, walk) = (try site.settings, try RangeWalk(site.repository))
    for decision in log.all() where decision.letThrough {
      if let branch = RefUpdate.branch(decision.ref), settings.isDraft(branch) { continue }
      do throws(GitError) {
        let listed = try walk.commits(from: [decision.tip], hiding: decision.without)
        for id in listed.lazy.map(\.id) where wanted.contains(id) { seen[id, default: []].append(decision) }
      } catch {
        // A tip that was never fetched, or is gone since, is no commit that stands anywhere here.
        guard error.code == .notFound || error.code == .wrongKind else { throw error }
      }
    }
  }

  /// The commits of a finding, put together by how they got past.
  func entries(of finding: Finding, on branch: String, of remote: Remote) throws -> [Audit.Entry] {
    var entries: [(key: ObjectID?, passage: Audit.Passage, commits: [WorkCommit])] = []
    for commit in finding.commits {
      let (key, passage) = try passage(of: commit, in: finding)
      if let position = entries.firstIndex(where: { $0.key == key }) {
        entries[position].commits.append(commit)
      } else {
        entries.append((key, passage, [commit]))
      }
    }
    return entries.map {
      Audit.Entry(
        remote: remote.name, branch: branch, finding: finding, passage: $0.passage, commits: $0.commits)
    }
  }

  private func passage(of commit: WorkCommit, in finding: Finding) throws -> (ObjectID?, Audit.Passage) {
    let covering = try overrides.first { passage in
      guard let raw = commits[commit.id], passage.override.names(finding.matter) else { return false }
      let day = Day(secondsSince1970: raw.commitTime)
      let reach = try search.reach(of: passage.override, [raw], at: raw.id, after: before(raw))
      return passage.override.covers(finding.matter, on: day, [raw.id], within: reach) != nil
    }
    if let covering {
      let override = covering.override
      return (override.id, covering.doubt.map { .unsigned(override, $0) } ?? .overridden(override))
    }
    let decisions = seen[commit.id] ?? []
    let raw = [commits[commit.id]].compactMap(\.self)
    for decision in decisions where !decision.isWeakened {
      if try hindsight.passed(raw, by: decision) { return (decision.tip, .passed(decision)) }
    }
    if let weakened = decisions.first(where: \.isWeakened) { return (weakened.tip, .weakened(weakened)) }
    return (nil, isHome ? .unseen : .elsewhere)
  }

  /// Where the branch stood before a commit came to it: by itself, or with what it was merged with.
  private func before(_ commit: RawCommit) throws(GitError) -> [ObjectID] {
    var beside: [ObjectID: RawCommit] = [:]
    try walk.visit(from: [tip], hiding: [commit.id]) { beside[$0.id] = $0 }
    var children: [ObjectID: [ObjectID]] = [:]
    for other in beside.values {
      for parent in other.parents { children[parent, default: []].append(other.id) }
    }
    var above: Set<ObjectID> = [commit.id]
    var queue = [commit.id]
    while let id = queue.popLast() {
      for child in children[id] ?? [] where above.insert(child).inserted { queue.append(child) }
    }
    var next = tip
    while next != commit.id, above.contains(next), let first = beside[next]?.parents.first {
      next = first
    }
    // The branch has moved on to the commit itself, and what stood before it are its parents.
    return next == commit.id || next == tip ? [] : [next]
  }
}
