import TestSupport
import Testing

/// How the histories of two clones come together.
private enum Meeting: CaseIterable { case fetched, merged }

extension TestRepository {
  /// Writes to a bet as two people who do not know of each other, and brings both histories together.
  fileprivate func diverge(
    _ id: String, _ meeting: Meeting, contested: String, _ ada: [[String]], _ bea: [[String]]
  ) throws {
    let root = try self.id("refs/bets/\(id)")
    func write(_ author: String, _ commands: [[String]]) throws -> String {
      try git("update-ref", "refs/bets/\(id)", root)
      environment["GIT_AUTHOR_NAME"] = author
      for arguments in commands { try tryBet(arguments).succeeded("\(arguments)") }
      advanceClock()
      return try self.id("refs/bets/\(id)")
    }
    let heads = [try write("Ada", ada), try write("Bea", bea)]
    environment["GIT_AUTHOR_NAME"] = "Cleo"
    switch meeting {
    case .fetched: try git("update-ref", "refs/bets-remote/origin/\(id)", heads[0])
    case .merged:
      let tree = try git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
      let message = "merge\n\nEvent: merged\nBet: \(id)\nSeq: 9\nContested: \(contested)\n"
      let parents = heads.sorted().flatMap { ["-p", $0] }
      let merged = try git(["commit-tree", String(tree)] + parents, input: Array(message.utf8)).text
      try git("update-ref", "refs/bets/\(id)", String(merged.prefix(40)))
    }
  }

  /// Pastes a command into this repository.
  fileprivate func paste(_ command: String) throws { try run("sh", ["-c", command]).succeeded(command) }
}

@Suite("two clones that disagree") struct ContestedTests {
  private static let validate = ["close", "search", "validated", "--yes", "--evidence", "it rose"]
  private static let invalidate = ["close", "search", "invalidated", "--evidence", "it fell"]

  /// Expects that a text says all of it.
  private func expect(
    _ text: String, _ parts: [String], at location: SourceLocation = #_sourceLocation
  ) {
    for part in parts { #expect(text.contains(part), "\(part)\n---\n\(text)", sourceLocation: location) }
  }

  @Test(arguments: Meeting.allCases)
  fileprivate func `about a verdict are both named, and block until one event settles it`(_ meeting: Meeting)
    throws
  {
    for verdict in ["validated", "invalidated"] {
      let (repository, remote) = try TestRepository.withRemote()
      try repository.placeChain()
      try repository.diverge("search", meeting, contested: "Verdict", [Self.validate], [Self.invalidate])
      let sides = ["validated by Ada on 2025-01-01, ", "invalidated by Bea on 2025-01-01, "]
      let commands = ["git bet close search"]

      expect(try repository.bet().text, ["search   contested"])
      expect(try repository.bet("show", "search").text, ["contested verdict"] + sides + commands)
      expect(try repository.bet("graph").text, ["search  contested"])
      expect(try repository.bet("graph", "--format", "dot").text, ["contested\", fillcolor"])
      let json = try repository.bet("show", "search", "--json")
      let said = try json.json(
        "sorted(v['author'] + ' ' + v['trailers'][0]['value'] for v in d['bet']['verdicts'])",
        with: repository)
      #expect(said == "['Ada validated', 'Bea invalidated']")
      let before = try remote.refs()
      let push = try repository.tryGit("push", "origin", "HEAD")
      #expect(try push.status == 1 && push.says("follow-on") && remote.refs() == before)
      expect(
        push.errorText, ["'search', which is contested", "contested verdict of 'search'"] + sides + commands)
      let report = try repository.tryBet("check", "--format", "github")
      #expect(report.status == 1)
      expect(report.text, ["contested verdict of search: "] + sides)

      try repository.paste("git bet close search \(verdict) --yes --evidence 'it is so'")
      #expect(
        try repository.bet("list", "--all", "--json").json(
          "[b['state'] for b in d['bets'] if b['id'] == 'search']", with: repository) == "['\(verdict)']")
      #expect(try !repository.bet("show", "search").text.contains("contested"))
      #expect(
        try repository.tryGit("push", "-q", "origin", "HEAD").status == (verdict == "validated" ? 0 : 1))
    }
  }

  @Test(arguments: Meeting.allCases)
  fileprivate func `whether a bet is open again can settle it either way`(_ meeting: Meeting) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.tryBet(Self.validate).succeeded("close")
    let reopen = ["reopen", "search", "--because", "it was the holidays"]
    try repository.diverge(
      "search", meeting, contested: "Verdict", [reopen], [reopen, Self.invalidate])
    let command = "git bet reopen search --because 'why it is open'"
    expect(try repository.bet("show", "search").text, ["reopened by Ada", "invalidated by Bea", command])
    let push = try repository.tryGit("push", "origin", "HEAD")
    #expect(push.stops("follow-on"))
    expect(push.errorText, [command])
    try repository.paste(command.replacing("why it is open", with: "it is not over"))
    #expect(try repository.bet("show", "search").text.hasPrefix("search  open"))
  }

  @Test(arguments: Meeting.allCases)
  fileprivate func `about a field are both named, until one event settles it`(_ meeting: Meeting) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.diverge(
      "search", meeting, contested: "Target", [["amend", "search", "--target", ">= 4"]],
      [["amend", "search", "--target", "", "--metric", "", "--instrument", "it's", "--instrument", "b"]])
    let sides = ["'>= 4' by Ada on 2025-01-01, ", "(none) by Bea on 2025-01-01, "]
    let commands = ["git bet amend search --target '>= 4'", "git bet amend search --target ''"]

    let rows = try repository.bet("list").text.split(separator: "\n")
    #expect(rows[1].hasPrefix("search   open, contested Target"), "what needs a decision first: \(rows)")
    expect(try repository.bet("show", "search").text, ["contested Target"] + sides + commands)
    expect(try repository.bet("graph").text, ["search  open, contested Target"])
    expect(try repository.bet("graph", "--format", "mermaid").text, ["(open, contested Target)\"]:::open"])
    let json = try repository.bet("show", "search", "--json")
    let said = try json.json(
      "[(c['field'], sorted(s['author'] for s in c['sides'])) for c in d['bet']['contests']]",
      with: repository)
    #expect(said == "[('Target', ['Ada', 'Bea'])]")
    let push = try repository.tryGit("push", "origin", "HEAD")
    #expect(push.status == 1)
    expect(push.errorText, ["which is open", "contested Target of 'search'"] + sides + commands)

    try repository.paste(commands[meeting == .fetched ? 0 : 1])
    for arguments in [["list"], ["show", "search"], ["graph"], ["check"]] {
      let run = try repository.tryBet(arguments)
      #expect(run.status == (arguments == ["check"] ? 1 : 0), "\(arguments)")
      #expect(!(run.text + run.errorText).contains("contested"), "\(arguments)")
    }
  }

  @Test(arguments: Meeting.allCases)
  fileprivate func `about what a bet builds on are stopped by what either says`(_ meeting: Meeting) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.declare("other")
    try repository.diverge(
      "ranking", meeting, contested: "Builds-On", [["amend", "ranking", "--builds-on", ""]],
      [["amend", "ranking", "--builds-on", "search", "--builds-on", "other"]])
    let push = try repository.tryGit("push", "origin", "HEAD")
    #expect(push.status == 1)
    expect(
      push.errorText,
      [
        "rests on 'search', 'other'", "contested Builds-On of 'ranking'", "(none) by Ada on",
        "'search', 'other' by Bea on",
        "git bet amend ranking --builds-on search --builds-on other",
      ])
    try repository.paste("git bet amend ranking --builds-on ''")
    #expect(try repository.tryGit("push", "-q", "origin", "HEAD").status == 0)
  }

  @Test func `about everything, as two who took the same id, can settle each field`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    let theirs = try repository.id("refs/bets/search")
    try repository.git("update-ref", "-d", "refs/bets/search")
    let long = String(repeating: "so 'very' ", count: 80)
    try repository.bet(
      "declare", "search", "--if", "else\u{202E}", "--expect", long, "--because", "$(touch owned)", "--kill",
      "< 1")
    try repository.git("update-ref", "refs/bets-remote/origin/search", theirs)
    let shown = try repository.bet("show", "search")
    #expect(!shown.text.unicodeScalars.contains("\u{202E}"))
    let commands = shown.text.split(separator: "\n").filter { $0.hasPrefix("    git bet amend") }
    #expect(commands.count == 8, "\(shown.text)")
    for command in commands { try repository.paste(String(command)) }
    #expect(try !repository.bet("show", "search").text.contains("contested"))
    #expect(try repository.run("test", ["-e", "owned"]).status == 1)
  }

  @Test(arguments: Meeting.allCases)
  fileprivate func `about what a bet is are both named by their titles, until one is chosen`(
    _ meeting: Meeting
  )
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    func declare(_ author: String, _ title: String) throws -> String {
      repository.environment["GIT_AUTHOR_NAME"] = author
      _ = try repository.tryGit("update-ref", "-d", "refs/bets/search")
      try repository.bet(
        "declare", "search", "--title", title, "--if", "we build \(title)", "--expect",
        "starts rise from 2 to 3",
        "--because", "people asked")
      repository.advanceClock()
      return try repository.id("refs/bets/search")
    }
    let heads = [try declare("Ada", "Find lessons"), try declare("Bea", "Find teachers")]
    try repository.git("update-ref", "refs/bets-remote/origin/search", heads[0])
    if meeting == .merged {
      try repository.git("update-ref", "refs/bets-remote/origin/search", heads[0])
      try repository.bet("note", "search", "-m", "we meant two things")
    }
    let text = try repository.bet("show", "search").text
    // The title is that of the claim that is shown.
    expect(
      text,
      [
        "contested Title", "'Find lessons' by Ada on 2025-01-01, ", "'Find teachers' by Bea on 2025-01-01, ",
        "git bet amend search --title 'Find lessons'", "Find teachers\n", "we build Find teachers",
      ])
    expect(try repository.bet("list").text, ["contested"])
    try repository.paste("git bet amend search --title 'Find lessons'")
    try repository.paste("git bet amend search --if 'we build a search for lessons'")
    let settled = try repository.bet("show", "search").text
    expect(settled, ["Find lessons\n", "we build a search for lessons"])
    #expect(!settled.contains("contested"))
    #expect(try repository.tryBet("amend", "search", "--title", "").status == 128)
  }

  @Test func `about nothing have one title, which can be changed`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("amend", "search", "--title", "Find lessons")
    let text = try repository.bet("show", "search").text
    #expect(text.contains("Find lessons") && !text.contains("contested"))
    #expect(try repository.bet("list").text.contains("Find lessons"))
  }
}
