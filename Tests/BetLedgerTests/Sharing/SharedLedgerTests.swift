import TestSupport
import Testing

/// Several repositories with one ledger: `bet.ledgerRemote`.
@Suite("a shared ledger") struct SharedLedgerTests {
  /// Two unrelated repositories, each with its own host, and the bare repository that holds their ledger.
  private func product() throws -> (web: TestRepository, api: TestRepository, ledger: TestRepository) {
    let (web, _) = try TestRepository.withRemote()
    let ledger = try web.addRemote(named: "product-ledger")
    try web.git("remote", "remove", "product-ledger")
    let (api, _) = try TestRepository.withRemote()
    for (repository, name) in [(web, "web"), (api, "api")] {
      try repository.git("config", "bet.ledgerRemote", ledger.path)
      try repository.git("config", "bet.repository", name)
    }
    return (web, api, ledger)
  }

  @Test func `a bet declared in one blocks in the other`() throws {
    let (web, api, ledger) = try product()
    try web.declare("search")
    #expect(try web.bet("sync").text == "sent to ledger: search\n")
    #expect(try api.bet("sync").text == "received: search\n")
    try api.declare("ranking", on: "search")
    try api.bet("start", "ranking")
    try api.commit("rank\n", file: "rank", content: "1")
    #expect(try api.tryGit("push", "origin", "HEAD:main").stops("follow-on"))
    try web.close("search", "validated")
    try web.bet("sync")
    // What was fetched counts, before it is joined.
    try api.bet("sync", "--no-push")
    try api.git("push", "-q", "origin", "HEAD:main")
    try api.bet("sync")
    try web.bet("sync")
    #expect(try web.ledger() == api.ledger())
    #expect(try web.ledger() == ledger.ledger())
  }

  @Test func `branches and commits say in which repository they are`() throws {
    let (web, api, _) = try product()
    try web.declare("search")
    try web.bet("start", "search", "--branch", "work")
    let commit = try web.commit("one\n", file: "one", content: "1")
    try web.bet("link", "search", "--commit", commit)
    try web.bet("sync")
    try api.bet("sync")
    let shown = try api.bet("show", "search").text
    #expect(shown.contains("web: work") && shown.contains("web: \(commit)"))
    // The same name there is another branch.
    try api.git("switch", "-q", "-c", "work")
    try api.commit("other\n", file: "other", content: "1")
    try api.git("push", "-q", "origin", "HEAD:main")
    #expect(try api.bet("show", "search", "--json").text.contains("\"branches\": []"))
    #expect(try web.bet("show", "search").text.contains("branches\n  work"))
  }

  @Test func `a standing override of one repository is none in the other`() throws {
    let (web, api, _) = try product()
    try web.placeChain()
    try web.bet("override", "bet/ranking", "--because", "the fair", "--until", "2099-01-01")
    try web.bet("sync")
    try api.bet("sync")
    try api.git("switch", "-q", "-c", "bet/ranking")
    try api.commit("rank here\n", file: "rank", content: "1")
    #expect(try web.tryGit("push", "-q", "origin", "bet/ranking:main").status == 0)
    #expect(try api.tryGit("push", "-q", "origin", "bet/ranking:main").stops("follow-on"))
  }

  @Test func `the name comes from the remote's URL, and credentials are never shown`() throws {
    let (web, _, ledger) = try product()
    try web.git("config", "--unset", "bet.repository")
    try web.declare("search")
    try web.bet("start", "search")
    #expect(
      try web.git("log", "-1", "--format=%(trailers:key=Repository)", "refs/bets/search").text.hasPrefix(
        "Repository: origin"))
    try web.git("config", "bet.ledgerRemote", "https://ann:secret@host.invalid/x.git")
    let run = try web.tryBet("sync")
    #expect(run.status == 128 && !run.errorText.contains("secret") && !run.text.contains("secret"))
    try web.git("config", "bet.ledgerRemote", ledger.path)
    #expect(try web.bet("doctor").text.contains("refs/bets-remote/ledger") == false)
  }

  @Test func `a URL and a remote called ledger do not mix`() throws {
    let (web, _, ledger) = try product()
    try web.git("remote", "add", "ledger", "/elsewhere")
    #expect(try web.tryBet("sync").stops("bad-setting", status: 128))
    try web.git("remote", "set-url", "ledger", ledger.path)
    try web.git("config", "bet.ledgerRemote", "ledger")
    try web.declare("search")
    #expect(try web.bet("sync").text == "sent to ledger: search\n")
  }

  @Test func `a helper program in the URL obeys git's own policy`() throws {
    let (web, _, _) = try product()
    try web.git("config", "bet.ledgerRemote", "ext::touch pwned")
    try web.declare("search")
    #expect(try web.tryBet("sync").status == 128)
    #expect(try web.tryGit("ls-files", "--others", "pwned").text.isEmpty)
  }
}
