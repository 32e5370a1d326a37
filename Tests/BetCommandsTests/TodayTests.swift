import BetReports
import TestSupport
import Testing

@Suite("git bet without a word") struct TodayTests {
  let repository: TestRepository

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    repository.environment["NO_COLOR"] = "1"
    repository.environment["GIT_PAGER"] = "cat"
  }

  @Test func `marks the current branch's bet, says what is only here, and what comes next`() throws {
    try repository.placeChain()
    try repository.git("switch", "-q", "bet/ranking")
    let text = try repository.bet().text
    #expect(text.contains("\nblocked\n* ranking"), "\(text)")
    #expect(text.contains("rests on search"))
    #expect(text.contains("only here: ranking, search: git bet sync\n"))
    try repository.bet("sync")
    #expect(try !repository.bet().text.contains("only here"))
    try repository.bet("note", "search", "-m", "they found it")
    #expect(try repository.bet().text.contains("only here: search: git bet sync\n"))
    try repository.git("switch", "-q", "main")
    #expect(try !repository.bet().text.contains("* "))
    try repository.bet("start", "ranking", "--here")
    try repository.git("switch", "-q", "main")
    #expect(try repository.bet().text.contains("* ranking"), "work that is done here has the mark, too")
    try repository.commit("work\n\nBet: search\n")
    try repository.git("push", "-q", "--no-verify", "origin", "HEAD:main")
    try repository.bet("amend", "search", "--check-by", "2020-01-01")
    let due = try repository.bet().text
    #expect(due.hasPrefix("1 decision is due; 1 bet waits behind it\n"), "\(due)")
    #expect(due.hasSuffix("next: git bet close search\n"))
  }

  @Test func `without a bet it says how to place one, and options are the list's`() throws {
    #expect(try repository.bet().text.hasPrefix("no bets yet\nnext: git bet declare "))
    try repository.declare("search")
    #expect(try repository.bet("--json").text == repository.bet("list", "--json").text)
    #expect(try repository.bet("--all").text == repository.bet("list", "--all").text)
  }

  @Test func `a damaged diary is told beside the others`() throws {
    try repository.declare("search")
    try repository.git(
      "update-ref", "refs/bets/broken",
      repository.git("rev-parse", "main").text.split(separator: "\n").map(String.init)[0])
    let run = try repository.tryBet()
    #expect(run.status == 0 && run.errorText.contains("'broken' has no readable declaration"))
    #expect(run.text.contains("search"))
  }

  /// Bets with long names, titles in wide letters, many that wait, lost ones and readings.
  private func fill() throws {
    try repository.declare("a-search-that-finds-everything")
    for name in ["ranking", "filters", "synonyms", "suggestions"] {
      try repository.declare(name, on: "a-search-that-finds-everything")
    }
    try repository.bet("amend", "ranking", "--title", "検索結果を利用者ごとに並べ替えて最初のページに表示する機能を作る")
    try repository.bet(
      "amend", "filters", "--title", "👩‍💻 " + String(repeating: "long words of a title ", count: 6))
    try repository.bet(
      "amend", "a-search-that-finds-everything", "--target", ">= 3000 lessons started in a week")
    try repository.bet("close", "a-search-that-finds-everything", "abandoned", "--learned", "nobody", "--yes")
    try repository.declare("export")
    try repository.bet("start", "export")
    try repository.commit("work\n\nBet: export\n")
    try repository.git("push", "-q", "--no-verify", "origin", "HEAD:main")
    try repository.bet("amend", "export", "--check-by", "2020-01-01")
  }

  @Test(
    arguments: [40, 57, 80, 120],
    [[], ["list", "--all"], ["show", "filters"], ["show"], ["rules"], ["doctor"]])
  func `no line is wider than the terminal`(columns: Int, arguments: [String]) throws {
    guard try repository.hasTerminals() else { return }
    try fill()
    let run = try repository.onTerminal(arguments, typing: "", columns: columns)
    #expect(run.status == 0 || arguments == ["doctor"])
    let lines = run.text.split(whereSeparator: \.isNewline)
    #expect(lines.count > 5, "\(run.text)")
    for line in lines {
      // A command is pasted, so it stays whole.
      if line.contains("type: ") || line.contains("/git-bet'")
        || line.contains("--") && line.contains("git bet") && !arguments.isEmpty
      {
        continue
      }
      #expect(line.columns <= columns, "\(line)")
    }
  }

  @Test func `at 80 columns what counts is there, and in a pipe everything is`() throws {
    guard try repository.hasTerminals() else { return }
    try fill()
    let list = try repository.onTerminal(["list"], typing: "", columns: 80).text
    #expect(list.contains("open, a-search-that-finds-everything is lost"))
    #expect(list.contains("export") && list.contains("2020-01-01 !"))
    let wide = try repository.bet("list").text
    #expect(
      wide.contains("age") && wide.contains("last / target")
        && wide.contains("検索結果を利用者ごとに並べ替えて最初のページに表示する機能を作る"))
    let narrow = try repository.onTerminal([], typing: "", columns: 40).text
    #expect(narrow.contains("export") && narrow.contains("next: git bet close export"))
  }
}
