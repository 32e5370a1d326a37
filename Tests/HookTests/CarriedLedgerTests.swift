import TestSupport
import Testing

/// What somebody does to the remotes of a clone, and where the next push goes.
private struct Journey: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let script: String
  let target: String
  /// What the gate says of the next push when a verdict was taken back meanwhile; nothing before `hint` is pasted when it
  /// cannot know.
  let answer: String
}

private let journeys = [
  Journey(
    testDescription: "fetched again", script: "git fetch -q origin", target: "origin", answer: "follow-on"),
  Journey(
    testDescription: "renamed", script: "git remote rename origin home && git fetch -q home",
    target: "home", answer: "follow-on"),
  Journey(
    testDescription: "renamed, and a fork under its name",
    script: """
      git remote rename origin upstream; git init -q --bare ../fork.git; git remote add origin ../fork.git
      git fetch -q upstream
      """, target: "origin", answer: "follow-on"),
  Journey(
    testDescription: "removed and added",
    script: "git remote remove origin; git remote add origin ../origin.git; git fetch -q origin",
    target: "origin",
    answer: "ledger-stale"),
  Journey(
    testDescription: "removed, and added under another name",
    script: "git remote remove origin; git remote add other ../origin.git; git fetch -q other",
    target: "other",
    answer: "ledger-stale"),
]

/// Ways in which a ledger comes to a new repository, made in `../carried`.
private let carriages = [
  "a clone": "git clone -q ../origin.git ../carried; cd ../carried; git bet install",
  "a clone of one branch":
    "git clone -q --single-branch --branch main ../origin.git ../carried; cd ../carried; git bet install",
  "a bundle": """
  git -C ../origin.git bundle create -q ../all.bundle --all; git clone -q ../all.bundle ../carried
  cd ../carried; git remote set-url --push origin ../origin.git; git bet install
  """,
  "fast-export": """
  git init -q -b main ../carried; git -C ../origin.git fast-export --all | git -C ../carried fast-import --quiet
  cd ../carried; git reset -q --hard; git remote add origin ../origin.git; git bet install --hooks-only
  """,
  "a mirror": """
  git clone -q --mirror ../origin.git ../mirror.git; git -C ../mirror.git bet install --bare
  git clone -q ../mirror.git ../carried; cd ../carried
  """,
]

extension TestRepository {
  /// Pastes the first command that a message offers.
  fileprivate func pasteHint(of run: Run) throws {
    let hint = try #require(run.errorText.split(separator: "\n").first { $0.hasPrefix("hint: ") })
    try self.run("sh", ["-c", String(hint.dropFirst(6))]).succeeded(String(hint))
  }

  /// Pastes every command that the doctor prints.
  fileprivate func pasteCures() throws {
    for line in try tryBet("doctor").text.split(separator: "\n") {
      guard let start = line.firstRange(of: "type: ")?.upperBound else { continue }
      try run("sh", ["-c", String(line[start...])]).succeeded(String(line))
    }
  }
}

@Suite("a ledger's journey") struct CarriedLedgerTests {
  /// A clone that has `search` as validated, with follow-on work to push; meanwhile somebody may have taken that back.
  private func clone(
    whileTakenBack isTakenBack: Bool
  ) throws -> (clone: TestRepository, owner: TestRepository, remote: TestRepository) {
    let (owner, remote) = try TestRepository.withRemote()
    try owner.declare("search")
    try owner.declare("ranking", on: "search")
    try owner.bet("close", "search", "validated", "--yes", "--evidence", "it rose")
    try owner.bet("sync")
    let clone = try remote.clone(named: "clone")
    clone.knowBet()
    try clone.bet("install")
    try clone.bet("sync")
    try clone.git("switch", "-q", "-c", "bet/ranking")
    try clone.commit("rank results\n", file: "ranking")
    if isTakenBack {
      try owner.bet("reopen", "search", "--because", "it was the holidays")
      try owner.bet("sync")
    }
    return (clone, owner, remote)
  }

  @Test(arguments: journeys)
  fileprivate func `through its remotes ends in what it says now, or in a stop with the way there`(
    _ journey: Journey
  ) throws {
    let (clone, _, remote) = try clone(whileTakenBack: true)
    try clone.run("sh", ["-ec", journey.script]).succeeded(journey.script)
    let run = try expectStopped(clone, remote, [journey.target, "HEAD"], by: journey.answer)
    if journey.answer != "follow-on" {
      try clone.pasteHint(of: run)
      try expectStopped(clone, remote, [journey.target, "HEAD"])
    }
    // What the doctor prints changes nothing about that.
    try clone.pasteCures()
    try expectStopped(clone, remote, [journey.target, "HEAD"])
    #expect(try clone.tryBet("doctor").status == 0)
  }

  @Test(arguments: journeys)
  fileprivate func
    `through its remotes stops nobody for longer than that, and no draft or work without a bet`(
      _ journey: Journey
    ) throws
  {
    let (clone, _, remote) = try clone(whileTakenBack: false)
    try clone.run("sh", ["-ec", journey.script]).succeeded(journey.script)
    #expect(try clone.tryGit("push", journey.target, "HEAD:refs/heads/wip/ranking").status == 0)
    try clone.git("switch", "-q", "-c", "plain", "main")
    try clone.commit("mend a typo\n", file: "start", content: "started\n")
    #expect(try clone.tryGit("push", journey.target, "plain").status == 0)
    if journey.answer != "follow-on" {
      let run = try expectStopped(clone, remote, [journey.target, "bet/ranking"], by: journey.answer)
      try clone.pasteHint(of: run)
    }
    try expectPassed(clone, ["-q", journey.target, "bet/ranking"])
  }

  @Test func `to nowhere is held back, and nothing of it is thrown away`() throws {
    let (clone, owner, remote) = try clone(whileTakenBack: false)
    try owner.bet("note", "search", "-m", "nobody else will have this")
    try owner.bet("sync")
    try clone.git("fetch", "-q", "origin")
    let only = try clone.id("refs/bets-remote/origin/search")
    try clone.git("remote", "remove", "origin")
    try expectStopped(clone, remote, [remote.path, "HEAD"], by: "ledger-stale")
    try clone.pasteCures()
    #expect(try clone.id("refs/bets/search") == only)
    #expect(try !clone.refs().contains("refs/bets-remote/"))
    // What is here is all there is now.
    try expectPassed(clone, ["-q", remote.path, "HEAD"])
  }

  @Test func `that joins a remote which is gone is brought in before its ref is deleted`() throws {
    let (clone, owner, _) = try clone(whileTakenBack: false)
    try owner.bet("note", "search", "-m", "one")
    try owner.bet("sync")
    try clone.git("fetch", "-q", "origin")
    try clone.git("update-ref", "refs/bets-remote/gone/search", "refs/bets-remote/origin/search")
    try clone.git("update-ref", "refs/bets-remote/origin/search", "refs/bets/search")
    try clone.bet("note", "search", "-m", "another")
    try clone.pasteCures()
    let log = try clone.bet("log", "search").text
    #expect(log.contains("one") && log.contains("another"))
    #expect(try !clone.refs().contains("refs/bets-remote/gone"))
    #expect(try clone.tryBet("doctor").status == 0)
  }

  @Test func `to a fork asks for what upstream has, and for nothing where nobody bets`() throws {
    let (owner, remote) = try TestRepository.withRemote()
    let fork = try remote.clone(named: "fork.git", bare: true)
    func clone(_ name: String) throws -> TestRepository {
      let clone = try fork.clone(named: name)
      clone.knowBet()
      try clone.bet("install")
      try clone.git("switch", "-q", "-c", "bet/ranking")
      try clone.commit("rank results\n", file: "ranking")
      return clone
    }
    // Nobody bets: alone, beside a place to deploy to, and where upstream is asked and has nothing.
    let quiet = try clone("quiet")
    try quiet.git("remote", "add", "deploy", fork.path)
    #expect(try quiet.tryGit("push", "-q", "origin", "HEAD").isSilent)
    #expect(try quiet.tryGit("push", "-q", "deploy", "HEAD:other").status == 0)
    try quiet.git("remote", "add", "upstream", remote.path)
    try quiet.bet("install")
    #expect(try quiet.tryGit("push", "-q", "origin", "HEAD:more").status == 0)

    try owner.declare("search")
    try owner.declare("ranking", on: "search")
    try owner.bet("sync")
    let busy = try clone("busy")
    try busy.git("remote", "add", "upstream", remote.path)
    let run = try expectStopped(busy, fork, ["origin", "HEAD:new"], by: "ledger-not-fetched")
    try busy.pasteHint(of: run)
    try expectStopped(busy, fork, ["origin", "HEAD:new"])
    try owner.bet("close", "search", "validated", "--yes", "--evidence", "it rose")
    try owner.bet("sync")
    try busy.git("fetch", "-q", "upstream")
    try expectPassed(busy, ["-q", "origin", "HEAD:new"])
  }

  @Test func `where home brings it goes on without what a fork or a place to deploy to has`() throws {
    let (clone, _, remote) = try clone(whileTakenBack: false)
    let fork = try remote.clone(named: "fork.git", bare: true)
    try clone.git("remote", "add", "deploy", fork.path)
    try clone.git("update-ref", "refs/bets-remote/old-fork/search", "refs/bets/search")
    #expect(try clone.tryGit("push", "-q", "deploy", "HEAD").status == 0)
    #expect(try clone.tryGit("push", "-q", "origin", "HEAD").status == 0)
  }

  @Test func `that never left this repository needs no remote that brings it`() throws {
    let repository = try TestRepository()
    repository.knowBet()
    try repository.bet("install")
    try repository.commit("start\n", file: "start", content: "start\n")
    try repository.placeChain()
    let remote = try repository.addRemote()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "it rose")
    try expectPassed(repository, ["-q", "origin", "bet/ranking"])
  }

  @Test(arguments: carriages.keys.sorted(), [true, false])
  func `by other means arrives whole, with the same answer`(_ means: String, isValidated: Bool) throws {
    let (owner, remote) = try TestRepository.withRemote()
    try owner.declare("search")
    try owner.declare("ranking", on: "search")
    if isValidated { try owner.bet("close", "search", "validated", "--yes", "--evidence", "it rose") }
    try owner.bet("sync")
    let script = """
      \(carriages[means] ?? "false"); git switch -q -c bet/ranking; echo 1 >ranking; git add ranking
      git commit -q -m 'rank results' -m 'Bet: ranking'
      """
    try owner.run("sh", ["-ec", script]).succeeded(script)
    let before = try remote.refs()
    let run = try owner.run(
      "git", ["push", "origin", "HEAD"], directory: owner.scratch.path + "/carried")
    #expect(run.status == (isValidated ? 0 : 1), "\(run.errorText)")
    #expect(run.errorText.contains("'search', which is open [follow-on]") == !isValidated, "\(run.errorText)")
    if !isValidated { #expect(try remote.refs() == before) }
  }

  @Test func `through a rename is taken out by uninstall under both names`() throws {
    let (clone, _, _) = try clone(whileTakenBack: false)
    try clone.git("remote", "rename", "origin", "home")
    try clone.bet("install")
    try clone.bet("uninstall")
    #expect(try clone.tryGit("config", "--get-regexp", "fetch", "bets").status == 1)
  }
}
