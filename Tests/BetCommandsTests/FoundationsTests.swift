import TestSupport
import Testing

@Suite("what a bet rests on is asked") struct FoundationsTests {
  let repository: TestRepository
  private let claim = ["--if", "we build it", "--expect", "it rises to 3", "--because", "they asked"]

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.commit("search\n\nBet: search\n", file: "search.c", content: lines(1...30))
    try repository.git("push", "-q", "--no-verify", "origin", "HEAD:main")
  }

  private func lines(_ range: ClosedRange<Int>, _ word: String = "line") -> String {
    range.map { "\(word) \($0) of what was built\n" }.joined()
  }

  private func declare(_ id: String, _ more: String...) throws -> Run {
    try repository.tryBet(["declare", id] + claim + more)
  }

  private func buildsOn(_ id: String) throws -> String {
    try repository.bet("show", id, "--json").json("d['bet']['buildsOn']", with: repository)
  }

  @Test func `where nobody says, the open bets are named with a line to paste`() throws {
    try repository.git("switch", "-q", "-C", "fresh", "origin/main")
    let run = try declare("ranking")
    #expect(run.status == 0)
    #expect(run.errorText.contains("note: what does 'ranking' rest on? open: search [foundation-unnamed]"))
    #expect(run.errorText.contains("hint: git bet amend ranking --builds-on search\n"))
    try repository.bet("amend", "ranking", "--builds-on", "search")
    #expect(try buildsOn("ranking") == "['search']")
    #expect(try !repository.bet("start", "ranking").errorText.contains("foundation-unnamed"), "it is said")
  }

  @Test func `what was said is not asked, nor what could only be a loop, nor where nothing is open`() throws {
    try repository.git("switch", "-q", "-C", "fresh", "origin/main")
    #expect(try !declare("a", "--builds-on", "search").errorText.contains("foundation-unnamed"))
    #expect(try !declare("b", "--independent-of", "search").errorText.contains("foundation-unnamed"))
    try repository.bet("close", "search", "abandoned", "--learned", "no", "--yes")
    for id in ["a", "b"] { try repository.bet("close", id, "abandoned", "--learned", "no", "--yes") }
    #expect(try !declare("c").errorText.contains("foundation-unnamed"), "nothing else is open")
    try repository.bet("declare", "d", "--if", "x", "--expect", "y", "--because", "z", "--builds-on", "c")
    let start = try repository.bet("start", "c")
    #expect(!start.errorText.contains("foundation-unnamed"), "d builds on it: \(start.errorText)")
  }

  @Test func `what the branch carries or changes comes first, also where something else was said`() throws {
    try repository.git("switch", "-q", "bet/search")
    try repository.declare("other")
    try repository.commit("more\n\nBet: search\n", file: "search.c", content: lines(1...31))
    let carried = try declare("ranking").errorText
    #expect(carried.contains("rest on? open: search [foundation-unnamed]"), "and not of other: \(carried)")
    #expect(carried.contains("note: this branch has 1 commit of 'search'"))
    try repository.git("switch", "-q", "-C", "fresh", "origin/main")
    try repository.commit("change\n", file: "search.c", content: lines(1...30, "other"))
    let changed = try declare("filters", "--builds-on", "other").errorText
    #expect(changed.contains("note: this branch changes 30 lines of 'search', in search.c"), "\(changed)")
    #expect(try !declare("tags", "--builds-on", "search").errorText.contains("foundation-unnamed"))
    let start = try repository.bet("start", "filters").errorText
    #expect(start.contains("note: this branch changes 30 lines of 'search'"), "\(start)")
  }

  @Test func `a person on a terminal is asked, and only yes is an answer`() throws {
    guard try repository.hasTerminals() else { return }
    try repository.git("switch", "-q", "bet/search")
    try repository.commit("more\n\nBet: search\n", file: "search.c", content: lines(1...31))
    func asked(_ arguments: [String], _ answer: String) throws -> String {
      try repository.onTerminal(arguments, typing: answer).text
    }
    let said = try asked(["declare", "yes"] + claim, "y\n")
    #expect(said.contains("this branch has 1 commit of 'search': does 'yes' build on it? [y/N]"))
    #expect(try buildsOn("yes") == "['search']")
    _ = try asked(["declare", "no"] + claim, "n\n")
    #expect(try buildsOn("no") == "[]")
    _ = try asked(["start", "no"], "\n")
    #expect(try buildsOn("no") == "[]")
    try repository.git("switch", "-q", "bet/search")
    #expect(try asked(["start", "no"], "yes\n").contains("amended no: Builds-On"))
    #expect(try buildsOn("no") == "['search']")
  }

  @Test func `where the work tells nothing the names are asked for`() throws {
    guard try repository.hasTerminals() else { return }
    try repository.git("switch", "-q", "-C", "fresh", "origin/main")
    try repository.declare("other")
    func declare(_ id: String, _ answer: String) throws -> String {
      try repository.onTerminal(["declare", id] + claim, typing: answer).text
    }
    let said = try declare("named", "search\n")
    #expect(said.contains("what does 'named' rest on? open: ") && said.contains("Return: nothing"), "\(said)")
    #expect(try buildsOn("named") == "['search']")
    _ = try declare("both", "sea, oth\n")
    #expect(try buildsOn("both") == "['search', 'other']")
    let wrong = try declare("again", "nope\nother\n")
    #expect(try wrong.contains("none of them: nope") && buildsOn("again") == "['other']")
    _ = try declare("nothing", "\n")
    #expect(try buildsOn("nothing") == "[]")
    _ = try declare("silent", "")
    #expect(try buildsOn("silent") == "[]")
  }

  @Test func `the editor's template lists them in 80 columns`() throws {
    guard try repository.hasTerminals() else { return }
    try repository.declare("a-very-long-name-of-a-bet-that-goes-on-and-on")
    try repository.bet(
      "amend", "a-very-long-name-of-a-bet-that-goes-on-and-on", "--title",
      String(repeating: "words of a title ", count: 9))
    try repository.write("editor", "#!/bin/sh\ncp \"$1\" '\(repository.path)/seen'\n")
    try repository.run("chmod", ["+x", "editor"]).succeeded("chmod")
    repository.environment["GIT_EDITOR"] = "\(repository.path)/editor"
    _ = try repository.onTerminal(["declare", "ranking"], typing: "")
    let seen = try repository.read("seen").split(separator: "\n")
    #expect(seen.contains { $0.hasPrefix("#             search") })
    #expect(seen.allSatisfy { !$0.hasPrefix("#             ") || $0.count <= 80 })
    try repository.git("switch", "-q", "bet/search")
    try repository.commit("more\n\nBet: search\n", file: "search.c", content: lines(1...31))
    _ = try repository.onTerminal(["declare", "ranking"], typing: "")
    #expect(
      try repository.read("seen").contains("#             search       this branch has 1 commit of it\n"))
  }
}
