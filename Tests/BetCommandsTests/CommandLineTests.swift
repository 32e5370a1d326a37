import TestSupport
import Testing

@Suite("the command line") struct CommandLineTests {
  @Test func `is git's own`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    #expect(try repository.git("bet", "list").out == repository.bet("list").out)
    #expect(try repository.git("bet").out == repository.bet().out)
    let below = try repository.run(binary("git-bet"), ["-C", repository.path], directory: "/")
    #expect(try below.status == 0 && below.out == repository.bet().out)
    let there = try repository.run(binary("git-bet"), ["list", "-C", repository.path], directory: "/")
    #expect(try there.status == 0 && there.out == repository.bet("list").out)
    let git = try repository.run("git", ["-C", repository.path, "bet", "show", "sea"], directory: "/")
    #expect(git.status == 0 && git.text.contains("we build search"))
  }

  @Test func `explains itself`() throws {
    let repository = try TestRepository()
    let version = try repository.bet("--version")
    #expect(version.text.hasPrefix("git-bet ") && version.err.isEmpty)
    for arguments in [["--help"], ["-h"], ["declare", "--help"], ["help", "close"]] {
      let run = try repository.tryBet(arguments)
      #expect(
        run.status == 0 && run.text.contains("git bet") && run.err.isEmpty, "\(arguments): \(run.errorText)")
    }
    let unknown = try repository.tryBet("clsoe", "x")
    #expect(unknown.status == 129 && unknown.says("unknown-command") && unknown.out.isEmpty)
    #expect(!unknown.errorText.contains("'bet "), "what is printed can be typed: \(unknown.errorText)")
    let missing = try repository.tryBet("reopen", "x")
    #expect(missing.errorText.contains("'git bet reopen -"), "\(missing.errorText)")
  }

  @Test func `has no colour but on a terminal, and survives a reader that leaves`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    for arguments in [["list"], ["show", "search"], ["log"], ["check"], ["rules"], ["graph"]] {
      let run = try repository.tryBet(arguments)
      #expect(run.status == (arguments == ["check"] ? 1 : 0), "\(arguments)")
      #expect(!run.out.contains(0x1B) && !run.err.contains(0x1B), "\(arguments)")
    }
    let program = binary("git-bet")
    let piped = try repository.run(
      "sh", ["-c", "'\(program)' log | true; '\(program)' list >/dev/full; echo $?"])
    #expect(piped.text.split(separator: "\n").last != "134")
    guard try repository.run("sh", ["-c", "command -v script"]).status == 0 else { return }
    let list = ["-qec", "'\(program)' list", "/dev/null"]
    let environment = ["TERM": "xterm", "GIT_PAGER": "cat"]
    #expect(try repository.run("script", list, environment: environment).out.contains(0x1B))
    let plain = environment.merging(["NO_COLOR": "1"]) { $1 }
    #expect(try !repository.run("script", list, environment: plain).out.contains(0x1B))
  }

  @Test func `never prints a terminal's commands that others wrote`() throws {
    let (repository, _) = try TestRepository.withRemote()
    let evil = "\u{202E}live\u{200B}\u{2066}"
    try repository.declare("search")
    // What our own writer refuses, somebody else's may still write.
    let tree = try repository.git("mktree").text.prefix { $0 != "\n" }
    let event = """
      declare \u{1B}[2J\(evil)

      body \u{1B}]0;title\u{7}\(evil)

      If: we \(evil)
      Expect: up \u{9B}31m
      Because: \u{1B}[31m
      Bet: ranking
      Event: declared
      Seq: 1
      Ledger: 1

      """
    let id = try repository.git("commit-tree", String(tree), input: event).text.prefix { $0 != "\n" }
    try repository.git("update-ref", "refs/bets/ranking", String(id))
    try repository.bet(
      "declare", "odd", "--title", "odd \(evil)", "--if", "we \(evil)", "--expect", "x \(evil)",
      "--because", evil, "--builds-on", "search")
    try repository.git("switch", "-q", "-c", "bet/\(evil)")
    repository.environment["AI_AGENT"] = "a\u{1B}[31m\(evil)"
    try repository.bet("link", "odd")
    repository.environment["AI_AGENT"] = nil
    try repository.git("switch", "-q", "-c", "bet/\(evil)\u{9B}31m")
    try repository.git("config", "branch.bet/\(evil)\u{9B}31m.bet", "odd")
    try repository.commit("\u{1B}[2J \(evil)\n\nBet: odd\n", file: "x")
    repository.environment["GIT_AUTHOR_NAME"] = "A\u{1B}[31m\(evil)"
    try repository.commit("\u{1B}[2J \(evil)\n\nBet: \u{1B}[31m\(evil)\n\nprose\n", file: "y")
    try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "z\n\nBet: \u{1B}[31m\(evil)")
    for arguments in [["check"], ["check", "--json"], ["push", "origin", "HEAD"]] {
      #expect(try repository.tryBet(arguments).status == 1, "\(arguments)")
    }
    for arguments in [
      ["list"], ["list", "--all"], ["list", "--json"], ["show", "odd"], ["show", "odd", "--json"],
      ["show", "ranking"],
      ["log"], ["log", "ranking"], ["log", "--json"], ["check"], ["check", "--json"], ["check", evil],
      ["push", "origin", "HEAD"], ["override", "--because", "x \(evil)"], ["override", "--list"],
      ["unlink", "odd"],
      ["trailers", "--json"], ["link", "odd", evil], ["graph"], ["graph", "odd", "--json"],
    ] {
      let run = try repository.tryBet(arguments)
      let shown = run.text + run.errorText
      // git's own lines about the push show the branch's name as git does.
      let ours = shown.split(separator: "\n").filter {
        !$0.contains("failed to push") && !$0.hasPrefix("To ")
      }
      let raw = ours.joined().unicodeScalars.filter {
        $0.value < 0x20 || (0x7F...0x9F).contains($0.value)
          || "\u{202E}\u{200B}\u{2066}".unicodeScalars.contains($0)
      }
      #expect(raw.isEmpty, "\(arguments): \(raw.map { String($0.value, radix: 16) }) in \(ours)")
    }
  }
}
