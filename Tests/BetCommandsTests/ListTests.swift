import TestSupport
import Testing

@Suite("listing bets") struct ListTests {
  let repository: TestRepository
  let remote: TestRepository

  init() throws {
    (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.declare("other")
  }

  /// What `show` makes of each bet, which keeps nothing.
  private func shown(_ names: [String]) throws -> [String] {
    try names.map { name in
      let lines = try repository.bet("show", name, "--json").text.split(separator: "\n").map(String.init)
      let start = try #require(lines.firstIndex { $0.hasPrefix("  \"bet\": {") })
      let end = try #require(lines[start...].firstIndex { $0.hasPrefix("  }") })
      return (["    {"] + lines[(start + 1)..<end].map { "  " + $0 } + ["    }"]).joined(separator: "\n")
    }
  }

  private func expectTheSame(_ comment: Comment) throws {
    // The order is the list's own.
    let first = try repository.bet("list", "--all", "--json").text
    let names = first.split(separator: "\n").filter { $0.hasPrefix("      \"id\": ") }
      .compactMap { $0.split(separator: "\"").last { $0 != "," }.map(String.init) }
    #expect(names.count >= 3, comment)
    let all = try shown(names).joined(separator: ",\n")
    let expected = "{\n  \"version\": 1,\n  \"bets\": [\n\(all)\n  ],\n  \"damaged\": []\n}\n"
    #expect(first == expected, comment)
    #expect(try repository.bet("list", "--all", "--json").text == expected, "again, \(comment)")
  }

  @Test func `--json says of each bet what show says, whatever happens between two listings`() throws {
    try expectTheSame("declared")
    try repository.bet(
      "amend", "search", "--metric", "clicks", "--target", ">= 5", "--check-by", "2020-01-02")
    try expectTheSame("overdue")
    try repository.bet("amend", "other", "--check-by", "2098-01-02")
    try repository.git("branch", "topic")
    try repository.bet("link", "other", "topic")
    try expectTheSame("linked")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    try repository.bet("amend", "ranking", "--kill", "< 1")
    try expectTheSame("shipped, a goalpost moved")
    try repository.bet(
      "declare", "top", "--if", "a", "--expect", "b", "--because", "c", "--builds-on", "other")
    try expectTheSame("waited on")
    try repository.write(".mailmap", "Somebody Else <ada@example.org>\n")
    try expectTheSame("called otherwise")
    try repository.run("rm", [".mailmap"]).succeeded("rm")
    try repository.bet("close", "other", "abandoned", "--learned", "nobody asks")
    try repository.bet("close", "search", "validated", "--evidence", "seen", "--observed", "6.5", "--yes")
    try expectTheSame("closed")
  }

  @Test func `an empty list is one`() throws {
    let empty = try TestRepository()
    #expect(
      try empty.bet("list", "--json").text == "{\n  \"version\": 1,\n  \"bets\": [],\n  \"damaged\": []\n}\n")
  }
}
