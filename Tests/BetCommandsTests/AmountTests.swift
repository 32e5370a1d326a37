import TestSupport
import Testing

/// Amounts as people type them, and what the ledger holds of them.
@Suite struct AmountTests {
  private let claimed = ["--if", "we build x", "--expect", "y rises", "--because", "z", "--metric", "m"]

  @Test func `a scale is worked out before it is stored, and a reading is held against the same number`()
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    try repository.tryBet(
      ["declare", "a"] + claimed + [
        "--target", ">= 1.5k", "--kill", "<1k", "--baseline", "1.2k", "--reach", "2M",
      ]
    ).succeeded("declare")
    let trailers = try repository.trailers("refs/bets/a")
    for line in ["Target: >= 1500", "Kill: < 1000", "Baseline: 1200", "Reach: 2000000"] {
      #expect(trailers.contains(line))
    }
    for reading in ["3", "1.4k", "1499"] {
      try expectRefused(
        repository,
        [Bad("evidence-contradicts", "close", "a", "validated", "--evidence", "x", "--observed", reading)])
    }
    try repository.bet("close", "a", "validated", "--evidence", "x", "--observed", "1.7k", "--yes")
    #expect(try repository.trailers("refs/bets/a^").contains("Value: 1700"))
  }

  @Test func `an amount in another unit is refused, and in the bet's own unit it is taken`() throws {
    let (repository, _) = try TestRepository.withRemote()
    func declare(_ amounts: String...) -> [String] { ["declare", "new"] + claimed + amounts }
    try repository.tryBet(
      ["declare", "a"] + claimed + ["--target", ">= 40 %", "--kill", "< 30 %", "--baseline", "30 %"]
    ).succeeded("declare")
    #expect(try repository.trailers("refs/bets/a").contains("Baseline: 30"))
    try expectRefused(
      repository,
      [
        Bad("unit-mismatch", declare("--target", ">= 40 %", "--kill", "< 30")),
        Bad("unit-mismatch", declare("--target", ">= 40", "--baseline", "30 %")),
        Bad("unit-mismatch", declare("--kill", "< 40 ms", "--baseline", "30 s")),
        Bad("unit-mismatch", "amend", "a", "--target", ">= 40 ms"),
        Bad("unit-mismatch", "amend", "a", "--baseline", "3 ms"),
        Bad("unit-mismatch", "close", "a", "validated", "--evidence", "x", "--observed", "52 ms"),
        Bad("malformed-value", declare("--reach", "3 %")),
      ])
    try repository.bet("amend", "a", "--target", ">= 40 ms", "--kill", "< 30 ms")
    try repository.bet("amend", "a", "--target", "", "--kill", ">= 40 %")
    try repository.bet("close", "a", "invalidated", "--evidence", "x", "--observed", "52 %")
    #expect(try repository.trailers("refs/bets/a^").contains("Value: 52"))
  }

  @Test(arguments: ["> 5 and < 10", ">= 2×", ">= 2.6 by 2027-01-01", ">= 2 million", "< 5m", ">= 3 per 10 s"])
  func `what says more than one number is refused`(_ text: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    try expectRefused(
      repository,
      ["--target", "--kill"].map { Bad("malformed-value", ["declare", "new"] + claimed + [$0, text]) })
  }

  @Test(
    arguments: [(">= 1.5k", "3", 0), (">= 1.5k", "1700", 128), ("> 5 and < 10", "12", 0), (">= 2×", "4", 0)]
      as [(String, String, Int32)])
  func `a target of an older version is read`(stored: String, reading: String, status: Int32) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.tryBet(["declare", "a"] + claimed + ["--target", ">= 7"]).succeeded("declare")
    let old = try repository.message("refs/bets/a").replacing("Target: >= 7", with: "Target: \(stored)")
    let tree = try repository.git("mktree").text.prefix { $0 != "\n" }
    let id = try repository.run("git", ["commit-tree", String(tree)], input: Array(old.utf8)).text
      .prefix { $0 != "\n" }
    try repository.git("update-ref", "refs/bets/a", String(id))
    #expect(try repository.bet("show", "a").text.contains(stored))
    let json = try repository.bet("show", "a", "--json")
    #expect(try json.json("d['bet']['damaged']", with: repository) == "[]")
    let close = try repository.tryBet("close", "a", "invalidated", "--evidence", "x", "--observed", reading)
    #expect(close.status == status, "\(close.errorText)")
  }
}
