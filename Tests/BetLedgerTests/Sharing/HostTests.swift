import TestSupport
import Testing

/// Hosts that do not take everything, and what is done about it.
@Suite("hosts and the ledger") struct HostTests {
  private func refusing() throws -> Clones {
    let clones = try Clones("ann", "bob")
    try clones.host.git("config", "receive.hideRefs", "refs/bets")
    return clones
  }

  @Test func `a host that takes only branches is named with its words and the way on`() throws {
    let clones = try refusing()
    try clones[0].declare("search")
    let ledger = try clones[0].ledger()
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("ledger-refused"))
    #expect(run.errorText.contains("hidden ref"))
    #expect(try clones[0].ledger() == ledger)
    try clones[0].commit("work\n", file: "work", content: "1")
    try clones[0].git("push", "-q", "origin", "main")
    // The hint is a command that works.
    let hint = run.errorText.split(separator: "\n").first { $0.hasPrefix("hint: ") }?.dropFirst(6)
    #expect(try clones[0].run("sh", ["-c", String(hint ?? "")]).text == "sent to origin: search\n")
  }

  @Test func `an exchange after writing says it once`() throws {
    let clones = try refusing()
    try clones[0].git("config", "bet.sync", "true")
    try clones[0].declare("search")
    #expect(try clones[0].bet("note", "search", "-m", "again").errorText.isEmpty)
    #expect(try clones[0].tryBet("sync").stops("ledger-refused", status: 128))
  }

  @Test func `one branch carries the same events, and clones converge`() throws {
    let clones = try refusing()
    for person in clones.people { try person.git("config", "bet.ledgerBranch", "bets") }
    try clones[0].placeChain()
    #expect(try clones[0].bet("sync").text == "sent to origin: ranking, search\n")
    #expect(try clones[0].bet("sync").text == "nothing new with origin\n")
    #expect(try clones[1].bet("sync").text == "received: ranking, search\n")
    #expect(try clones[0].ledger() == clones[1].ledger())
    try clones[0].close("search", "validated")
    try clones[1].close("search", "invalidated")
    try clones.syncAll()
    #expect(try clones[0].ledger() == clones[1].ledger())
    #expect(try clones[0].bet("list").text.contains("contested"))
    #expect(
      try clones.host.git("for-each-ref", "--format=%(refname)").text == "refs/heads/bets\nrefs/heads/main\n")
    // A clone that never saw the events reads all of them from the branch.
    let fresh = try clones.host.clone(named: "fresh")
    fresh.environment = clones[0].environment
    try fresh.git("config", "bet.ledgerBranch", "bets")
    try fresh.bet("install")
    try fresh.bet("sync")
    #expect(try fresh.ledger() == clones[0].ledger())
    try clones.host.git("fsck", "--strict")
  }

  @Test func `a ledger branch that is deleted or rewound gets everything again`() throws {
    let clones = try refusing()
    for person in clones.people { try person.git("config", "bet.ledgerBranch", "bets") }
    try clones[0].declare("search")
    try clones.syncAll()
    try clones.host.git("branch", "-D", "bets")
    #expect(try clones[1].bet("sync").says("remote-rewound"))
    try clones[0].declare("second")
    try clones[0].bet("sync")
    try clones.host.git("update-ref", "refs/heads/bets", "refs/heads/bets^")
    try clones[0].bet("sync")
    let fresh = try clones.host.clone(named: "fresh")
    fresh.environment = clones[0].environment
    try fresh.git("config", "bet.ledgerBranch", "bets")
    try fresh.bet("sync")
    #expect(try fresh.ledger() == clones[0].ledger())
  }

  @Test func `a branch of code is not taken for a ledger`() throws {
    let clones = try refusing()
    try clones[0].git("config", "bet.ledgerBranch", "main")
    try clones[0].declare("search")
    let main = try clones.host.id("refs/heads/main")
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("not-a-carrier"))
    #expect(try clones.host.id("refs/heads/main") == main)
  }

  @Test func `one bet that a host's hook refuses does not keep the others away`() throws {
    let clones = try Clones("ann")
    try clones.host.write(
      "hooks/pre-receive", "#!/bin/sh\n! grep -q refs/bets/third || { echo 'not that one'; exit 1; }\n",
      executable: true)
    for id in ["first", "second", "third", "fourth", "fifth"] { try clones[0].declare(id) }
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128)
    #expect(run.errorText.contains("'origin' does not take: third") && run.errorText.contains("not that one"))
    #expect(run.text == "sent to origin: fifth, first, fourth, second\n")
  }

  @Test func `our own server takes what a sync joins`() throws {
    let clones = try Clones("ann", "bob")
    clones.host.knowBet()
    try clones.host.bet("install", "--bare")
    try clones[0].declare("search")
    try clones.syncAll()
    try clones[0].close("search", "validated")
    try clones[1].close("search", "invalidated")
    try clones.syncAll()
    #expect(try clones[0].ledger() == clones.host.ledger())
  }
}
