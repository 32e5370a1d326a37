import TestSupport
import Testing

@Suite("the gate on request") struct CheckVerbTests {
  @Test func `answers as the hook does, by exit status, text and JSON`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    #expect(try repository.tryBet("check").status == 0)
    try repository.placeChain()
    let before = try (repository.fingerprint(), remote.fingerprint())
    for work in [
      [], ["HEAD"], ["bet/ranking"], ["main.."], ["main..bet/ranking"], [try repository.id("HEAD")],
    ] {
      let run = try repository.tryBet(["check"] + work)
      #expect(run.status == 1 && run.says("follow-on"), "\(work): \(run.errorText)")
      let json = try repository.tryBet(["check", "--json"] + work)
      #expect(json.status == 1)
      let facts = try json.json(
        "d['version'], d['state'], d['blocked'], [(f['rule'], f['bet'], f['blockedBy'][0]['bet']) for f in d['findings']]",
        with: repository)
      #expect(facts == "1 unsatisfied True [('follow-on', 'ranking', 'search')]", "\(work)")
    }
    for work in ["main", "HEAD..", "HEAD~1", "HEAD~1..HEAD~1", "@~1"] {
      #expect(try repository.tryBet("check", work).status == 0, "\(work)")
    }
    let free = try repository.bet("check", "--format", "json", "main")
    #expect(try free.json("d['blocked']", with: repository) == "False")
    #expect(try (repository.fingerprint(), remote.fingerprint()) == before)
    try repository.git("checkout", "-q", "--detach")
    #expect(try repository.tryBet("check").status == 1)
    let failed = try repository.tryBet("check", "--json", "nowhere")
    #expect(failed.status == 128)
    #expect(try failed.json("d['error']['code']", with: repository) == "unknown-commit")
  }

  @Test func `is overridden on the record`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    #expect(try repository.bet("override", "--list").text.contains("nothing"))
    try repository.bet("override", "bet/ranking", "--because", "demo", "--until", "2099-01-01")
    let list = try repository.bet("override", "--list", "--json")
    #expect(
      try list.json(
        "[(o['for'], o['rules'], o['blockedBy'], o['until'], o['revoked'], o['reason']) for o in d['overrides']]",
        with: repository) == "[('ranking', ['follow-on'], ['search'], '2099-01-01', False, 'demo')]")
    #expect(try repository.tryBet("check").status == 0)
    try repository.commit("a standing one covers what comes on top\n")
    #expect(try repository.tryBet("check").status == 0)
    let id = try list.json("d['overrides'][0]['id'][:8]", with: repository)
    #expect(try repository.bet("override", "--list").text.contains(id))
    try repository.bet("override", "--revoke", id)
    #expect(try repository.tryBet("check").status == 1)
    try expectNothingWritten(repository, ["override", "--revoke", id], code: "already-revoked")
    let refs = try remote.refs()
    #expect(try repository.tryGit("push", "origin", "HEAD").status == 1)
    #expect(try remote.refs() == refs)
  }

  @Test func `lets a push through that carries its reason`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    let dry = try repository.fingerprint()
    let plain = try repository.tryBet("push", "origin", "HEAD")
    #expect(plain.status == 1 && plain.says("follow-on"), "\(plain.errorText)")
    #expect(try repository.fingerprint() == dry)
    let run = try repository.tryBet("push", "-q", "origin", "HEAD", "--override", "demo tomorrow")
    #expect(run.status == 0 && run.errorText.contains("demo tomorrow"), "\(run.errorText)")
    #expect(try remote.id("bet/ranking") == repository.id("HEAD"))
    try repository.commit("more\n")
    #expect(try repository.tryBet("push", "--override=again", "-q", "origin", "HEAD:main").status == 0)
    #expect(try remote.id("main") == repository.id("HEAD"))
    let list = try repository.bet("override", "--list", "--json")
    #expect(
      try list.json("[o['reason'] for o in d['overrides']]", with: repository) == "['demo tomorrow', 'again']"
    )
    // Nothing in the way, nothing recorded.
    let refs = try repository.git("rev-parse", "refs/bets/gate").text
    try repository.git("switch", "-q", "main")
    #expect(
      try repository.tryBet("push", "--override", "why not", "origin", "main:refs/heads/copy").status == 0)
    #expect(try repository.git("rev-parse", "refs/bets/gate").text == refs)
    #expect(try repository.git("status", "--porcelain", "--ignored").out.isEmpty)
  }

  @Test func `lists its rules and where their levels come from`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.git("config", "bet.rule.unlinked", "warn")
    let rules = try repository.bet("rules", "--json")
    let levels = "{r['rule']: (r['level'], r['origin']) for r in d['rules']}"
    #expect(try rules.json("\(levels)['unlinked']", with: repository) == "('warn', 'local')")
    #expect(try rules.json("\(levels)['follow-on']", with: repository) == "('block', 'default')")
    let run = try repository.git("-c", "bet.rule.lost=off", "bet", "rules").text
    #expect(run.split(separator: "\n").contains { $0.hasPrefix("lost") && $0.contains("this command") })
    try repository.git("config", "bet.rule.lost", "maybe")
    try expectNothingWritten(repository, ["rules"], code: "bad-setting")
  }

  @Test func `reads trailers as git log does`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    for message in [
      "a\n\nBet: x\n", "b\n\nprose\nBet: x\n", "c\n\nBet: x\n  y\nX:\n", "d\n\nBet: x\n---\n\nBet: y\n", "e",
      "",
      "f\n\nbet : \tx \nBet: none\nSigned-off-by: A <a@b>\n", "g\n\nBet: \u{1B}[31m\u{202E}ü\n",
    ] { try repository.commit(message) }
    let format = "--format=%H%n%(trailers:only,unfold)"
    for range in [["HEAD"], ["HEAD~2"], ["HEAD~3..HEAD"]] {
      let log = try repository.git(["log", format] + range).out
      #expect(try repository.tryBet(["trailers"] + range).out == log, "\(range)")
    }
    #expect(try repository.bet("trailers", "-", input: "s\n\nBet: a\nBet: b\n").text == "Bet: a\nBet: b\n")
    let explained = try repository.bet("trailers", "-", "--explain", input: "s\n\nBet: a\nprose\n")
    #expect(explained.out.isEmpty && explained.says("stray-trailer"))
  }
}
