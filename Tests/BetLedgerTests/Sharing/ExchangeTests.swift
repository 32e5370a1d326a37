import TestSupport
import Testing

@Suite("git bet sync") struct ExchangeTests {
  @Test func `a bet of one clone stands in every other, with the same ids`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    #expect(try clones[0].bet("sync").text == "sent to origin: search\n")
    #expect(try clones[1].bet("sync").text == "received: search\n")
    #expect(try clones[0].ledger() == clones[1].ledger())
    #expect(try clones[0].ledger() == clones.host.ledger())
    #expect(try clones[0].bet("sync").text == "nothing new with origin\n")
  }

  @Test func `two verdicts at once are joined by one event, the same in both clones, and it blocks`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].placeChain()
    try clones[0].bet("sync")
    try clones[1].bet("sync")
    try clones[0].close("search", "validated")
    try clones[1].close("search", "invalidated")
    let (mine, yours) = (try clones[0].id("refs/bets/search"), try clones[1].id("refs/bets/search"))
    try clones.syncAll()
    #expect(try clones[0].ledger() == clones[1].ledger())
    for event in [mine, yours] { #expect(try clones[1].has(event, in: "refs/bets/search")) }
    let parents = try clones[0].git(
      "log", "-1", "--format=%P %an <%ae> %(trailers:key=Contested)", "refs/bets/search")
    #expect(
      parents.text.hasPrefix(
        [mine, yours].sorted().joined(separator: " ") + " git-bet <git-bet@localhost> Contested: Verdict"))
    #expect(try clones[0].tryGit("push", "origin", "bet/ranking:main").stops("follow-on"))
    try clones[1].close("search", "validated")
    try clones.syncAll()
    try clones[0].git("push", "-q", "origin", "bet/ranking:main")
  }

  @Test func `a bet that two people declared at once has both declarations`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    try clones[1].bet(
      "declare", "search", "--if", "we buy it", "--expect", "less work", "--because", "it exists")
    try clones[0].bet("sync")
    let run = try clones[1].bet("sync")
    #expect(run.says("contested"))
    try clones[0].bet("sync")
    #expect(try clones[0].ledger() == clones[1].ledger())
    #expect(try clones[0].git("rev-list", "--max-parents=0", "--count", "refs/bets/search").text == "2\n")
  }

  @Test func `whoever comes too late fetches again and joins`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    try clones.syncAll()
    // The other is faster, after the fetch and before the push: a hook of the host's plays him, once.
    try clones[1].bet("note", "search", "-m", "in between")
    let late = try clones[1].id("refs/bets/search")
    try clones[1].git("push", "-q", "--no-verify", "origin", "refs/bets/search:refs/kept/search")
    try clones.host.write(
      "hooks/pre-receive",
      """
      #!/bin/sh
      test -e done && exit 0
      : >done
      unset GIT_QUARANTINE_PATH
      git update-ref refs/bets/search \(late)
      """, executable: true)
    try clones[0].bet("note", "search", "-m", "mine")
    let run = try clones[0].bet("sync")
    #expect(run.text.contains("sent to origin: search"))
    #expect(try clones[0].has(late, in: "refs/bets/search"))
    #expect(try clones.host.id("refs/bets/search") == clones[0].id("refs/bets/search"))
  }

  @Test func `many clones that write and exchange at the same time lose nothing`() throws {
    let clones = try Clones("ann", "bob", "cleo")
    try clones[0].declare("search")
    try clones.syncAll()
    let script = (1...6).map { "git bet note search -m \"note \($0) of $PWD\" && git bet sync" }
      .joined(separator: " && ")
    let jobs = clones.people.map { "(cd '\($0.path)' && \(script) >out 2>&1; echo $? >status) &" }
    try clones[0].run("sh", ["-c", jobs.joined(separator: "\n") + "\nwait"], limit: .seconds(120)).succeeded(
      "sh")
    for person in clones.people {
      let said = try person.read("out")
      #expect(try person.read("status") == "0\n", "\(said)")
    }
    try clones.syncAll()
    #expect(Set(try clones.people.map { try $0.ledger() }).count == 1)
    let notes = try clones[0].git("log", "--format=%s", "--grep=Event: noted", "refs/bets/search").text
    #expect(notes.split(separator: "\n").count == 18)
    try clones.host.git("fsck", "--strict")
  }

  @Test func `a host that rewinds or deletes takes nothing away, and gets it again`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    let old = try clones[0].id("refs/bets/search")
    try clones[0].declare("kept")
    try clones[0].close("search", "validated")
    try clones.syncAll()
    let ledger = try clones[0].ledger()
    try clones.host.git("update-ref", "refs/bets/search", old)
    try clones.host.git("update-ref", "-d", "refs/bets/kept")
    let run = try clones[1].bet("sync")
    #expect(run.says("remote-rewound"))
    #expect(
      run.errorText.contains("lost the diary of 'kept'") && run.errorText.contains("lost events of 'search'"))
    #expect(try clones.host.ledger() == ledger)
    #expect(try clones[1].ledger() == ledger)
  }

  @Test func `what a fetch brought is kept before another fetch can rewind it`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    try clones[0].bet("sync")
    try clones[1].git("fetch", "-q")
    try clones.host.git("update-ref", "-d", "refs/bets/search")
    try clones[1].bet("sync")
    #expect(try clones.host.ledger() == clones[0].ledger())
  }

  @Test func `several remotes get everything from each other`() throws {
    let clones = try Clones("ann", "bob")
    let other = try clones[0].addRemote(named: "backup")
    try clones[0].bet("install")
    try clones[0].declare("search")
    try clones[1].declare("ranking")
    try clones[1].bet("sync")
    try clones[0].bet("sync")
    #expect(try other.ledger() == clones.host.ledger())
    try clones[0].declare("third")
    try clones[0].git("remote", "set-url", "origin", "/nowhere")
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("not-reached"))
    #expect(run.text == "sent to backup: third\n")
    #expect(try other.ledger() == clones[0].ledger())
  }

  @Test func `only the named remote is asked, and an unknown one is refused`() throws {
    let clones = try Clones("ann")
    _ = try clones[0].addRemote(named: "backup")
    try clones[0].bet("install")
    try clones[0].declare("search")
    #expect(try clones[0].bet("sync", "backup").text == "sent to backup: search\n")
    #expect(try clones.host.ledger().isEmpty)
    let before = try clones[0].fingerprint()
    for name in ["nope", "--upload-pack=touch pwned", "ext::sh -c touch% pwned"] {
      #expect(try clones[0].tryBet("sync", "--", name).stops("unknown-remote", status: 128))
    }
    #expect(try clones[0].fingerprint() == before)
  }

  @Test func `nothing is written or sent when others' work is only brought`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    try clones[0].bet("sync")
    try clones[1].declare("mine")
    #expect(try clones[1].bet("sync", "--no-push").text == "fetched from origin\n")
    #expect(try clones[1].ledger().contains("refs/bets/search") == false)
    #expect(try clones.host.ledger().contains("mine") == false)
    #expect(try clones[1].bet("list").text.contains("search"))
  }

  @Test func `a diary that cannot be read is named, and all others are exchanged`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    let blob = try clones.host.git("hash-object", "-w", "--stdin", input: "no event")
    try clones.host.git("update-ref", "refs/bets/broken", String(blob.text.prefix(40)))
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("not-an-event"))
    #expect(try clones.host.ledger().contains("refs/bets/search"))
    #expect(try clones[0].ledger().contains("broken") == false)
  }

  @Test func `names that no bet can have stay where they are`() throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    let id = try clones[0].id("refs/bets/search")
    try clones[0].git("push", "-q", "--no-verify", "origin", "\(id):refs/bets/Upper", "\(id):refs/bets/a/b")
    try clones[0].bet("sync")
    #expect(try clones[0].ledger() == "\(id) refs/bets/search\n")
  }

  @Test func `the user's branches and other refs play no part`() throws {
    let clones = try Clones("ann")
    try clones[0].placeChain()
    try clones[0].git("tag", "-a", "-m", "v", "v1", "refs/bets/search")
    try clones[0].git("config", "push.followTags", "true")
    try clones[0].git("config", "remote.origin.mirror", "true")
    try clones[0].bet("sync")
    let there = try clones.host.git("for-each-ref", "--format=%(refname)").text
    #expect(there == "refs/bets/ranking\nrefs/bets/search\nrefs/heads/main\n")
  }
}
