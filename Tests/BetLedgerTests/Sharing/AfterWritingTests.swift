import TestSupport
import Testing

/// `bet.sync`: the ledger is exchanged right after it was written.
@Suite("exchange after writing") struct AfterWritingTests {
  private func eager() throws -> Clones {
    let clones = try Clones("ann", "bob")
    for person in clones.people { try person.git("config", "bet.sync", "true") }
    return clones
  }

  @Test func `what was written stands on the host when the command ends`() throws {
    let clones = try eager()
    try clones[0].declare("search")
    #expect(try clones.host.ledger() == clones[0].ledger())
    try clones[1].git("fetch", "-q")
    try clones[1].close("search", "validated")
    #expect(try clones.host.ledger() == clones[1].ledger())
  }

  @Test func `it is off by default, and reading exchanges nothing`() throws {
    let clones = try Clones("ann")
    try clones[0].declare("search")
    #expect(try clones.host.ledger().isEmpty)
    try clones[0].git("config", "bet.sync", "true")
    try clones[0].bet("list")
    #expect(try clones.host.ledger().isEmpty)
  }

  @Test func `offline it is one line, and the command has succeeded`() throws {
    let clones = try eager()
    try clones[0].git("remote", "set-url", "origin", "/nowhere")
    let run = try clones[0].tryBet(
      "declare", "search", "--if", "we build it", "--expect", "starts rise from 2 to 3", "--because", "asked",
      "--metric", "starts", "--check-by", "2099-01-01")
    #expect(run.status == 0 && run.text.hasPrefix("declared search"))
    #expect(run.errorText.hasPrefix("note: kept here, not exchanged:"))
    #expect(run.errorText.split(separator: "\n").count == 1)
  }

  @Test func `nobody is asked anything`() throws {
    let clones = try eager()
    let log = clones[0].scratch.path + "/ssh.log"
    try clones[0].write(
      clones[0].scratch.path + "/bin/ssh",
      "#!/bin/sh\n(: </dev/tty) 2>/dev/null && tty=yes\necho \"$@ tty=$tty prompt=$GIT_TERMINAL_PROMPT\" >>'\(log)'\nexit 255\n",
      executable: true)
    clones[0].environment["PATH"] = "\(clones[0].scratch.path)/bin:\(clones[0].environment["PATH"] ?? "")"
    try clones[0].git("remote", "set-url", "origin", "ssh://git@host.invalid/x.git")
    try clones[0].declare("search")
    let told = try clones[0].read(log)
    #expect(told.contains("-o BatchMode=yes") && told.contains("tty= prompt=0"))
    try clones[0].git("config", "core.sshCommand", "ssh -i key")
    try clones[0].bet("note", "search", "-m", "x")
    #expect(try clones[0].read(log).contains("-i key -o BatchMode=yes"))
  }

  @Test func `a host that does not answer is left alone after a while`() throws {
    let clones = try eager()
    try clones[0].write(
      clones[0].scratch.path + "/bin/ssh", "#!/bin/sh\nexec sleep 600\n", executable: true)
    clones[0].environment["PATH"] = "\(clones[0].scratch.path)/bin:\(clones[0].environment["PATH"] ?? "")"
    try clones[0].git("remote", "set-url", "origin", "ssh://git@host.invalid/x.git")
    let run = try clones[0].run(binary("git-bet"), ["note", "search", "-m", "x"])
    #expect(run.status == 128)
    try clones[0].declare("search")
    let locks = try clones[0].run("find", [".git", "-name", "*.lock"]).text
    #expect(locks.isEmpty)
  }

  @Test func `a push exchanges as well, with the override before it`() throws {
    let clones = try eager()
    clones.host.knowBet()
    try clones.host.bet("install", "--bare")
    try clones[0].placeChain()
    #expect(try clones[0].tryGit("push", "-q", "--no-verify", "origin", "bet/ranking:main").status == 1)
    // The server judges by its own ledger: the override must be there first.
    try clones[0].bet("push", "--override", "the fair is tomorrow", "-q", "origin", "bet/ranking:main")
    #expect(try clones.host.ledger() == clones[0].ledger())
    try clones[0].git("config", "bet.sync", "false")
    try clones[0].bet("note", "search", "-m", "later")
    try clones[0].git("config", "bet.sync", "true")
    try clones[0].bet("push", "-q", "origin", "bet/ranking:wip/x")
    #expect(try clones.host.ledger() == clones[0].ledger())
  }

  @Test func `nothing is exchanged from inside a hook, and nothing recurses`() throws {
    let clones = try eager()
    try clones[0].git("config", "bet.sync", "false")
    try clones[0].declare("search")
    try clones[0].git("config", "bet.sync", "true")
    let note = "#!/bin/sh\ngit bet note search -m 'from the hook' >>\"$HOME/hook.log\" 2>&1\n"
    try clones[0].write(".git/hooks/post-commit", note, executable: true)
    try clones[0].commit("work\n", file: "work", content: "1")
    #expect(try clones[0].bet("log", "search").text.contains("from the hook"))
    #expect(try clones.host.ledger().isEmpty)
    // git runs this one in the middle of an exchange of ours.
    try clones[0].write(".git/hooks/reference-transaction", note, executable: true)
    try clones[0].bet("sync")
    try clones[0].run("rm", [".git/hooks/reference-transaction"]).succeeded("rm")
    try clones[0].bet("sync")
    #expect(try clones.host.ledger() == clones[0].ledger())
  }

  @Test func `the list says how old the last exchange is`() throws {
    let clones = try eager()
    try clones[0].declare("search")
    #expect(try clones[0].bet("list").text.hasSuffix("exchanged with origin just now\n"))
    #expect(try clones[1].bet("list").text.contains("exchanged") == false)
    let record = try clones[0].read(".git/bet/exchanged")
    let time = record.prefix { $0 != "\t" }
    let old = (Int(time) ?? 0) - 3 * 86_400
    try clones[0].write(".git/bet/exchanged", "\(old)\texchanged\torigin\n")
    #expect(try clones[0].bet("list").text.hasSuffix("exchanged with origin 3 days ago\n"))
    try clones[0].write(".git/bet/exchanged", "garbage\n\u{1B}[2J\n")
    #expect(try clones[0].bet("list").text.hasSuffix("never exchanged with origin\n"))
  }
}
