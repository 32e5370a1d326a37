import TestSupport
import Testing

/// What a remote can send, and what a configuration can call a remote.
@Suite("a hostile remote") struct HostileRemoteTests {
  private func blob(_ content: String, in host: TestRepository) throws -> String {
    String(try host.git("hash-object", "-w", "--stdin", input: content).text.prefix(40))
  }

  @Test func `a ref that holds no commit stops only itself, however often it changes`() throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    for content in ["one", "two"] {
      try clones.host.git("update-ref", "refs/bets/broken", blob(content, in: clones.host))
      try clones[0].bet("note", "search", "-m", content)
      let run = try clones[0].tryBet("sync")
      #expect(run.status == 128 && run.says("not-an-event") && run.text == "sent to origin: search\n")
      #expect(!run.says("remote-rewound"))
    }
    // The last hint deletes it there.
    let last = try clones[0].tryBet("sync")
    #expect(last.stops("not-an-event", status: 128))
    let hint = last.errorText.split(separator: "\n").last { $0.hasPrefix("hint: ") }
    try clones[0].run("sh", ["-c", String(hint?.dropFirst(6) ?? "false")]).succeeded("\(hint ?? "")")
    #expect(try clones.host.ledger() == clones[0].ledger())
    #expect(try clones[0].bet("sync").text == "nothing new with origin\n")
  }

  @Test func `what the host has put right is not complained about`() throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    try clones.host.git("update-ref", "refs/bets/broken", blob("x", in: clones.host))
    #expect(try clones[0].tryBet("sync").status == 128)
    try clones.host.git("update-ref", "-d", "refs/bets/broken")
    let run = try clones[0].bet("sync")
    #expect(run.text == "nothing new with origin\n" && run.errorText.isEmpty)
  }

  @Test func `code or another bet's diary under the name of a bet does not spread`() throws {
    let clones = try Clones("ann")
    let backup = try clones[0].addRemote(named: "backup")
    try clones[0].bet("install")
    try clones[0].declare("search")
    try clones[0].bet("sync")
    let ledger = try clones[0].ledger()
    try clones.host.git("update-ref", "refs/bets/code", "main")
    try clones.host.git("symbolic-ref", "refs/bets/twin", "refs/bets/search")
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("damaged-bet"))
    for hint in run.errorText.split(separator: "\n") where hint.hasPrefix("hint: ") {
      try clones[0].run("sh", ["-c", String(hint.dropFirst(6))]).succeeded(String(hint))
    }
    #expect(try clones[0].ledger() == ledger && backup.ledger() == ledger)
    try clones.host.git("update-ref", "-d", "refs/bets/code")
    try clones.host.git("symbolic-ref", "-d", "refs/bets/twin")
    let rid = try clones[0].bet("sync")
    #expect(rid.errorText.contains("it was not kept here") && !rid.errorText.contains("offered again"))
    #expect(try clones.host.ledger() == ledger)
  }

  @Test func `a diary that was joined with a foreign history there does not spread`() throws {
    let clones = try Clones("ann")
    let backup = try clones[0].addRemote(named: "backup")
    try clones[0].bet("install")
    try clones[0].declare("search")
    try clones[0].bet("sync")
    let ledger = try clones[0].ledger()
    try clones.host.flood("foreign", with: 300)
    let tree = try clones.host.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    let event = "x\n\nwhy\n\nEvent: measured\nBet: search\nSeq: 9\n"
    let join = try clones.host.git(
      "commit-tree", String(tree), "-p", "refs/bets/search", "-p", "foreign", input: event
    ).text.prefix(40)
    try clones.host.git("update-ref", "refs/bets/search", String(join))
    for _ in 0..<2 {
      let run = try clones[0].tryBet("sync")
      #expect(run.stops("too-many-events", status: 128), "\(run.errorText)")
    }
    #expect(try clones[0].ledger() == ledger && backup.ledger() == ledger)
    // Reading goes on all the while.
    #expect(try clones[0].bet("show", "search").text.contains("open"))
  }

  @Test func `a diary that is another at one remote still goes to the others`() throws {
    let clones = try Clones("ann")
    let backup = try clones[0].addRemote(named: "backup")
    try clones[0].bet("install")
    try clones.host.git("update-ref", "refs/bets/search", blob("x", in: clones.host))
    try clones[0].declare("search")
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.text == "sent to backup: search\n")
    #expect(try backup.ledger() == clones[0].ledger())
  }

  @Test(arguments: ["a b", "x~y", "x.lock", "a..b", ".x", "x*", "x\\y"])
  func `a remote whose name no ref can hold is in nobody's way`(_ name: String) throws {
    let clones = try Clones("ann")
    try clones[0].placeChain()
    try clones[0].git("config", "remote.\(name).url", clones.host.path)
    try clones[0].bet("sync")
    try clones[0].bet("list")
    try clones[0].bet("doctor")
    #expect(try clones[0].tryGit("push", "origin", "bet/ranking:main").stops("follow-on"))
    #expect(try clones[0].tryGit("push", name, "bet/ranking:main").status != 0)
    try clones[0].git("switch", "-q", "-c", "free", "main")
    try clones[0].commit("free\n")
    try clones[0].git("push", "-q", "origin", "free")
    #expect(try clones[0].tryBet("sync", "--", name).stops("unknown-remote", status: 128))
  }

  @Test(arguments: ["-x", "x=y", "x'y", "$(id>pwned)", "ä", "x\u{202E}y"])
  func `a remote of an odd name is exchanged with, and what is printed can be pasted`(_ name: String) throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    try clones[0].git("remote", "rename", "origin", "other")
    try clones[0].git("remote", "add", "--", name, clones.host.path)
    #expect(try clones[0].bet("sync", "--", name).text.hasSuffix(": search\n"))
    #expect(try clones.host.ledger() == clones[0].ledger())
    // The doctor's cure, and the hint where nobody answers.
    let wrong = try clones[0].tryBet("doctor").text.split(separator: "\n")
    for line in wrong where line.contains("&& git config --add") {
      try clones[0].run("sh", ["-c", String(line.split(separator: "type: ")[1])]).succeeded(String(line))
    }
    #expect(try clones[0].bet("doctor").status == 0)
    try clones[0].git("config", "remote.\(name).pushurl", "/nowhere")
    try clones[0].bet("note", "search", "-m", "x")
    let run = try clones[0].tryBet("sync", "--", name)
    #expect(run.stops("not-reached", status: 128) && !run.errorText.unicodeScalars.contains("\u{202E}"))
    let hint = run.errorText.split(separator: "\n").last?.dropFirst(6) ?? "false"
    try clones[0].run("sh", ["-c", String(hint)]).succeeded(String(hint))
    #expect(try clones[0].run("sh", ["-c", "ls pwned 2>/dev/null"]).text.isEmpty)
  }

  @Test func `a host that is always a moment faster is given up`() throws {
    let clones = try Clones("ann")
    try clones.host.write(
      "hooks/pre-receive", "#!/bin/sh\necho x >>pushes\necho 'failed to update ref' >&2\nexit 1\n",
      executable: true)
    try clones[0].declare("search")
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("ledger-refused"))
    #expect(try clones.host.read("pushes").split(separator: "\n").count == 12)
  }

  @Test func `a diary beyond all bounds is named, with what takes it away`() throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    var stream = ""
    for number in 0...100_000 {
      stream += "commit refs/bets/big\ncommitter a <a@example.org> \(number) +0000\ndata 2\nx\n\n"
    }
    try clones.host.git("fast-import", "--quiet", input: stream)
    let run = try clones[0].tryBet("sync")
    #expect(run.status == 128 && run.says("too-many-events") && run.text == "sent to origin: search\n")
    for hint in run.errorText.split(separator: "\n") where hint.hasPrefix("hint: ") {
      try clones[0].run("sh", ["-c", String(hint.dropFirst(6))]).succeeded(String(hint))
    }
    #expect(try clones[0].bet("sync").text == "nothing new with origin\n")
  }

  @Test func `what a host says reaches no terminal as it is`() throws {
    let clones = try Clones("ann")
    try clones.host.write(
      "hooks/pre-receive",
      "#!/bin/sh\nprintf '\\033[2J\\033]0;x\\007 \\342\\200\\256\\r::error::x\\n' >&2; exit 1\n",
      executable: true)
    try clones[0].declare("search")
    let runs = try [
      clones[0].tryBet("sync"),
      clones[0].run(
        binary("git-bet"), ["note", "search", "-m", "x"],
        environment: ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "bet.sync", "GIT_CONFIG_VALUE_0": "true"]),
    ]
    #expect(runs[0].errorText.contains("\\u{1b}[2J") && runs[0].status == 128)
    for run in runs {
      #expect(!run.err.contains(0x1B) && !run.err.contains(0x0D))
      #expect(!run.errorText.contains("\n::"))
    }
  }

  @Test func `a shallow diary is named with the command that makes it whole`() throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    try clones[0].bet("note", "search", "-m", "x")
    try clones[0].bet("sync")
    let ci = try clones.host.clone(named: "ci", arguments: ["--depth", "1"])
    ci.environment = clones[0].environment
    try ci.git("fetch", "-q", "--depth", "1", "origin", "+refs/bets/*:refs/bets-remote/origin/*")
    let run = try ci.tryBet("list")
    #expect(run.status == 128 && run.says("missing-object"))
    let hint = run.errorText.split(separator: "\n").last?.dropFirst(6) ?? "false"
    try ci.run("sh", ["-c", String(hint)]).succeeded(String(hint))
    #expect(try ci.bet("list").text.contains("search"))
  }

  @Test func `an exchange needs nobody's identity`() throws {
    let clones = try Clones("ann", "bob")
    try clones[0].declare("search")
    try clones.syncAll()
    try clones[0].close("search", "validated")
    try clones[1].close("search", "invalidated")
    try clones[0].bet("sync")
    for key in clones[1].environment.keys where key.hasPrefix("GIT_AUTHOR") || key.hasPrefix("GIT_COMMITTER")
    {
      clones[1].environment[key] = nil
    }
    try clones[1].git("config", "user.useConfigOnly", "true")
    try clones[1].bet("sync")
    #expect(try clones[1].ledger() == clones.host.ledger())
    #expect(try clones[1].bet("list").text.contains("contested"))
  }

  @Test func `credentials are in nothing that is printed or written`() throws {
    let clones = try Clones("ann")
    let url = "https://tok3n:s3cret@host.invalid"
    try clones[0].git("remote", "add", "ledger", "/x")
    try clones[0].git("config", "bet.ledgerRemote", url)
    try clones[0].git("config", "remote.origin.url", url)
    var runs = try [clones[0].tryBet("sync"), clones[0].tryBet("doctor")]
    try clones[0].git("remote", "remove", "ledger")
    try clones[0].declare("search")
    try clones[0].bet("start", "search")
    try clones[0].commit("work\n")
    runs += try [clones[0].tryBet("sync"), clones[0].tryBet("doctor"), clones[0].tryBet("show", "search")]
    runs.append(try clones[0].tryGit("push", "\(url)/x.git", "HEAD:main"))
    runs.append(try clones[0].git("log", "refs/bets/search"))
    for run in runs { #expect(!(run.text + run.errorText).contains("s3cret")) }
    #expect(runs.map(\.status) == [128, 128, 128, 0, 0, 128, 0])
    #expect(runs[0].says("bad-setting"))
  }
}
