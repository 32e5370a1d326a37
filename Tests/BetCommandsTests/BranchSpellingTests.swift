import TestSupport
import Testing

/// One branch, spelled as people, hosts and git itself do.
@Suite("the spelling of a branch") struct BranchSpellingTests {
  /// `bet/ranking` at the remote, its commit without a trailer; `bet/search` misses its instrument.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.git("remote", "set-head", "origin", "main")
    try repository.declare("search")
    try repository.bet("amend", "search", "--instrument", "search_started")
    try repository.declare("ranking", on: "search")
    for branch in ["bet/ranking", "bet/search"] {
      try repository.git("switch", "-q", "-c", branch, "main")
      try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "work")
      try repository.git("push", "-q", "--no-verify", "origin", branch)
    }
    return repository
  }

  private static let spellings = ["", "refs/heads/", "origin/", "refs/remotes/origin/"]

  @Test(arguments: spellings)
  func `changes nothing of what the gate says`(prefix: String) throws {
    let repository = try scene()
    let range = try "\(repository.id("main"))..\(repository.id("bet/ranking"))"
    try repository.git("checkout", "-q", "--detach", "main")
    let stop = try repository.tryBet("check", "--branch", prefix + "bet/ranking", range)
    #expect(stop.stops("follow-on"), "\(stop.errorText)")
    #expect(stop.errorText.contains("'bet/ranking'") || stop.errorText.contains("bet/ranking"))
    #expect(!stop.errorText.contains("refs/heads/refs/") && !stop.errorText.contains("refs/heads/origin/"))
    let work = try "\(repository.id("main"))..\(repository.id("bet/search"))"
    let ship = try repository.tryBet("check", "--branch", "bet/search", "--into", prefix + "main", work)
    #expect(ship.stops("instrument"), "\(ship.errorText)")
    // The branch itself, and one end of a range, with nothing here but what the remote has.
    if prefix.contains("origin/") { try repository.git("branch", "-q", "-D", "bet/ranking") }
    for work in [prefix + "bet/ranking", "main..\(prefix)bet/ranking"] {
      let run = try repository.tryBet("check", work)
      #expect(run.stops("follow-on"), "\(work): \(run.text)\(run.errorText)")
    }
    let made = try repository.bet("override", prefix + "bet/ranking", "--because", "the demo").text
    #expect(made.contains("ranking may ship"))
    let list = try repository.bet("override", "--list", "--json")
    #expect(try list.json("[o['branch'] for o in d['overrides']]", with: repository) == "['bet/ranking']")
  }

  @Test(arguments: spellings)
  func `is the same for a link`(prefix: String) throws {
    let repository = try scene()
    try repository.git("switch", "-q", "-c", "topic", "main")
    try repository.git("push", "-q", "origin", "topic")
    #expect(try repository.bet("link", "search", prefix + "topic").text == "linked topic to search\n")
    #expect(try repository.git("config", "branch.topic.bet").text == "search\n")
    #expect(try repository.bet("unlink", "search", prefix + "topic").text == "unlinked topic from search\n")
    try expectNothingWritten(repository, ["link", "search", prefix + "main"], code: "ship-branch")
    // A branch that is there alone is taken from there, by every spelling that says so.
    try repository.git("switch", "-q", "main")
    try repository.git("branch", "-q", "-D", "topic")
    try repository.bet("start", "search", "--branch", prefix + "topic")
    #expect(try repository.git("symbolic-ref", "HEAD").text == "refs/heads/topic\n")
    let upstream = try repository.tryGit("config", "branch.topic.remote").text
    #expect(upstream == (prefix.contains("origin/") ? "origin\n" : ""))
  }

  @Test(arguments: [
    "HEAD", "@", "-x", "a b", "x..y", "x.lock", "refs/heads/", "refs/heads/HEAD", "refs/pull/5/merge",
    "refs/tags/v1", "refs/remotes/nowhere/x", "refs/x", "x\u{1B}[2J",
  ])
  func `that is none is refused`(name: String) throws {
    let repository = try scene()
    var commands = [["check", "--branch=\(name)"]]
    if name != "refs/tags/v1" { commands.append(["check", "--into=\(name)"]) }
    if !name.hasPrefix("-") { commands.append(["link", "search", name]) }
    for command in commands {
      let before = try repository.fingerprint()
      let run = try repository.tryBet(command)
      #expect(run.stops("invalid-branch", status: 129), "\(command): \(run.errorText)")
      #expect(try repository.fingerprint() == before && !run.err.contains(0x1B), "\(command)")
    }
  }

  @Test func `that stands here as it was typed is meant first`() throws {
    let repository = try scene()
    try repository.git("branch", "origin/bet/ranking", "main")
    #expect(try repository.tryBet("check", "refs/heads/origin/bet/ranking").status == 0)
    #expect(try repository.tryBet("check", "origin/bet/ranking").status == 0)
    #expect(try repository.tryBet("check", "refs/remotes/origin/bet/ranking").stops("follow-on"))
  }

  @Test func `is the same in the settings`() throws {
    let repository = try scene()
    try repository.bet("policy", "bet.ship=refs/heads/prod")
    let range = try "\(repository.id("main"))..\(repository.id("bet/search"))"
    for (target, status) in [("prod", 1), ("main", 0)] as [(String, Int32)] {
      let run = try repository.tryBet("check", "--ci", "--branch", "bet/search", "--into", target, range)
      #expect(run.status == status, "\(target): \(run.errorText)")
    }
    // Nobody asks less than the ledger who says the same in other words.
    try repository.git("config", "bet.ship", "prod")
    #expect(try !repository.bet("rules").text.contains("less than the ledger"))
  }
}
