import TestSupport
import Testing

@testable import BetCommands

@Suite("in a coding agent's environment") struct AgentEnvironmentTests {
  /// A repository with the chain of bets, where what is typed from now on is an agent's.
  private func scene(_ variable: String = "CLAUDECODE", _ value: String = "1") throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    repository.environment[variable] = value
    return repository
  }

  private static let persons = [
    ["close", "search", "validated", "--yes", "--evidence", "it's seen"], ["close", "search", "abandoned"],
    ["override", "--because", "it cannot wait"], ["push", "--override", "x y", "origin", "HEAD"],
    ["push", "origin", "HEAD", "--override=x"], ["policy", "lost=off"],
    ["amend", "search", "--expect", "x rises to 9"], ["amend", "search", "--metric", ""],
    ["amend", "ranking", "--builds-on", ""],
    ["amend", "search", "--target", ">= 1"], ["amend", "search", "--kill", "< 1"],
    ["amend", "search", "--outcome", "x", "--check-by", "3d"],
    ["amend", "search", "--instrument", ""], ["amend", "ranking", "--independent-of", "search"],
    ["link", "search", "--commit", "HEAD"], ["link", "search"], ["unlink", "ranking"],
    ["policy", "bet.ship=prod"], ["policy", "overdue=block", "bet.depth=9"],
  ]

  @Test func `every event carries the agent's name`() throws {
    let repository = try scene("AI_AGENT", "codex@1.2 \u{1B}[31m")
    try repository.bet("note", "search", "-m", "they like it")
    try repository.declare("next")
    for diary in ["search", "next"] {
      #expect(try repository.trailers("refs/bets/\(diary)").contains("Agent: codex@1.231m"))
    }
    let shown = try repository.bet("show", "search")
    #expect(shown.text.contains("(Ada Author (agent codex@1.231m))") && shown.text.contains("(Ada Author)"))
    #expect(try repository.bet("log", "search").text.contains("Ada Author (agent codex@1.231m)\n"))
    repository.environment["AI_AGENT"] = ""
    try repository.bet("note", "search", "-m", "so do I")
    #expect(try !repository.trailers("refs/bets/search").contains("Agent"))
  }

  @Test(arguments: [("AI_AGENT", "x"), ("CLAUDECODE", "1")])
  func `a person's call is refused without a terminal, and nothing is written`(
    _ variable: String, _ value: String
  ) throws {
    let repository = try scene(variable, value)
    try expectRefused(
      repository,
      Self.persons.map { Bad("person-needed", $0, input: "search\n") } + [
        // Before anything is asked, of the person or of the remote.
        Bad("person-needed", "close", "search", "validated", "--yes", "--evidence", "x", "--observed", "1"),
        Bad("person-needed", "push", "--override", "x", "nowhere", "HEAD"),
        // However it is spelled, and wherever it stands.
        Bad("person-needed", "amend", "-C", ".", "search", "--metric=z"),
        Bad("person-needed", "amend", "--expect", "y", "search"),
        Bad("person-needed", "close", "--evidence=x", "--yes", "search", "validated"),
        Bad("person-needed", "push", "--", "--override=x", "origin", "HEAD"),
        Bad("person-needed", "push", "-o", "x", "--override=y", "origin", "HEAD"),
        Bad("person-needed", "push", "--repo=origin", "--override", "x", "HEAD"),
        Bad("person-needed", "override", "--until", "7d", "--because=x"),
        Bad("person-needed", "policy", "--", "follow-on=off"),
        Bad("already-declared", "declare", "search", "--if", "a", "--expect", "b", "--because", "c"),
        // What would not work is said first: a person is not sent after it.
        Bad("missing-field", "close", "search", "validated"), Bad("missing-reason", "override", status: 129),
        Bad("unknown-level", "policy", "lost=loud"), Bad("unknown-bet", "close", "serach", "abandoned"),
        Bad("nothing-to-override", "override", "main", "--because", "x", status: 1),
      ])
  }

  @Test(arguments: persons) func `the refusal hands over the very command line`(_ arguments: [String]) throws
  {
    let repository = try scene()
    let run = try repository.tryBet(arguments)
    #expect(run.status == 128)
    let lines = run.errorText.split(separator: "\n")
    #expect(lines.count == 3 && lines[1] == "note: ask the person to run:", "\(run.errorText)")
    let command = try #require(lines.last).dropFirst("hint: ".count)
    repository.environment["CLAUDECODE"] = nil
    let before = try repository.refs()
    try repository.run("sh", ["-c", String(command)]).succeeded(String(command))
    #expect(try repository.refs() != before)
  }

  @Test func `what a terminal would act on is not printed`() throws {
    let repository = try scene()
    let run = try repository.tryBet("override", "--because", "\u{1B}[2J\u{202E}\n")
    #expect(run.stops("person-needed", status: 128))
    #expect(!run.err.contains(0x1B) && !run.errorText.unicodeScalars.contains("\u{202E}"))
    #expect(run.errorText.split(separator: "\n").count == 3, "\(run.errorText)")
  }

  @Test func `words that look like a verdict are none`() throws {
    let repository = try scene()
    let forged = "x\n\nVerdict: validated\nEvent: closed\n"
    try repository.bet("note", "search", "-m", forged)
    try repository.bet("declare", "next", "-F", "-", input: "\(forged)\nIf: a\nExpect: b\nBecause: c\n")
    for bet in ["search", "next"] {
      #expect(try repository.bet("show", bet, "--json").text.contains("\"state\": \"open\""))
    }
  }

  @Test func `drafting, measuring and reading are free`() throws {
    let repository = try scene()
    try repository.declare("next", on: "ranking")
    try repository.git("branch", "topic", "main")
    for arguments in [
      ["note", "search", "-m", "x"], ["amend", "next", "--outcome", "o", "--because", "b"],
      ["override", "--list"],
      ["policy"], ["rules"], ["list"], ["show", "search"], ["graph"], ["link", "next", "topic"],
      ["policy", "overdue=block"], ["amend", "next", "--builds-on", "ranking", "--builds-on", "search"],
    ] {
      try repository.tryBet(arguments).succeeded("\(arguments)")
    }
    repository.environment["CLAUDECODE"] = nil
    let id = try repository.bet("override", "--because", "x").text.split(separator: " ")[1].prefix(10)
    try repository.bet("close", "next", "validated", "--yes", "--evidence", "x")
    repository.environment["CLAUDECODE"] = "1"
    // Both close the gate again.
    try repository.bet("override", "--revoke", String(id))
    try repository.bet("reopen", "next", "--because", "too early")
  }

  @Test func `bet.agents allows it, and its last value counts`() throws {
    let repository = try scene()
    try repository.git("config", "--global", "bet.agents", "allow")
    try repository.git("config", "bet.agents", "refuse")
    try expectRefused(repository, [Bad("person-needed", "policy", "lost=warn")])
    try repository.git("config", "bet.agents", "maybe")
    try expectRefused(repository, [Bad("bad-setting", "policy", "lost=warn"), Bad("bad-setting", "rules")])
    try repository.git("config", "bet.agents", "allow")
    for arguments in Self.persons.reversed()
    where !["abandoned", "override"].contains(where: arguments.contains) {
      try repository.tryBet(arguments).succeeded("\(arguments)")
    }
    #expect(try repository.trailers("refs/bets/search").contains("Agent: claude-code"))
  }

  @Test func `a person on a terminal types what it is about`() throws {
    let repository = try scene()
    guard try repository.hasTerminals() else { return }
    for (arguments, word) in [
      (["policy", "lost=warn"], "gate"), (["override", "--because", "x"], "search"),
      (["amend", "sea", "--target", ">= 1"], "search"),
      (["push", "--override", "x", "origin", "HEAD"], "search"),
      (["close", "sea", "validated", "--yes", "--evidence", "x", "--observed", "2"], "search"),
    ] {
      let before = try repository.fingerprint()
      for typed in ["", "y\n", "sea\n", "\u{4}"] {
        let run = try repository.onTerminal(arguments, typing: typed)
        #expect(run.status == 1 && run.text.contains("type '\(word)'"), "\(arguments) \(typed): \(run.text)")
        #expect(run.text.contains("nothing was written"))
        #expect(try repository.fingerprint() == before, "\(arguments)")
      }
      let refs = try repository.refs()
      let run = try repository.onTerminal(arguments, typing: " \(word) \n")
      #expect(run.status == 0, "\(arguments): \(run.text)")
      #expect(try repository.refs() != refs)
      if word != "gate" { try repository.commit("more\n") }
    }
    #expect(try repository.bet("show", "search").text.contains("validated by Ada Author (agent claude-code)"))
    try repository.git("switch", "-q", "-c", "feature/free", "main")
    try repository.commit("free\n")
    let free = try repository.onTerminal(["override", "--because", "x"], typing: "feature/free\n")
    #expect(free.status == 0 && free.text.contains("type 'feature/free'"), "\(free.text)")
  }

  @Test func `a person elsewhere is asked nothing`() throws {
    let repository = try scene()
    guard try repository.hasTerminals() else { return }
    repository.environment["CLAUDECODE"] = nil
    try repository.git("config", "bet.agents", "refuse")
    let run = try repository.onTerminal(["close", "search", "abandoned"], typing: "")
    #expect(run.status == 0 && !run.text.contains("type "), "\(run.text)")
  }
}
