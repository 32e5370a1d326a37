import TestSupport
import Testing

extension Run {
  /// What a Python expression makes of the JSON that was printed, as `d`: the JSON is read by another's parser.
  func json(_ expression: String, with repository: TestRepository) throws -> String {
    let script = "import json,sys; d=json.load(sys.stdin); print(\(expression))"
    let run = try repository.run("python3", ["-c", script], input: out).succeeded("python3 \(expression)")
    return String(run.text.prefix { $0 != "\n" })
  }
}

@Suite("a bet") struct BetVerbTests {
  @Test func `is declared by flags and read back whole`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("below")
    let run = try repository.bet(
      "declare", "search", "--title", "Finding things", "--if", "we add search", "--expect",
      "starts rise by 5",
      "--because", "14 of 20 gave up", "--metric", "starts", "--baseline", "2", "--target", ">= 7", "--kill",
      "< 3",
      "--check-by", "2099-12-31", "--instrument", "search_used", "--instrument", "search_shown",
      "--builds-on",
      "below", "--appetite", "15 commits", "--outcome", "learning", "--reach", "100", "--effort", "3")
    #expect(run.text.contains("Finding things") && run.says("follow-on-at-birth"))
    let shown = try repository.bet("show", "search", "--json")
    let claim = try shown.json(
      "d['version'], d['bet']['state'], d['bet']['buildsOn'], sorted(d['bet']['claim'])", with: repository)
    #expect(
      claim
        == "1 open ['below'] ['Appetite', 'Baseline', 'Because', 'Builds-On', 'Check-By', 'Effort', 'Expect', "
        + "'If', 'Instrument', 'Kill', 'Metric', 'Outcome', 'Reach', 'Target']")
    #expect(
      try shown.json("d['bet']['claim']['Instrument'], d['diary'][0]['event']", with: repository)
        == "['search_used', 'search_shown'] declared")
    // git reads the event as we do.
    let trailers = try repository.trailers("refs/bets/search")
    #expect(trailers.contains("Builds-On: below") && trailers.contains("Target: >= 7"))
  }

  @Test func `is declared from a file, from standard input and from an editor`() throws {
    let (repository, _) = try TestRepository.withRemote()
    let draft = "# a comment\nTitle here\n\nIf: we build x\nExpect: y rises to 3\nbecause : z\n\nfree text\n"
    try repository.write("draft", draft)
    try repository.bet("declare", "file", "-F", "draft")
    try repository.bet("declare", "stdin", "-F", "-", "--metric", "m", input: draft)
    for id in ["file", "stdin"] {
      #expect(try repository.bet("show", id).text.contains("Title here"))
      #expect(try repository.message("refs/bets/\(id)").contains("free text"))
    }
    try repository.write(
      "editor",
      "#!/bin/sh\nsed -i -e '1s/.*/By hand/' -e 's/^If: .*/If: a/' -e 's/^Expect: .*/Expect: b rises to 3/'"
        + " -e 's/^Because: .*/Because: c/' \"$1\"\n", executable: true)
    let program = binary("git-bet")
    func edit(_ id: String, with editor: String) throws -> Run {
      try repository.run(
        "script", ["-qec", "'\(program)' declare \(id)", "/dev/null"], environment: ["GIT_EDITOR": editor])
    }
    guard try repository.run("sh", ["-c", "command -v script"]).status == 0 else { return }
    let edited = try edit("hand", with: repository.path + "/editor")
    #expect(edited.status == 0, "\(edited.text)")
    #expect(try repository.bet("show", "hand").text.contains("By hand"))
    let refs = try repository.refs()
    let untouched = try edit("none-of-it", with: ": >")
    #expect(untouched.status == 128 && untouched.text.contains("[empty-bet]"), "\(untouched.text)")
    #expect(try edit("fails", with: "false").status == 128)
    #expect(try repository.refs() == refs)
  }

  @Test func `that is weak is taken, with a warning for each weak point`() throws {
    let (repository, _) = try TestRepository.withRemote()
    let run = try repository.bet(
      "declare", "weak", "--if", "we add full-text search", "--expect", "joy", "--because",
      "we add full-text search")
    for code in ["restated-reason", "no-number", "no-direction"] {
      #expect(run.says(code), "\(run.errorText)")
    }
    #expect(run.errorText.contains("warning:") && !run.errorText.contains("error:"))
  }

  @Test func `is warned of a day that has passed and of a stop line beyond the target, declared or amended`()
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    let past = try repository.tryBet(
      ["declare", "new"] + claim + [
        "--check-by", "2024-01-01", "--target", ">= 3", "--kill", "< 4", "--metric", "m",
      ])
    #expect(past.status == 0 && past.says("date-past") && past.says("overlapping-lines"), "\(past.errorText)")
    #expect(try repository.bet("amend", "new", "--kill", "< 5").says("overlapping-lines"))
    let mended = try repository.bet("amend", "new", "--check-by", "2w", "--kill", "< 2")
    #expect(!mended.says("date-past") && !mended.says("overlapping-lines"), "\(mended.errorText)")
    #expect(try repository.bet("amend", "new", "--check-by", "2024-01-01").says("date-past"))
  }

  @Test func `is amended for all to see`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    let run = try repository.bet("amend", "search", "--target", ">= 2.5", "--metric", "")
    #expect(run.says("moved-goalposts"))
    let shown = try repository.bet("show", "search", "--json")
    #expect(
      try shown.json(
        "d['bet']['movedGoalposts'][1]['from'], d['bet']['claim']['Target'], 'Metric' in d['bet']['claim']",
        with: repository) == ">= 3 >= 2.5 False")
    #expect(try repository.bet("show", "search").text.contains("moved goalposts"))
    // Ids may be shortened where people type them.
    try repository.bet("amend", "sea", "--outcome", "learning")
    #expect(try repository.bet("list", "--outcome", "learning").text.contains("search"))
    #expect(try !repository.bet("list", "--outcome", "other").text.contains("search"))
  }

  @Test func `is closed, and says what that opens or strands`() throws {
    let (repository, _) = try TestRepository.withRemote()
    for id in ["good", "bad", "vague", "odd"] { try repository.declare(id) }
    try repository.declare("after-good", on: "good")
    try repository.declare("after-both", on: "good", "bad")
    let good = try repository.bet(
      "close", "good", "validated", "--yes", "--evidence", "seen", "--observed", "3.5")
    #expect(good.text.contains("after-good: free") && good.text.contains("bad"))
    let bad = try repository.bet(
      "close", "bad", "invalidated", "--evidence", "not seen", "--learned", "nobody came")
    #expect(bad.text.contains("stranded: after-both"))
    try repository.bet("close", "vague", "inconclusive", "--evidence", "too few")
    try repository.bet("close", "odd", "validated", "--evidence", "trust me", "--observed", "1", "--yes")
    let list = try repository.bet("list", "--all", "--json")
    #expect(
      try list.json("sorted(b['id'] + ' ' + b['state'] for b in d['bets'])", with: repository)
        == "['after-both open', 'after-good open', 'bad invalidated', 'good validated', 'odd validated', 'vague inconclusive']"
    )
    try repository.bet("reopen", "good", "--because", "it was the holidays")
    let shown = try repository.bet("show", "good", "--json")
    #expect(
      try shown.json("d['bet']['state'], d['bet']['observations'][0]['value']", with: repository)
        == "open 3.5")
  }

  @Test func `is listed with what needs a decision first`() throws {
    let (repository, _) = try TestRepository.withRemote()
    #expect(try repository.bet().text.contains("no bets yet"))
    #expect(try repository.bet("list", "--json").json("d['bets'], d['damaged']", with: repository) == "[] []")
    for id in ["calm", "late", "popular"] { try repository.declare(id) }
    try repository.bet("amend", "late", "--check-by", "2025-02-01")
    try repository.declare("follower", on: "popular")
    let rows = try repository.bet("list").text.split(separator: "\n").dropFirst().map {
      $0.prefix { $0 != " " }
    }
    #expect(rows == ["late", "popular", "calm", "follower"])
    let json = try repository.bet("list", "--json")
    #expect(
      try json.json("[(b['id'], b['overdue'], b['waiting']) for b in d['bets']][:2]", with: repository)
        == "[('late', True, []), ('popular', False, ['follower'])]")
    try repository.bet("close", "calm", "abandoned")
    #expect(try !repository.bet("list").text.contains("calm "))
    #expect(try repository.bet("list", "--all").text.contains("calm "))
  }

  @Test func `has a diary that is newest first`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    repository.advanceClock()
    try repository.bet("note", "search", "-m", "two lines\nof feedback", "--source", "mail", "--weight", "3")
    repository.advanceClock()
    try repository.bet("note", "search", input: "from stdin\r\nof another system\r\n")
    try repository.write("note", "from a file\n")
    repository.advanceClock()
    try repository.bet("note", "search", "-F", "note")
    for arguments in [["log", "search", "--json"], ["log", "--json"]] {
      let log = try repository.tryBet(arguments).succeeded("log")
      #expect(
        try log.json("[e['body'] for e in d['entries']]", with: repository)
          == #"['from a file', 'from stdin\nof another system', 'two lines\nof feedback', '']"#)
    }
    #expect(try repository.bet("log", "search").text.contains("Source: mail"))
    #expect(try repository.bet("log", "gate").text.contains("no events"))
  }
}
