import TestSupport
import Testing

/// A sync that has more to send than a few diaries.
@Suite struct ManyDiariesTests {
  private let pattern = "refs/bets/*:refs/bets/*"
  private let names = (1...12).map { "bet-\($0)" }

  /// Declares the bets, syncs, and says what git was asked to do.
  private func traced(_ git: TestRepository, _ arguments: String...) throws -> (run: Run, pushes: [Substring])
  {
    git.environment["GIT_TRACE"] = git.path + "/trace"
    defer { git.environment["GIT_TRACE"] = nil }
    let run = try git.tryBet(["sync"] + arguments)
    let lines = try git.read("trace").split(separator: "\n")
    return (run, lines.filter { $0.contains("built-in: git push") })
  }

  private func staged(_ git: TestRepository) throws -> String {
    try git.git("for-each-ref", "--format=%(objectname) %(refname:lstrip=3)", "refs/bets-remote/origin").text
  }

  private func own(_ git: TestRepository) throws -> String {
    try git.git("for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/bets").text
  }

  @Test func `many diaries go by one pattern, and what the host has then is known without a fetch`() throws {
    let clones = try Clones("ann", "bob")
    for name in names { try clones[0].declare(name) }
    let sync = try traced(clones[0])
    #expect(sync.run.status == 0 && sync.run.text == "sent to origin: 12 diaries\n", "\(sync.run.errorText)")
    #expect(sync.pushes.count == 1 && sync.pushes.allSatisfy { $0.contains(pattern) })
    #expect(try clones.host.ledger() == clones[0].ledger())
    #expect(try staged(clones[0]) == own(clones[0]))
    // New events on both sides, to be joined.
    for (index, name) in names.enumerated() {
      try clones[0].bet("note", name, "-m", "here")
      if index == 0 { try clones[1].bet("sync") }
      try clones[1].bet("note", name, "-m", "there")
    }
    try clones[1].bet("sync")
    #expect(try traced(clones[0]).run.text == "received: 12 diaries\nsent to origin: 12 diaries\n")
    #expect(try clones.host.ledger() == clones[0].ledger())
    #expect(try clones[0].bet("sync").text == "nothing new with origin\n")
  }

  @Test func `what may not be offered does not go with the pattern`() throws {
    let clones = try Clones("ann")
    for name in names { try clones[0].declare(name) }
    try clones[0].git("update-ref", "refs/bets/Upper", "main")
    let sync = try traced(clones[0])
    #expect(sync.run.status == 0 && sync.pushes.allSatisfy { !$0.contains(pattern) })
    #expect(try clones.host.git("for-each-ref", "refs/bets/Upper").text.isEmpty)
    #expect(try clones.host.git("for-each-ref", "refs/bets").text.split(separator: "\n").count == 12)
  }

  @Test func `a diary that the host refuses is named, and the others are there`() throws {
    let clones = try Clones("ann")
    try clones.host.write(
      "hooks/update", "#!/bin/sh\ntest \"$1\" != refs/bets/bet-3\n", executable: true)
    for name in names { try clones[0].declare(name) }
    for _ in 0..<2 {
      let run = try clones[0].tryBet("sync")
      #expect(run.status == 128 && run.errorText.contains("'origin' does not take: bet-3"))
    }
    #expect(try clones.host.git("for-each-ref", "refs/bets").text.split(separator: "\n").count == 11)
    #expect(try staged(clones[0]).split(separator: "\n").count == 11)
  }

  @Test func `a remote that is pushed to at other places has it at all of them, and nowhere else`() throws {
    let clones = try Clones("ann")
    let (one, two) = (try TestRepository(bare: true), try TestRepository(bare: true))
    for place in [one, two] {
      try clones[0].git("remote", "set-url", "--push", "--add", "origin", place.path)
    }
    for name in names { try clones[0].declare(name) }
    let sync = try traced(clones[0])
    #expect(sync.run.status == 0 && sync.pushes.first?.contains(pattern) == true)
    for place in [one, two] { #expect(try place.ledger() == clones[0].ledger()) }
    #expect(try clones.host.ledger().isEmpty)
  }

  @Test func `a remote of the moment's name is an ordinary remote`() throws {
    let clones = try Clones("ann")
    let other = try clones[0].addRemote(named: "bet-exchange")
    for name in names { try clones[0].declare(name) }
    let sync = try traced(clones[0], "bet-exchange")
    #expect(sync.run.status == 0 && sync.pushes.allSatisfy { !$0.contains(pattern) })
    #expect(try other.ledger() == clones[0].ledger() && clones.host.ledger().isEmpty)
  }
}
