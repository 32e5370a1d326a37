import TestSupport
import Testing

@Suite("what has shipped") struct ShippedTests {
  @Test func `is counted in the list and told with the bet`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking")
    #expect(try repository.bet("show", "search").text.contains("not shipped"))
    for number in 1...12 {
      try repository.commit("part \(number)\n\nBet: search\n", file: "file", content: "\(number)\n")
    }
    let before = try repository.bet("list", "--json")
    #expect(
      try before.json("[(b['shipped'], b['stage']) for b in d['bets']]", with: repository)
        == "[(None, 'unshipped'), (None, 'unshipped')]")
    try repository.git("push", "-q", "origin", "main")

    let rows = try repository.bet("list").text.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.first?.contains("shipped") == true)
    #expect(rows.first { $0.first == "search" }?.contains("12") == true)
    let day = "2025-01-01"
    let text = try repository.bet("show", "search").text
    #expect(text.contains("shipped on \(day),\n  measuring") && text.contains("and 2 older"))
    let newest = try repository.id("HEAD").prefix(10)
    #expect(text.contains("commits shipped\n  \(newest)  \(day)  part 12\n") && !text.contains("part 2\n"))

    let json = try repository.bet("show", "search", "--json")
    let first = try repository.id("HEAD~11")
    let answer = try json.json(
      "d['bet']['shipped']['commits'], d['bet']['shipped']['first'], d['bet']['stage'], len(d['shippedCommits']), d['shippedCommits'][0]['source']",
      with: repository)
    #expect(answer == "12 \(first) measuring 12 trailer")
  }

  @Test func `is found by many at once, and one file is left`() throws {
    let (repository, _) = try TestRepository.withRemote()
    for id in ["search", "ranking"] { try repository.declare(id) }
    try repository.commit("part\n\nBet: search\n", file: "file", content: "1\n")
    try repository.git("push", "-q", "origin", "main")
    let alone = try repository.bet("list").text
    let script = """
      for round in 1 2 3; do
        rm -f .git/bet/index .git/bet/digests
        for number in 1 2 3 4 5; do git-bet list & done
        wait
      done
      """
    let together = try repository.run("sh", ["-c", script]).succeeded("git-bet list").text
    #expect(together == String(repeating: alone, count: 15))
    #expect(try repository.run("ls", [".git/bet"]).text.split(separator: "\n").contains("index"))
    #expect(try !repository.run("sh", ["-c", "ls .git/bet"]).text.contains("."))
  }

  @Test func `marks the goalposts that were moved after it`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    repository.advanceClock()
    try repository.bet("amend", "search", "--target", ">= 4")
    try repository.commit("part\n\nBet: search\n", file: "file", content: "1\n")
    repository.advanceClock()
    try repository.bet("amend", "search", "--target", ">= 2")
    func moved() throws -> [Bool] {
      try repository.bet("show", "search").text.split(separator: "\n").filter { $0.contains("→") }.map {
        $0.hasSuffix(", after it had shipped")
      }
    }
    #expect(try moved() == [false, false])
    try repository.git("push", "-q", "origin", "main")
    #expect(try moved() == [false, true])
    let json = try repository.bet("show", "search", "--json")
    #expect(
      try json.json("[m['afterShipping'] for m in d['bet']['movedGoalposts']]", with: repository)
        == "[False, True]")
  }

  @Test func `tells what the ledger links and what is a squash merge apart from the commit's own word`()
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.git("config", "core.hooksPath", "/dev/null")
    try repository.commit("one\n", file: "a", content: "1\n")
    try repository.commit("two\n", file: "b", content: "2\n")
    try repository.git("switch", "-q", "main")
    try repository.git("merge", "-q", "--squash", "bet/search")
    try repository.commit("both\n")
    try repository.commit("more\u{1b}[31m\n")
    try repository.bet("link", "search", "--commit", "HEAD")
    #expect(try repository.bet("show", "search").text.contains("linked commits\n"))
    try repository.git("push", "-q", "origin", "main")
    let text = try repository.bet("show", "search").text
    #expect(text.contains("both (squash)\n") && text.contains("(linked)\n"))
    #expect(!text.contains("linked commits\n") && !text.contains("\u{1b}"))
  }
}
