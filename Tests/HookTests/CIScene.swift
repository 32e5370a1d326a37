import TestSupport

/// A host with its branches, a person who pushes to it, and what CI systems make of that.
///
/// The branch that ships is called `develop`, and no commit names its bet: who does not know the branches knows nothing.
struct CIScene {
  static let zeros = String(repeating: "0", count: 40)
  let person: TestRepository
  let host: TestRepository

  /// `bet/ranking` rests on an open bet; `bet/search` may not ship without its instrument; `free` is nobody's.
  init() throws {
    (person, host) = try TestRepository.withRemote()
    try person.git("branch", "-q", "-m", "main", "develop")
    try person.git("push", "-q", "origin", "develop")
    try host.git("symbolic-ref", "HEAD", "refs/heads/develop")
    try person.git("push", "-q", "origin", ":main", "develop:start")
    try person.git("remote", "set-head", "origin", "--auto")
    try person.declare("search")
    try person.bet("amend", "search", "--instrument", "search_started")
    try person.declare("ranking", on: "search")
    for branch in ["bet/ranking", "bet/search", "free"] {
      try person.git("switch", "-q", "-c", branch, "develop")
      try person.write("\(branch)-file", "1\n")
      try person.git("add", ".")
      try person.git("commit", "-q", "--no-verify", "-m", "work")
    }
    try person.git(
      "push", "-q", "--no-verify", "origin", "bet/ranking", "bet/search", "free", "refs/bets/*:refs/bets/*")
  }

  /// What an event brought, as every system tells it in its own words.
  struct Event {
    enum Kind { case push, request, queue, schedule, manual }
    let kind: Kind
    /// Where the work stands: a branch, or a tag in full.
    let branch: String
    let into: String
    let base: String
    let head: String
    /// What is checked out, when a request was merged for it.
    var merge: String?

    var sha: String { merge ?? head }
    var ref: String { branch.hasPrefix("refs/") ? branch : "refs/heads/\(branch)" }
  }

  // MARK: What happens

  /// A situation, and what the hook says of the same push; where something is pushed, a server's gate as well.
  struct Situation {
    let event: Event
    let hook: Run
    var server: Run?
  }

  private func hook(_ refspec: String) throws -> Run {
    try person.tryGit("push", "--dry-run", "origin", refspec)
  }

  /// The same push to a copy of the host that judges it, past the person's own gate.
  private func server(_ refspec: String) throws -> Run {
    let server = try host.clone(named: "server-\(Int.random(in: 0..<1_000_000)).git", bare: true)
    server.knowBet()
    try server.git("fetch", "-q", "origin", "refs/bets/*:refs/bets/*")
    try server.bet("install", "--bare")
    return try person.tryGit("push", "--no-verify", server.path, refspec)
  }

  func push(_ work: String, into branch: String = "develop", force: Bool = false) throws -> Situation {
    let ref = branch.hasPrefix("refs/") ? branch : "refs/heads/\(branch)"
    let there = try host.tryGit("rev-parse", "--verify", "--quiet", ref)
    let refspec = "\(force ? "+" : "")\(work):\(ref)"
    let (hook, server) = try (hook(refspec), server(refspec))
    try person.git("push", "-q", "-f", "--no-verify", "origin", "\(work):\(ref)")
    let event = Event(
      kind: .push, branch: branch, into: branch,
      base: there.status == 0 ? String(there.text.prefix(40)) : CIScene.zeros,
      head: try person.id("\(work)^{commit}"))
    return Situation(event: event, hook: hook, server: server)
  }

  func tag(_ work: String) throws -> Situation {
    try person.git("tag", "-a", "-m", "v1", "v1", work)
    return try push("v1", into: "refs/tags/v1")
  }

  /// `isMerged`: the system merges the request, and checks that.
  func request(_ work: String, isMerged: Bool = false, kind: Event.Kind = .request) throws -> Situation {
    let hook = try hook("\(work):develop")
    let (base, head) = try (host.id("develop"), person.id(work))
    let merge = try person.git(
      "commit-tree", "\(work)^{tree}", "-p", base, "-p", head, input: "Merge \(work) into develop\n"
    ).text.prefix(40)
    for (ref, id) in [
      "refs/pull/1/head": head, "refs/pull/1/merge": String(merge), "refs/merge-requests/1/head": head,
      "refs/merge-requests/1/merge": String(merge),
      "refs/heads/gh-readonly-queue/develop/pr-1-\(base)": String(merge),
    ] { try person.git("push", "-q", "-f", "--no-verify", "origin", "\(id):\(ref)") }
    let event = Event(
      kind: kind, branch: work, into: "develop", base: base, head: head,
      merge: isMerged ? String(merge) : nil)
    return Situation(event: event, hook: hook)
  }

  /// Nobody pushes: the hook is asked about the branch as it stands, and one that ships nothing as if it were new.
  func run(_ kind: Event.Kind, on branch: String) throws -> Situation {
    let hook = try hook(branch == "develop" ? "origin/develop:develop" : "\(branch):refs/heads/anew")
    let head = try host.id("refs/heads/\(branch)")
    let event = Event(kind: kind, branch: branch, into: branch, base: CIScene.zeros, head: head)
    return Situation(event: event, hook: hook)
  }

  // MARK: What a system checks out

  /// A clone with nothing but these refs, detached, as a job has it.
  func clone(fetching refspecs: [String], at id: String) throws -> TestRepository {
    let clone = try host.clone(
      named: "job-\(Int.random(in: 0..<1_000_000))",
      arguments: ["--no-checkout", "--single-branch", "--no-tags", "--branch", "start"])
    clone.knowBet()
    try clone.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    let refs = try clone.git("for-each-ref", "--format=delete %(refname)", "refs/remotes", "refs/heads")
    try clone.git(["update-ref", "--no-deref", "--stdin"], input: refs.out)
    try clone.git(["fetch", "-q", "--no-tags", "origin"] + refspecs)
    try clone.git("checkout", "-q", "--detach", id)
    return clone
  }
}
