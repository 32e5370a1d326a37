import TestSupport
import Testing

/// A branch that carries the ledger, written by somebody else than `git bet`.
@Suite("a forged ledger branch") struct ForgedBranchTests {
  private func carried() throws -> Clones {
    let clones = try Clones("ann", "bob")
    for person in clones.people { try person.git("config", "bet.ledgerBranch", "bets") }
    try clones[0].declare("search")
    try clones[0].bet("sync")
    return clones
  }

  /// Puts a carrier with these parents on the host's branch.
  private func carry(_ parents: [String], to clones: Clones, from person: TestRepository) throws {
    let tree = try person.git("hash-object", "-w", "-t", "tree", "/dev/null").text.prefix(40)
    let carrier = try person.git(
      ["commit-tree", String(tree)] + parents.flatMap { ["-p", $0] },
      input: Array("carry\n\nEvent: carried\n".utf8))
    try person.git("push", "-q", "-f", "--no-verify", "origin", "\(carrier.text.prefix(40)):refs/heads/bets")
  }

  private func fresh(_ clones: Clones) throws -> TestRepository {
    let fresh = try clones.host.clone(named: "fresh")
    fresh.environment = clones[0].environment
    try fresh.git("config", "bet.ledgerBranch", "bets")
    return fresh
  }

  @Test func `an older tip in a newer carrier takes nothing away`() throws {
    let clones = try carried()
    try clones[1].bet("sync")
    let old = try clones[0].id("refs/bets/search")
    try clones[0].close("search", "validated")
    try clones[0].bet("sync")
    try clones[1].bet("sync")
    try carry([clones.host.id("refs/heads/bets"), old], to: clones, from: clones[0])
    let fresh = try fresh(clones)
    for clone in [fresh, clones[1]] {
      let run = try clone.bet("sync")
      #expect(!run.says("remote-rewound"))
      #expect(try clone.ledger() == clones[0].ledger())
      #expect(try clone.id("refs/bets-remote/origin/search") == clones[0].id("refs/bets/search"))
    }
  }

  @Test func `two tips of one diary are joined, the same everywhere`() throws {
    let clones = try carried()
    try clones[1].bet("sync")
    let base = try clones.host.id("refs/heads/bets")
    for (person, verdict) in zip(clones.people, ["validated", "invalidated"]) {
      try person.close("search", verdict)
    }
    let other = try clones[1].id("refs/bets/search")
    try clones[1].git("push", "-q", "--no-verify", "origin", "\(other):refs/heads/other")
    try clones[0].git("fetch", "-q", "origin", "other")
    try carry([base, clones[0].id("refs/bets/search"), other], to: clones, from: clones[0])
    let fresh = try fresh(clones)
    for clone in clones.people + [fresh] { try clone.bet("sync") }
    #expect(Set(try (clones.people + [fresh]).map { try $0.ledger() }).count == 1)
    #expect(try fresh.bet("list").text.contains("contested"))
  }

  @Test func `a tip that does not say what it is belongs to the diary below it`() throws {
    let clones = try carried()
    try clones[1].bet("sync")
    let tree = try clones[0].git("hash-object", "-w", "-t", "tree", "/dev/null").text.prefix(40)
    let damaged = try clones[0].git(
      "commit-tree", String(tree), "-p", "refs/bets/search", input: "nonsense\n")
    try clones[0].git("update-ref", "refs/bets/search", String(damaged.text.prefix(40)))
    try clones[0].bet("sync")
    for clone in [clones[1], try fresh(clones)] {
      try clone.bet("sync")
      #expect(try clone.ledger() == clones[0].ledger())
      #expect(try clone.tryBet("doctor").text.contains("damaged event"))
    }
  }

  @Test func `code among the tips is nobody's diary`() throws {
    let clones = try carried()
    let commit = try clones[0].git("commit-tree", "main^{tree}", "-p", "main", input: "work\n\nBet: newbet\n")
    let work = String(commit.text.prefix(40))
    try carry([clones.host.id("refs/heads/bets"), work], to: clones, from: clones[0])
    let ledger = try clones[0].ledger()
    for clone in [clones[0], try fresh(clones)] {
      try clone.bet("sync")
      #expect(try clone.ledger() == ledger)
    }
  }

  @Test func `a branch that is no commit, or a branch of carriers that meet twice, stops no other remote`()
    throws
  {
    let clones = try carried()
    let backup = try clones[0].addRemote(named: "backup")
    try clones[0].bet("install")
    let first = try clones.host.id("refs/heads/bets")
    let tip = try clones[0].id("refs/bets/search")
    try carry([first, tip], to: clones, from: clones[0])
    try carry([clones.host.id("refs/heads/bets"), first, tip], to: clones, from: clones[0])
    try clones[0].bet("sync")
    #expect(try clones[1].bet("sync").text == "received: search\n")
    let blob = try clones.host.git("hash-object", "-w", "--stdin", input: "x").text
    try clones.host.write("refs/heads/bets", blob)
    try clones[0].bet("note", "search", "-m", "x")
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("not-a-carrier") && run.text == "sent to backup: search\n")
    #expect(run.errorText.contains("hint: git config bet.ledgerBranch bet-ledger"))
    #expect(
      try backup.git("log", "-1", "--format=%P", "bets").text.contains(clones[0].id("refs/bets/search")))
  }

  @Test func `a branch of the same beginning, and one that is checked out, are left alone`() throws {
    let clones = try carried()
    try clones.host.git("branch", "bets-2", "main")
    try clones[0].git("fetch", "-q")
    try clones[0].git("switch", "-q", "bets")
    let here = try clones[0].id("HEAD")
    try clones[0].bet("note", "search", "-m", "x")
    #expect(try clones[0].bet("sync").text == "sent to origin: search\n")
    #expect(try clones[0].id("HEAD") == here)
    #expect(try clones.host.id("bets-2") == clones.host.id("main"))
  }

  @Test(arguments: [
    "a b", "x..y", "HEAD", "@", " ", "a\\b", "x.lock", "x\u{1B}[2Jy", "/x", "x/", "-x", "a:b", "a*",
  ])
  func `a setting that is no branch is said to be none`(_ name: String) throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    try clones[0].git("config", "bet.ledgerBranch", name)
    let before = try clones[0].fingerprint()
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("bad-setting") && !run.err.contains(0x1B))
    #expect(try clones[0].fingerprint() == before && clones.host.ledger().isEmpty)
  }
}
