import BetGate

/// A push that was not made: what would be judged.
struct Question {
  let name: String
  let remote: Remote
  let update: RefUpdate
  /// What is said to have been there before and is not here: a forced push has thrown it away. Then all that has not
  /// shipped elsewhere is judged.
  let lostBase: ObjectID?
  private let isRange: Bool
  /// Whether a commit was named, and no branch.
  private let isCommit: Bool

  /// Takes `A..B`, a branch, any revision, or nothing for the current branch.
  ///
  /// `A` is subtracted as if the remote had it there; zeros are git's way of saying that nothing was there. `branch` is
  /// where the work stands, when that cannot be told from what was typed; `target` the remote branch it would go to, or a
  /// tag. When that branch has it all and does not ship, what has not shipped is judged. With `mayLoseBase` the id `A` need
  /// not be here.
  init(
    _ work: String?, remote remoteName: String?, branch given: String? = nil, into target: String? = nil,
    mayLoseBase: Bool = false, _ context: Context
  ) throws {
    let repository = try context.repository
    let config = try context.config
    var (base, lost): (ObjectID?, ObjectID?)
    var revision = work
    if let work, let dots = work.firstRange(of: "..") {
      guard !work[dots.upperBound...].hasPrefix(".") else {
        throw Refusal(
          "not-a-range", "'\(Text.printable(work))' is not a range that a push could bring",
          hints: ["git bet check \(Text.shellOperands(work.replacingFirst("...", by: "..")))"])
      }
      let (start, end) = (String(work[..<dots.lowerBound]), String(work[dots.upperBound...]))
      if mayLoseBase, let id = ObjectID(hex: start), !id.isZero { lost = try context.isLost(id) ? id : nil }
      base =
        start == ObjectID.zero.hex || lost != nil
        ? .zero : try context.end(ofRange: start.isEmpty ? "HEAD" : start)
      revision = end.isEmpty ? "HEAD" : end
    }
    lostBase = lost
    isRange = base != nil
    let branch: String?
    var named: LedgerSite.SpelledBranch?
    if let given {
      branch = try context.branch(spelled: given).name
    } else if let revision, revision != "HEAD" {
      named = try context.branch(named: revision)
      branch = named?.name
    } else if case .branch(let full, _) = try repository.head() {
      branch = RefUpdate.branch(full)
    } else if case .unborn = try repository.head() {
      throw Refusal(
        "no-commits", "there are no commits yet, so nothing could be pushed",
        hints: ["git commit --allow-empty -m 'start'"])
    } else {
      branch = nil
    }
    isCommit = !isRange && branch == nil && revision != nil && revision != "HEAD"
    let typed = named?.ref ?? revision ?? "HEAD"
    let tip = try isRange ? context.end(ofRange: typed) : context.commit(typed)
    if let base { try context.expectWhole(from: base, to: tip) }
    func last(_ key: String) -> String? { config.last { $0.key == key }?.value }
    let names = Remote.names(in: config)
    if let remoteName, !names.contains(remoteName) {
      throw Refusal(
        "unknown-remote", "there is no remote '\(Text.printable(remoteName))'", hints: ["git remote -v"])
    }
    let name =
      remoteName ?? branch.flatMap { last("branch.\($0).pushremote") } ?? last("remote.pushdefault")
      ?? branch.flatMap { last("branch.\($0).remote") } ?? (names.contains("origin") ? "origin" : names.first)
    remote = Remote(name: name)
    let goal = try target.map(context.target(spelled:)) ?? "refs/heads/\(branch ?? "HEAD")"
    var known = base
    if base == nil, let name = RefUpdate.branch(goal) {
      known = try context.site.snapshot(of: remote).tip(of: name)
      // With nothing to push the question is whether the branch may ship.
      if let there = known, try !context.site.isShip(name), try context.has(there, all: tip) { known = nil }
    }
    // A tag that is made of a commit stands on no branch.
    let source = branch.map { "refs/heads/\($0)" } ?? (goal.hasPrefix("refs/tags/") ? goal : tip.hex)
    update = RefUpdate(localRef: source, localID: tip, remoteRef: goal, remoteID: known ?? .zero)
    self.name = work ?? branch ?? "HEAD"
  }

  func judge(_ context: Context, authority: Settings.Authority = .clone) throws -> Judgement {
    try context.judge().judge(push(context, authority: authority))
  }

  /// A single commit that has shipped already is judged alone, as it stands.
  func judgeAsItStands(_ context: Context) throws -> Judgement {
    let (judge, push) = (try context.judge(), push(context, authority: .clone))
    if isCommit, let landed = try judge.judgeLanded(commit: update.localID, push) { return landed }
    return try judge.judge(push)
  }

  private func push(_ context: Context, authority: Settings.Authority) -> Push {
    Push([update], to: remote, today: context.today, authority: authority, isRange: isRange)
  }
}

extension Context {
  /// Whether an object is not here; in a shallow clone it may just have been cut off.
  fileprivate func isLost(_ id: ObjectID) throws -> Bool {
    try repository.kind(of: id) == nil && !repository.isShallow
  }

  /// Whether a branch of a remote has all that is judged.
  fileprivate func has(_ there: ObjectID, all tip: ObjectID) throws -> Bool {
    try repository.kind(of: there) == .commit && RangeWalk(repository).isReachable(tip, from: [there])
  }

  /// One end of a range; in a shallow clone it may be what was cut off.
  fileprivate func end(ofRange revision: String) throws -> ObjectID {
    do { return try commit(revision) } catch {
      guard try repository.isShallow else { throw error }
      throw Refusal.shallowClone("'\(Text.printable(revision))' is not in it")
    }
  }

  /// Refuses a range that goes on beyond the point where a shallow clone ends.
  fileprivate func expectWhole(from base: ObjectID, to tip: ObjectID) throws {
    guard try repository.isShallow else { return }
    let range = try GitCommand.checked(
      ["rev-list", "--end-of-options", tip.hex] + (base.isZero ? [] : ["^\(base.hex)"]))
    let path = try GitCommand.checked(["rev-parse", "--path-format=absolute", "--git-path", "shallow"]).text
    let cut = Set(try TextFile.read(path).split(separator: "\n"))
    guard let end = range.text.split(separator: "\n").first(where: { cut.contains($0) }) else { return }
    throw Refusal.shallowClone("its history ends at \(end.prefix(10)), inside the range")
  }
}

extension Refusal {
  fileprivate static func shallowClone(_ why: String) -> Refusal {
    Refusal(
      "shallow-clone", "this clone is shallow and may not hold the whole range",
      notes: [why, "in CI, check out the whole history: fetch-depth: 0, or GIT_DEPTH: 0"],
      hints: ["git fetch --unshallow"])
  }
}
