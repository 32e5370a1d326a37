import TestSupport
import Testing

@Suite("the shared levels") struct PolicyTests {
  @Test func `count in every clone, under those of the clone itself`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    #expect(try repository.tryGit("push", "-q", "origin", "bet/ranking").status == 1)
    try repository.bet("policy", "follow-on=warn", "lost=off")
    #expect(try repository.bet("rules").text.contains("ledger"))
    #expect(try repository.bet("policy").text == repository.bet("rules").text)
    try repository.git("config", "bet.rule.follow-on", "block")
    #expect(try repository.tryGit("push", "-q", "origin", "bet/ranking").status == 1)
    // CI and servers follow the ledger alone.
    #expect(try repository.tryBet("check", "--ci").status == 0)
    try repository.git("config", "--unset", "bet.rule.follow-on")
    let push = try repository.tryGit("push", "-q", "origin", "bet/ranking", "refs/bets/*")
    #expect(push.status == 0 && push.errorText.contains("warning: 'ranking' rests on"))

    let other = try remote.clone(named: "other")
    other.knowBet()
    try other.bet("install")
    #expect(try other.bet("rules", "--json").text.contains("\"ledger\""))
  }

  @Test(arguments: [
    ("nonsense=block", "unknown-rule"), ("follow-on=loud", "unknown-level"), ("follow-on", "unknown-level"),
  ])
  func `refuse what is no rule or no level`(_ argument: String, _ code: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    let before = try repository.fingerprint()
    let run = try repository.tryBet("policy", "lost=warn", argument)
    #expect(run.status == 128 && run.says(code))
    #expect(try repository.fingerprint() == before)
  }
}
