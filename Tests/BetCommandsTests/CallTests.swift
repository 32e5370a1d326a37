import TestSupport
import Testing

/// The call belongs to a person: what is pasted decides nothing.
@Suite struct CallTests {
  @Test func `a form in the editor asks for verdict and evidence, and shows claim, readings and what waits`()
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    guard try repository.hasTerminals() else { return }
    try repository.placeChain()
    try repository.write(
      "editor",
      "#!/bin/sh\ncp \"$1\" \(repository.path)/seen\n"
        + "sed -i -e 's/^Verdict:.*/Verdict: inconclusive/' -e 's/^Evidence:.*/Evidence: it did/;/^Evidence/a\\  not move' \"$1\"\n",
      executable: true)
    repository.environment["GIT_EDITOR"] = repository.path + "/editor"
    let run = try repository.onTerminal(["close", "search"], typing: "")
    #expect(run.status == 0, "\(run.text)")
    let form = try repository.read("seen")
    for part in ["'search'", "we build search", "Target", ">= 3", "Readings  none", "ranking"] {
      #expect(form.contains(part), "\(part)\n\(form)")
    }
    for line in ["Verdict: ", "Evidence: "] { #expect(form.contains("\n\(line)\n"), "\(line)") }
    let trailers = try repository.trailers("refs/bets/search")
    #expect(trailers.contains("Verdict: inconclusive") && trailers.contains("Evidence: it did not move"))
  }

  @Test(arguments: [
    "true", "sed -i 's/^Verdict:.*/Verdict: won/'", "sed -i 's/^Verdict:.*/Verdict: validated/'",
  ])
  func `a form that is left alone or wrong closes nothing`(_ editor: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    guard try repository.hasTerminals() else { return }
    try repository.declare("search")
    repository.environment["GIT_EDITOR"] = editor
    let before = try repository.refs()
    let run = try repository.onTerminal(["close", "search"], typing: "")
    #expect(run.status == 128, "\(run.text)")
    #expect(try repository.refs() == before)
  }

  @Test func `a validation without a reading or of what never shipped is asked for, and passes with yes`()
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.commit("search\n", file: "search", content: "1\n")
    func close(_ arguments: String...) throws -> Run {
      try repository.tryBet(["close", "search", "validated", "--evidence", "starts rose"] + arguments)
    }
    #expect(try close().says("never-read") && close("--observed", "3").says("never-shipped"))
    try repository.git("push", "-q", "origin", "bet/search:main")
    #expect(try close().says("never-read"))
    #expect(try close("--observed", "3").status == 0)
    try repository.declare("other")
    #expect(try repository.tryBet("close", "other", "validated", "--evidence", "x", "--yes").status == 0)
    for verdict in ["invalidated", "inconclusive"] {
      try repository.bet("reopen", "other", "--because", "again")
      #expect(try repository.tryBet("close", "other", verdict, "--evidence", "x").status == 0)
    }
  }

  @Test func `a first value is no moved goalpost until the bet has shipped`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.commit("search\n", file: "search", content: "1\n")
    #expect(try !repository.bet("amend", "search", "--kill", "< 1").says("moved-goalposts"))
    #expect(try !repository.bet("show", "search").text.contains("moved goalposts"))
    #expect(try repository.bet("amend", "search", "--kill", "< 2").says("moved-goalposts"))
    try repository.git("push", "-q", "origin", "bet/search:main")
    repository.advanceClock()
    try repository.bet("amend", "search", "--metric", "")
    repository.advanceClock()
    #expect(try repository.bet("amend", "search", "--metric", "clicks").says("moved-goalposts"))
  }

  @Test func `evidence that names a commit or a file is taken when it is there`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet(
      "close", "search", "invalidated", "--evidence", "commit:HEAD fell", "--evidence", "file:start",
      "--evidence",
      "files: none")
    #expect(try repository.bet("show", "search").text.contains("file:start"))
  }

  @Test(arguments: ["list", "show search"])
  func `no escapes on a dumb terminal, or where git's own colours are off`(_ command: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    guard try repository.hasTerminals() else { return }
    try repository.declare("search")
    repository.environment["GIT_PAGER"] = "cat"
    func text(_ environment: [String: String]) throws -> String {
      let words = "'\(binary("git-bet"))' \(command)"
      return try repository.run("script", ["-qec", words, "/dev/null"], environment: environment).text
    }
    #expect(try text(["TERM": "xterm"]).contains("\u{1B}["))
    #expect(try !text(["TERM": "dumb"]).contains("\u{1B}"))
    for value in ["never", "false"] {
      try repository.git("config", "color.ui", value)
      #expect(try !text(["TERM": "xterm"]).contains("\u{1B}"), "\(value)")
    }
  }
}
