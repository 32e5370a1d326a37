import TestSupport
import Testing

@Suite("a signed event") struct SignatureVerbTests {
  /// A bet whose later events are signed with the key of `ada`.
  private func scene() throws -> (TestRepository, key: String) {
    let repository = try TestRepository()
    try repository.commit("start\n")
    try repository.declare("search")
    let key = try repository.sshKey("ada")
    try repository.sign(with: key)
    return (repository, key)
  }

  private func isSigned(_ repository: TestRepository, _ revision: String = "refs/bets/search") throws -> Bool
  {
    try repository.git("cat-file", "commit", revision).text.contains("\ngpgsig ")
  }

  @Test(arguments: [
    ([], false), (["commit.gpgSign=true"], true), (["commit.gpgSign=true", "bet.sign=false"], false),
    (["bet.sign=yes"], true), (["bet.sign=0"], false), (["bet.sign=on", "commit.gpgSign=false"], true),
  ])
  func `is written when git's configuration says so`(settings: [String], expected: Bool) throws {
    let (repository, _) = try scene()
    try repository.git("config", "--global", "--unset", "bet.sign")
    for setting in settings {
      let parts = setting.split(separator: "=").map(String.init)
      try repository.git("config", parts[0], parts[1])
    }
    try repository.bet("note", "search", "-m", "people ask – ünï")
    #expect(try isSigned(repository) == expected)
    #expect(try repository.git("fsck", "--strict").status == 0)
  }

  @Test func `is the commit that was meant, with a signature`() throws {
    let (repository, _) = try scene()
    try repository.git("config", "i18n.commitEncoding", "ISO-8859-1")
    repository.environment["GIT_AUTHOR_NAME"] = "Ädä"
    repository.environment["GIT_AUTHOR_DATE"] = "@86400 -0330"
    let copy = try repository.clone()
    try copy.git("fetch", "-q", "origin", "refs/bets/*:refs/bets/*")
    try repository.bet("note", "search", "-m", "ünï")
    try copy.git("config", "bet.sign", "false")
    copy.environment = repository.environment
    try copy.bet("note", "search", "-m", "ünï")
    let signed = try repository.git("cat-file", "commit", "refs/bets/search").text
    let unsigned = try copy.git("cat-file", "commit", "refs/bets/search").text
    let start = try #require(signed.firstRange(of: "gpgsig "))
    let end = try #require(signed.firstRange(of: "-----END SSH SIGNATURE-----\n"))
    let rest = signed[end.upperBound...].drop { $0 == " " }
    let bare =
      signed[..<start.lowerBound] + (rest.first == "\n" && !rest.hasPrefix("\n\n") ? rest : rest.dropFirst())
    #expect(String(bare) == unsigned)
  }

  @Test func `is not written when the signer fails, and git says why`() throws {
    let (repository, key) = try scene()
    try repository.run("rm", [key, key + ".pub"]).succeeded("rm")
    let before = try repository.refs()
    let run = try repository.tryBet("note", "search", "-m", "x")
    #expect(run.status == 128 && run.says("not-signed") && run.errorText.contains("No such file"))
    #expect(try repository.refs() == before)
    // A signer that succeeds and signs nothing.
    try repository.git("config", "--global", "gpg.format", "openpgp")
    try repository.git("config", "gpg.program", "true")
    #expect(try repository.tryBet("note", "search", "-m", "x").says("not-signed"))
    #expect(try repository.refs() == before)
    try repository.git("config", "bet.sign", "perhaps")
    #expect(try repository.tryBet("note", "search", "-m", "x").says("bad-setting"))
  }

  @Test func `says in show and log who signed it and whether git trusts that`() throws {
    let (repository, key) = try scene()
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "x")
    for verb in ["show", "log"] {
      #expect(try repository.bet(verb, "search").text.contains("gpg.ssh.allowedSignersFile is not set"))
    }
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    for verb in ["show", "log"] {
      #expect(try repository.bet(verb, "search").text.contains("is signed by ada@example.org"))
    }
    let json = try repository.bet("log", "search", "--json").text
    #expect(json.contains("\"trust\": \"trusted\"") && json.contains("\"signer\": \"ada@example.org\""))
    #expect(json.contains("\"trust\": \"unsigned\""))
    #expect(try repository.bet("show", "search", "--json").text.contains("\"trust\": \"trusted\""))
  }

  @Test func `is asked for by doctor while the rule is on`() throws {
    let (repository, key) = try scene()
    try repository.git("config", "bet.sign", "false")
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "x")
    #expect(try !repository.tryBet("doctor").text.contains("signatures"))
    try repository.git("config", "bet.rule.unsigned", "warn")
    #expect(try repository.tryBet("doctor").text.contains("the verdict on 'search', which is not signed"))
    try repository.git("config", "bet.sign", "true")
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    try repository.bet("reopen", "search", "--because", "again")
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "x")
    #expect(try repository.tryBet("doctor").text.contains("every verdict and override is signed"))
  }

  @Test func `starts no process where none is signed`() throws {
    let (repository, _) = try scene()
    try repository.git("config", "bet.sign", "false")
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "x")
    let log = repository.scratch.path + "/trace"
    for arguments in [["show", "search"], ["log"]] {
      _ = try repository.run(
        binary("git-bet"), arguments, environment: ["GIT_TRACE": log])
    }
    #expect(try !repository.read(log).contains("git log"))
  }
}
