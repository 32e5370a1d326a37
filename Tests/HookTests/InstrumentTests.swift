import TestSupport
import Testing

@Suite("what a bet is measured by") struct InstrumentTests {
  @Test func `is looked for as it is written, and its hint finds the same`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.measure("first")
    // What a pattern would match, and an option or a substitution would bring about.
    try repository.commit("near\n", file: "near", content: "aXXb\nsearch_performed\nHOME\nuni\n")
    let texts = [
      "a.*b", "^s", "[", "(", "\\", "-x", "--help", "-e", "it's \"q\" $HOME `id` %s", "$(touch owned)",
      "ünï→語", "SEARCH_PERFORMED", ":(top)near", "a b",
    ]
    for text in texts {
      try repository.measureBy([text])
      let stop = try repository.check()
      #expect(stop.status == 1 && stop.says("instrument"), "\(text): \(stop.errorText)")
      let hint = try #require(commands("git grep", in: stop).first, "\(text)")
      #expect(try repository.run("sh", ["-c", hint]).status == 1, "\(hint)")
    }
    try repository.commit("all\n", file: "all", content: texts.joined(separator: "\n"))
    for text in texts {
      try repository.measureBy([text])
      let pass = try repository.check()
      #expect(pass.status == 0 && pass.err.isEmpty, "\(text): \(pass.errorText)")
    }
    #expect(try repository.git("status", "--porcelain").out.isEmpty)
  }

  @Test func `does not count in documentation or in binary files`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    for file in [
      "README.md", "README", "a/Readme.txt", "CHANGELOG", "docs/search.swift", "a/Doc/b/c.js", "a.rst",
      "NEWS",
    ] {
      try repository.commit("tell\n", file: file, content: "search_performed\n")
    }
    try repository.commit("draw\n", file: "logo.png", content: "\0\u{1}search_performed\n")
    #expect(try repository.check().stops("instrument"))
    for (number, file) in [
      "newsletter.js", "news/views.py", "readme_parser.py", "changes.rb", "docs.swift", "a b/ünï.c", "-x",
    ].enumerated() {
      try repository.branch("code-\(number)", file: file, content: "count(\"search_performed\")\n")
      let pass = try repository.check()
      #expect(pass.status == 0 && pass.err.isEmpty, "\(file): \(pass.errorText)")
    }
    let lines = String(repeating: "a line of a large file\n", count: 600_000)
    try repository.branch("large", file: "large.js", content: lines + "search_performed\n")
    #expect(try repository.check().isSilent)
  }

  @Test func `is looked for in the pushed tree, not in the work tree or a submodule`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    let library = try repository.clone(named: "library")
    try library.commit("count\n", file: "count.swift", content: "search_performed\n")
    try repository.measure("search_performed")
    try repository.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.path, "library")
    try repository.git("config", "submodule.recurse", "true")
    try repository.commit("with a library\n")
    try repository.write("here.swift", "search_performed\n")
    #expect(try repository.check().stops("instrument"))
    try repository.git("add", "here.swift")
    try repository.git("config", "submodule.recurse", "false")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")

    try repository.git("commit", "-q", "-m", "count")
    try repository.git("rm", "-q", "here.swift")
    // Attributes are for what is checked out: no server would know them.
    try repository.write(".gitattributes", "* -diff\n")
    #expect(try repository.check().isSilent)
    try repository.git("switch", "-q", "--force", "main")
    #expect(try expectPassed(repository, ["-q", "origin", "bet/search:main"]).err.isEmpty)
  }

  @Test func `is found from a subdirectory and a linked work tree`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n", file: "a/search.swift", content: "search_performed\n")
    try makeDirectory(repository.path + "/b")
    let program = binary("git-bet")
    let below = try repository.run(
      program, ["check", "--into", "main"], directory: repository.path + "/b")
    #expect(below.status == 0 && below.err.isEmpty, "\(below.errorText)")
    try repository.git("switch", "-q", "main")
    try repository.git("worktree", "add", "-q", "../linked", "bet/search")
    let linked = try repository.run(
      "git", ["push", "-q", "origin", "HEAD:main"], directory: repository.path + "/../linked")
    #expect(linked.status == 0 && linked.err.isEmpty, "\(linked.errorText)")
  }

  @Test func `is not known in a partial clone, and nothing is fetched`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n", file: "search.swift", content: "search_performed\n")
    try repository.git("push", "-q", "origin", "HEAD:wip/search", "refs/bets/*")
    try remote.git("config", "uploadpack.allowFilter", "true")
    let partial = try remote.clone(named: "partial", arguments: ["--filter=blob:none", "--no-checkout"])
    try partial.git("fetch", "-q", "origin", "+refs/bets/*:refs/bets-remote/origin/*")
    // From here on whoever goes to the remote leaves a trace.
    let trace = partial.scratch.path + "/trace"
    try partial.write("../remote.sh", "echo went >>'\(trace)'\nexit 1\n")
    try partial.git("config", "protocol.ext.allow", "always")
    try partial.git("config", "remote.origin.url", "ext::sh \(partial.scratch.path)/remote.sh")
    let check = try partial.tryBet("check", "origin/wip/search", "--into", "main", "--ci")
    #expect(check.status == 0 && check.says("instrument"), "\(check.errorText)")
    #expect(check.errorText.contains("could not be looked up"))
    #expect(check.errorText.contains("'search_performed' was not looked for: "))
    #expect(throws: (any Error).self) { try partial.read(trace) }
    #expect(try partial.tryGit("cat-file", "-p", "origin/wip/search:search.swift").status != 0)
    #expect(try partial.read(trace).contains("went"), "the trace is what it seems")

    try partial.git("config", "remote.origin.url", "file://\(remote.path)")
    let hint = try #require(commands("git grep", in: check).first)
    try partial.run("sh", ["-c", hint]).succeeded(hint)
    #expect(try partial.tryBet("check", "origin/wip/search", "--into", "main", "--ci").isSilent)
  }

  @Test func `is not known when a file cannot be read`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n", file: "search.swift", content: "search_performed\n")
    let id = try repository.id("HEAD:search.swift")
    try repository.run("rm", ["-f", ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"]).succeeded("rm")
    let check = try repository.check()
    #expect(check.status == 0 && check.errorText.contains("could not be looked up"), "\(check.errorText)")
    #expect(check.errorText.contains("search.swift"))
  }

  @Test func `is asked in the same way by a server`() throws {
    let scene = try ServerScene()
    let clone = scene.clone
    try clone.measure("search_performed")
    try clone.commit("search\n", file: ".gitattributes", content: "*.swift -diff\n")
    try scene.pushLedger()
    #expect(try clone.check().status == 1)
    try scene.refused("origin", "HEAD:main", by: "instrument")
    try scene.taken("origin", "HEAD:feature/search")
    // Neither side's attributes hide it.
    try clone.commit("count\n", file: "search.swift", content: "search_performed\n")
    #expect(try clone.check().isSilent)
    #expect(try scene.taken("origin", "HEAD:main").says("instrument") == false)

    try clone.bet("amend", "search", "--instrument", "")
    try scene.pushLedger()
    try clone.commit("more\n")
    #expect(try clone.check().status == 0)
    #expect(try scene.taken("origin", "HEAD:main").says("instrument"))
    // The levels there are those of the ledger.
    try clone.measureBy(["nowhere"])
    try clone.git("config", "bet.rule.instrument", "off")
    try scene.pushLedger()
    try clone.commit("more\n")
    #expect(try clone.check().status == 0)
    try scene.refused("origin", "HEAD:main", by: "instrument")
    try clone.bet("policy", "instrument=off")
    try scene.pushLedger()
    #expect(try scene.taken("origin", "HEAD:main").says("instrument") == false)
  }
}
