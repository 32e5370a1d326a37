import TestSupport
import Testing

/// A command line that is refused: what it is called here, what is typed, the stable code.
struct Bad: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let code: String
  let status: Int32
  let input: String

  init(_ code: String, _ arguments: String..., status: Int32 = 128, input: String = "") {
    self.init(code, arguments, status: status, input: input)
  }

  init(_ code: String, _ arguments: [String], status: Int32 = 128, input: String = "") {
    (self.code, self.status, self.input, self.arguments) = (code, status, input, arguments)
  }

  var testDescription: String { "\(code): \(arguments)" }
}

/// The parts of a claim that none may lack.
let claim = ["--if", "we build x", "--expect", "y rises from 2 to 3", "--because", "z is true"]

/// Expects each command line to be refused with its code, and nothing to be written.
func expectRefused(
  _ repository: TestRepository, _ cases: [Bad], at location: SourceLocation = #_sourceLocation
) throws {
  let before = try repository.fingerprint()
  for bad in cases {
    let run = try repository.tryBet(bad.arguments, input: bad.input)
    #expect(run.status == bad.status, "\(bad.testDescription)\n\(run.errorText)", sourceLocation: location)
    #expect(run.says(bad.code), "\(bad.testDescription)\n\(run.errorText)", sourceLocation: location)
    #expect(run.out.isEmpty, "\(bad.testDescription)", sourceLocation: location)
    let hostile = run.errorText.unicodeScalars.contains {
      $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}"
    }
    #expect(!hostile, "\(bad.testDescription)", sourceLocation: location)
    let isSame = try repository.fingerprint() == before
    #expect(isSame, "something was written: \(bad.testDescription)", sourceLocation: location)
  }
}

@Suite("bad input is refused and nothing is written") struct BadInputTests {
  @Test func `ids`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("search-index")
    try repository.declare("shelf")
    let long = String(repeating: "a", count: 64)
    let ids = [
      "", "Search", "a b", "a/b", "../x", "a.lock", "-", "a-", "ä", "a\nb", "\u{1B}[31mx", "\u{202E}x", long,
    ]
    try expectRefused(
      repository,
      ids.map { Bad("invalid-id", ["declare"] + claim + ["--", $0]) }
        + ["gate", "none", "all", "con", "nul", "lpt1"].map { Bad("reserved-id", "declare", $0) }
        + [
          Bad("unknown-bet", "show", "nothing-like-it"), Bad("unknown-bet", "close", "serach", "validated"),
          Bad("unknown-bet", "amend", "shrlf", "--metric", "m"), Bad("unknown-bet", "log", "serach"),
          Bad("unknown-bet", "start", "shelff"), Bad("unknown-bet", "note", "x", "-m", "x"),
          Bad("ambiguous-bet", "show", "s"), Bad("ambiguous-bet", "link", "s", "main"),
          Bad("invalid-id", "show", "a/b"), Bad("reserved-id", "show", "gate"),
          Bad("reserved-id", "log", "none"),
        ])
    for (verb, typed, meant) in [
      ("show", "Search", "show search"), ("close", "SEARCH INDEX", "show search-index"),
      ("show", "Shelff", "show shelf"),
    ] {
      let run = try repository.tryBet(verb, typed)
      #expect(
        run.says("invalid-id") && run.errorText.contains("hint: git bet \(meant)\n"), "\(run.errorText)")
    }
    #expect(
      try repository.tryBet(["declare", "JIRA-123"] + claim).errorText.contains("did you mean 'jira-123'?"))
    let near = try repository.tryBet("show", "serach")
    #expect(near.errorText.contains("search") && !near.errorText.contains("shelf"))
  }

  @Test func `claims`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    func without(_ flag: String) -> [String] {
      var words = claim
      if let position = words.firstIndex(of: flag) { words.removeSubrange(position...position + 1) }
      return words
    }
    func declare(_ code: String, _ arguments: [String], input: String = "") -> Bad {
      Bad(code, ["declare", "new"] + arguments, input: input)
    }
    try expectRefused(
      repository,
      [
        declare("missing-field", without("--if")), declare("missing-field", without("--expect")),
        declare("missing-field", without("--because")), declare("missing-field", []),
        declare("missing-field", without("--because") + ["--because", "  "]),
        declare("missing-field", ["-F", "-"]), declare("missing-field", ["-F", "-"], input: "T\n\nIf: x\n"),
        declare("file-failed", ["-F", "/nowhere/at/all"]),
        declare("control-character", without("--if") + ["--if", "a\nBet: b"]),
        declare("control-character", without("--if") + ["--if", "a\u{1B}[31mb"]),
        declare("control-character", claim + ["--metric", "a\u{85}b"]),
        declare("malformed-value", claim + ["--check-by", "soon"]),
        declare("malformed-value", claim + ["--check-by", "2026-02-30"]),
        declare("malformed-value", claim + ["--check-by", "99999999999999999999d"]),
        declare("malformed-value", claim + ["--check-by=-3d"]),
        declare("malformed-value", claim + ["--target", "much"]),
        declare("malformed-value", claim + ["--kill", "< a lot"]),
        declare("malformed-value", claim + ["--baseline", "two"]),
        declare("malformed-value", claim + ["--appetite", "a bit"]),
        declare("unknown-bet", claim + ["--builds-on", "serach"]),
        declare("invalid-id", claim + ["--builds-on", "a b"]),
        declare("unknown-bet", claim + ["--independent-of", "serach"]),
        declare("cycle", claim + ["--builds-on", "new"]),
        Bad("already-declared", ["declare", "search"] + claim),
        Bad("usage", ["declare"], status: 129), Bad("usage", ["declare", "a", "b"], status: 129),
        Bad("usage", ["declare", "new", "--wat"], status: 129),
      ])
  }

  @Test func `changes of a bet`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("a")
    try repository.declare("b", on: "a")
    try repository.declare("c", on: "b")
    try repository.declare("done")
    try repository.bet("close", "done", "validated", "--yes", "--evidence", "seen")
    try expectRefused(
      repository,
      [
        Bad("cycle", "amend", "a", "--builds-on", "c"), Bad("cycle", "amend", "a", "--builds-on", "a"),
        Bad("nothing-to-amend", "amend", "a"), Bad("missing-field", "amend", "a", "--if", ""),
        Bad("missing-field", "amend", "a", "--because", " "),
        Bad("control-character", "amend", "a", "--metric", "x\ny"),
        Bad("malformed-value", "amend", "a", "--check-by", "never"),
        Bad("bet-closed", "amend", "done", "--metric", "m"),
        Bad("bet-closed", "close", "done", "invalidated", "--evidence", "x"),
        Bad("unknown-verdict", "close", "a", "won", "--evidence", "x"),
        Bad("missing-field", "close", "a", "validated"),
        Bad("missing-field", "close", "a", "validated", "--evidence", ""),
        Bad("control-character", "close", "a", "validated", "--evidence", "x\nVerdict: validated"),
        Bad("malformed-value", "close", "a", "validated", "--evidence", "x", "--observed", "many"),
        Bad("evidence-contradicts", "close", "a", "validated", "--evidence", "x", "--observed", "1"),
        Bad("evidence-contradicts", "close", "a", "invalidated", "--evidence", "x", "--observed", "9"),
        Bad("bet-open", "reopen", "a", "--because", "x"),
        Bad("missing-reason", "reopen", "done", "--because", " "),
        Bad("usage", "reopen", "done", status: 129), Bad("verdict-needed", "close", "a", status: 129),
        Bad("never-read", "close", "a", "validated", "--evidence", "x"),
        Bad("never-shipped", "close", "a", "validated", "--evidence", "x", "--observed", "9"),
        Bad("unknown-commit", "close", "a", "abandoned", "--evidence", "commit:nowhere"),
        Bad("unknown-file", "close", "a", "abandoned", "--evidence", "file:nowhere"),
        Bad("placeholder", "reopen", "done", "--because", "What has changed", status: 129),
        Bad("placeholder", "note", "a", "-m", " 'what they said' ", status: 129),
        Bad("repeated-field", "close", "a", "abandoned", "--learned", "x", "--learned=y"),
        Bad("repeated-field", "note", "a", "-m", "x", "-m", "y"),
        Bad("repeated-field", "amend", "a", "--target", ">= 2", "--target", ">= 3"),
        Bad("empty-note", "note", "a"), Bad("empty-note", "note", "a", "-m", " \n "),
        Bad("malformed-value", "note", "a", "-m", "x", "--weight", "9"),
        Bad("control-character", "note", "a", "-m", "x", "--source", "x\ny"),
      ])
  }

  @Test func `work and the gate`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.declare("done")
    try repository.bet("close", "done", "abandoned")
    try expectRefused(
      repository,
      [
        Bad("bet-closed", "start", "done"),
        Bad("invalid-branch", "start", "search", "--branch", "a..b", status: 129),
        Bad("invalid-branch", "start", "search", "--branch", "\u{1B}[31m", status: 129),
        Bad("unknown-branch", "link", "search", "nowhere"),
        Bad("invalid-branch", "link", "search", "a b~1", status: 129),
        Bad("unknown-commit", "link", "search", "--commit", "zz"),
        Bad("unknown-commit", "link", "search", "--commit=--all"),
        Bad("branch-and-commit", "link", "search", "main", "--commit", "HEAD", status: 129),
        Bad("not-linked", "unlink", "search"), Bad("not-linked", "unlink", "search", "--commit", "HEAD"),
        Bad("unknown-commit", "check", "nowhere"), Bad("unknown-commit", "check", "nowhere..HEAD"),
        Bad("not-a-range", "check", "main...HEAD"), Bad("unknown-remote", "check", "--remote", "nowhere"),
        Bad("usage", "check", "--format", "poem", status: 129),
        Bad("missing-reason", "override", status: 129),
        Bad("missing-reason", "override", "--because", " ", status: 129),
        Bad("placeholder", "override", "--because", "Why it cannot wait", status: 129),
        Bad("placeholder", "push", "--override", "'why it cannot wait'", "origin", "HEAD", status: 129),
        Bad("unknown-commit", "override", "nowhere", "--because", "x"),
        Bad("malformed-value", "override", "--because", "x", "--until", "soon"),
        Bad("nothing-to-override", "override", "main", "--because", "x", status: 1),
        Bad("unknown-override", "override", "--revoke", "abcdef"),
        Bad("unknown-override", "override", "--revoke", ""),
        Bad("missing-reason", "push", "--override", "", "origin", "HEAD", status: 129),
        Bad("missing-reason", "push", "origin", "--override", status: 129),
        Bad("push-failed", "push", "--override", "x", "nowhere", "HEAD"),
        Bad("unknown-range", "trailers", "nowhere..HEAD"), Bad("unknown-range", "trailers", "--", "--all"),
        Bad("unknown-command", "wat", status: 129), Bad("unknown-command", "lst", status: 129),
        Bad("unknown-command", "rm", "search", status: 129),
        Bad("unknown-command", "rename", "search", "find", status: 129),
        Bad("no-such-directory", "-C", "/nowhere", "list"),
        Bad("usage", "list", "--wat", status: 129),
        Bad("unknown-hook", "hook", "post-office", status: 129), Bad("unknown-hook", "hook", status: 129),
        Bad("no-such-directory", "list", "-C", "/nowhere"), Bad("not-a-repository", "list", "-C", "/"),
      ])
    try repository.git("checkout", "-q", "--detach")
    try expectRefused(
      repository, [Bad("detached-head", "link", "search"), Bad("detached-head", "unlink", "search")])
  }

  @Test func `places where nothing can be done`() throws {
    let scratch = try TestRepository(bare: true)
    let empty = try TestRepository()
    try expectRefused(
      empty,
      [
        Bad("no-commits", "check"), Bad("no-commits", "override", "--because", "x"),
        Bad("unknown-range", "trailers"), Bad("unknown-bet", "start", "search"),
      ])
    #expect(try scratch.tryBet("declare", "search").status == 128)
    for arguments in [["list"], ["check"], ["install"], ["declare", "x"] + claim, ["rules"], ["trailers"]] {
      let run = try empty.run(binary("git-bet"), arguments, directory: empty.scratch.home)
      #expect(run.status == 128 && run.says("not-a-repository"), "\(arguments): \(run.errorText)")
    }
  }

  @Test func `writing without an identity`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("branch", "topic", "main")
    try repository.declare("done")
    try repository.bet("close", "done", "abandoned")
    for name in repository.environment.keys
    where name.hasPrefix("GIT_") && name.hasSuffix("NAME") || name.hasSuffix("EMAIL") {
      repository.environment[name] = nil
    }
    try repository.git("config", "user.useConfigOnly", "true")
    try expectRefused(
      repository,
      [
        Bad("no-identity", ["declare", "new", "--start"] + claim),
        Bad("no-identity", "amend", "search", "--metric", "m"),
        Bad("no-identity", "close", "search", "abandoned"),
        Bad("no-identity", "reopen", "done", "--because", "x"),
        Bad("no-identity", "note", "search", "-m", "x"), Bad("no-identity", "start", "search"),
        Bad("no-identity", "link", "search", "topic"), Bad("no-identity", "unlink", "ranking"),
        Bad("no-identity", "override", "--because", "x"),
        Bad("no-identity", "push", "--override", "x", "origin", "HEAD"),
      ])
    #expect(try repository.bet("list").text.contains("ranking"), "reading needs no name")
    #expect(try repository.tryBet("check").status == 1)
  }

  @Test func `a ledger that is none`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("update-ref", "refs/bets/search", "HEAD:ranking")
    try expectRefused(
      repository,
      [
        Bad("not-an-event", "show", "search"), Bad("not-an-event", "close", "search", "abandoned"),
        Bad("not-an-event", "check"), Bad("not-an-event", "list"),
        Bad("not-an-event", ["declare", "new"] + claim + ["--builds-on", "search"]),
      ])
    let push = try repository.tryGit("push", "origin", "HEAD")
    #expect(push.status == 1 && push.says("not-an-event"), "\(push.errorText)")
    try repository.git("update-ref", "refs/bets/search", "main")
    try expectRefused(repository, [Bad("damaged-bet", "show", "search"), Bad("damaged-bet", "check")])
    try repository.git("update-ref", "refs/bets/gate", "HEAD:ranking")
    try expectRefused(repository, [Bad("not-an-event", "override", "--list"), Bad("not-an-event", "rules")])
  }
}
