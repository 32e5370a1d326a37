import TestSupport
import Testing

@Suite("the levels of the rules") struct RuleLevelTests {
  private func level(_ rule: String, _ repository: TestRepository) throws -> [Substring] {
    let lines = try repository.bet("rules").text.split(separator: "\n").map { $0.split(separator: " ") }
    return Array(try #require(lines.first { $0.first == rule[...] }, "\(rule)").dropFirst().prefix(2))
  }

  @Test func `are listed, each with where it comes from`() throws {
    let (repository, _) = try TestRepository.withRemote()
    for (rule, level) in [
      ("instrument", "block"), ("overlap", "warn"), ("overdue", "warn"), ("appetite", "warn"),
      ("limit", "off"),
    ] {
      #expect(try self.level(rule, repository) == [level[...], "default"])
    }
    try repository.bet("policy", "instrument=off", "limit=warn")
    try repository.git("config", "bet.rule.overdue", "block")
    try repository.git("config", "bet.rule.limit", "block")
    #expect(try level("instrument", repository) == ["off", "ledger"])
    #expect(try level("overdue", repository) == ["block", "local"])
    #expect(try level("limit", repository) == ["block", "local"])
    let once = try repository.git("-c", "bet.rule.appetite=off", "bet", "rules").text
    #expect(once.contains("this command only"))
  }

  @Test func `off lets a bet ship unmeasured`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    let once = try repository.tryGit(
      "-c", "bet.rule.instrument=off", "push", "--dry-run", "origin", "HEAD:main")
    #expect(once.status == 0 && once.errorText.contains("was set for this command only"))
    try repository.bet("policy", "instrument=off")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }
}
