import Bets
import Git
import GitFormats

/// How the commits of findings got past the gate: by an override, seen by this clone's gate, or unseen.
struct Passages {
  /// Overrides that count, with the commits that each covers; nil for a standing one.
  private var overrides: [(override: Override, covers: Set<ObjectID>?)] = []
  /// What is wrong with those that nobody who is trusted has signed, where that matters.
  private let doubts: [ObjectID: SignatureTrust]
  private var seen: [ObjectID: LoggedDecision] = [:]
  private let days: [ObjectID: Day]

  init(
    _ judge: PushJudge, _ history: RecentHistory, _ log: DecisionLog, _ commits: [RawCommit],
    _ findings: [Finding]
  ) throws {
    days = Dictionary(
      commits.map { ($0.id, Day(secondsSince1970: $0.commitTime)) }, uniquingKeysWith: { $1 })
    let matching = try judge.ledger.gate().overrides.filter { override in
      !override.isRevoked && findings.contains { Passages.matches(override, $0) }
    }
    let doubts = try judge.doubts(about: matching, .ledger)
    self.doubts = doubts
    // One that is vouched for outdoes one that is not.
    for override in matching.filter({ doubts[$0.id] == nil }) + matching.filter({ doubts[$0.id] != nil }) {
      let covers =
        override.until != nil
        ? nil : Set(try history.commits(from: override.tip).map(\.id))
      overrides.append((override, covers))
    }
    try look(in: log, for: Set(findings.flatMap(\.commits).map(\.id)), judge)
  }

  /// Finds the first decision that looked at each commit and let the push go on.
  ///
  /// What was subtracted then was not looked at: a push on top of what had gone round the gate does not bless it. A
  /// draft ships nothing, so what was let through as one was not let through here.
  private mutating func look(in log: DecisionLog, for commits: Set<ObjectID>, _ judge: PushJudge) throws {
    var wanted = commits
    var asked: Set<[ObjectID]> = []
    for decision in log.all() where decision.letThrough && !wanted.isEmpty {
      if let branch = RefUpdate.branch(decision.ref), judge.settings.isDraft(branch) { continue }
      guard asked.insert([decision.tip] + decision.without).inserted else { continue }
      do throws(GitError) {
        let listed = try judge.walk.commits(from: [decision.tip], hiding: decision.without)
        for id in listed.lazy.map(\.id) where wanted.remove(id) != nil { seen[id] = decision }
      } catch {
        // A tip that was never fetched, or is gone since, is no commit that stands anywhere here.
        guard error.code == .notFound || error.code == .wrongKind else { throw error }
      }
    }
  }

  /// Whether it names the finding: its rule, its bet and every bet in the way.
  private static func matches(_ override: Override, _ finding: Finding) -> Bool {
    override.rules.contains(finding.rule.rawValue) && override.bet == finding.bet?.id
      && finding.blockers.allSatisfy { $0.bet.id.map { override.blockedBy.contains($0) } ?? true }
      && (override.until == nil || override.bet != nil || override.branch == finding.work)
  }

  /// The commits of a finding, put together by how they got past.
  func entries(of finding: Finding, on branch: String) -> [Audit.Entry] {
    var entries: [(key: ObjectID?, passage: Audit.Passage, commits: [WorkCommit])] = []
    for commit in finding.commits {
      let (key, passage) = passage(of: commit, in: finding)
      if let position = entries.firstIndex(where: { $0.key == key }) {
        entries[position].commits.append(commit)
      } else {
        entries.append((key, passage, [commit]))
      }
    }
    return entries.map {
      Audit.Entry(branch: branch, finding: finding, passage: $0.passage, commits: $0.commits)
    }
  }

  private func passage(of commit: WorkCommit, in finding: Finding) -> (ObjectID?, Audit.Passage) {
    for (override, covers) in overrides where Passages.matches(override, finding) {
      // A standing override had its last day: what was committed later went another way.
      let wasInTime = override.until.flatMap { last in days[commit.id].map { $0 <= last } } ?? false
      if covers?.contains(commit.id) ?? wasInTime {
        return (override.id, doubts[override.id].map { .unsigned(override, $0) } ?? .overridden(override))
      }
    }
    if let decision = seen[commit.id] { return (decision.tip, .passed(decision)) }
    return (nil, .unseen)
  }
}
