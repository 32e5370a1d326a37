import TestSupport
import Testing

/// What git does to keep a repository tidy, over a ledger with every kind of event.
@Suite struct UpkeepTests {
  private func scene() throws -> TestRepository {
    let (git, _) = try TestRepository.withRemote()
    try git.placeChain()
    let commands = [
      ["amend", "search", "--target", ">= 4"], ["note", "search", "-m", "slow"],
      ["link", "search", "--commit", "main"],
      ["unlink", "search", "--commit", "main"], ["override", "--because", "it cannot wait"],
      ["policy", "unlinked=warn"], ["close", "search", "validated", "--yes", "--evidence", "starts rose"],
      ["reopen", "search", "--because", "they fell"], ["declare", "local-only"] + Killer.claim,
    ]
    for command in commands { try git.tryBet(command).succeeded("\(command)") }
    let override = try git.git("log", "--format=%h", "--grep=^override", "refs/bets/gate").text.prefix {
      $0 != "\n"
    }
    try git.bet("override", "--revoke", String(override))
    // Kinds that no verb writes yet, one of them joining two heads.
    try git.run(
      "sh",
      [
        "-ec",
        """
        append() { git update-ref refs/bets/search $(printf "$1" | git commit-tree $2 -p refs/bets/search \
          4b825dc642cb6eb9a060e54bf8d69288fbee4904); }
        append 'seen\\n\\nEvent: observed\\nBet: search\\nSeq: 90\\nValue: 2.5\\n'
        append 'join\\n\\nEvent: merged\\nBet: search\\nSeq: 91\\n' '-p refs/bets/search~2'
        """,
      ]
    ).succeeded("plumbing")
    let kinds = try git.git(
      "log", "--format=%(trailers:key=Event,valueonly,separator=)", "--glob=refs/bets/*"
    ).text
    #expect(Set(kinds.split(separator: "\n")).count == 12, "\(kinds)")
    return git
  }

  private func checkWhole(_ git: TestRepository, _ step: String) throws {
    let fsck = try git.tryGit("fsck", "--strict", "--no-dangling", "--no-progress")
    #expect(fsck.status == 0 && fsck.text + fsck.errorText == "", "\(step): \(fsck.text)\(fsck.errorText)")
  }

  @Test func `nothing that git tidies up is the ledger's`() throws {
    let git = try scene()
    try checkWhole(git, "as written")
    func ledger() throws -> String {
      try git.git("for-each-ref", "refs/bets").text
        + git.git("log", "--format=%H %P%n%B", "--glob=refs/bets/*").text
        + git.bet("show", "search").text
    }
    let before = try ledger()
    let upkeep = [
      "gc -q --prune=now", "prune --expire=now", "repack -adfq", "pack-refs --all --prune",
      "fetch -q --prune origin",
      "fetch -q --prune --prune-tags --force origin", "remote prune origin",
      "reflog expire --expire=now --all",
      "gc -q --prune=now --aggressive", "clean -fdxq", "worktree prune", "remote remove origin",
      "stash clear",
    ]
    for command in upkeep {
      try git.git(command.split(separator: " ").map(String.init))
      #expect(try ledger() == before, "\(command)")
      try checkWhole(git, command)
    }
    // Packed, without loose refs and reflogs that hold anything: the next event goes on top.
    try git.bet("note", "search", "-m", "on")
    #expect(
      try git.id("refs/bets/search^") == before.split(separator: "\n").first {
        $0.hasSuffix("refs/bets/search")
      }?.prefix(40) ?? "")
    try checkWhole(git, "after")
  }
}
