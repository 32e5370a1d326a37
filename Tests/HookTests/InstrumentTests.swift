import TestSupport
import Testing

extension TestRepository {
  /// The open bet `search`, measured by these strings, and its branch, checked out.
  fileprivate func measure(_ texts: String...) throws {
    try declare("search")
    try measureBy(texts.isEmpty ? [""] : texts)
    try bet("start", "search")
  }

  fileprivate func measureBy(_ texts: [String]) throws {
    try tryBet(["amend", "search"] + texts.flatMap { ["--instrument", $0] }).succeeded("amend")
  }

  /// What the gate says of the branch here on its way to `main`.
  fileprivate func check() throws -> Run { try tryBet("check", "--into", "main") }

  /// Commits nothing but this file on a branch of its own, which belongs to `search`.
  fileprivate func branch(_ name: String, file: String, content: String) throws {
    try git("switch", "-q", "-c", "feature/search/\(name)", "main")
    try commit("\(name)\n", file: file, content: content)
  }
}

/// The commands that a message prints and that begin like this.
private func commands(_ start: String, in run: Run) -> [String] {
  run.errorText.split(separator: "\n").map { line in
    let text = line.drop { $0 == " " }
    return String(text.hasPrefix("hint: ") ? text.dropFirst("hint: ".count) : text)
  }.filter { $0.hasPrefix(start) }
}

@Suite struct `work of an open bet` {
  @Test func `ships when what it is measured by is in the tree, and not before`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n", file: "search.swift", content: "find()\n")
    let stop = try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    #expect(stop.errorText.contains("'search_performed' is nowhere in the tree"))
    #expect(stop.errorText.contains("git bet push --override"))
    #expect(try repository.check().status == 1)

    try repository.commit("count\n", file: "search.swift", content: "find(); count(\"search_performed\")\n")
    let pass = try expectPassed(repository, ["-q", "origin", "HEAD:main"])
    #expect(pass.err.isEmpty, "\(pass.errorText)")
  }

  @Test func `is not asked on a draft or a feature branch`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n")
    for branch in ["wip/search", "feature/search"] {
      let pass = try expectPassed(repository, ["-q", "origin", "HEAD:refs/heads/\(branch)"])
      #expect(pass.err.isEmpty, "\(branch): \(pass.errorText)")
    }
    try expectStopped(repository, remote, ["origin", "HEAD:refs/heads/release/1"], by: "instrument")
    try repository.bet("close", "search", "validated", "--evidence", "starts rose to 3.1")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }

  @Test func `that declares nothing to measure it by ships with a warning and the way to say it`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.measure()
    try repository.commit("search\n", file: "search.swift", content: "count(what_is_counted)\n")
    let check = try repository.check()
    #expect(check.status == 0 && check.errorText.contains("declares nothing to measure it by"))
    let hint = try #require(commands("git bet amend", in: check).first)
    try repository.run("sh", ["-c", hint]).succeeded(hint)
    #expect(try repository.check().err.isEmpty)
    try repository.bet("amend", "search", "--instrument", "")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).says("instrument"))
  }

  @Test func `passes when the bet says what it is called now, and the other names stay`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("it's here", "old_name")
    try repository.commit("search\n", file: "search.swift", content: "// it's here\nnew_name\n")
    let stop = try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    #expect(!stop.errorText.contains("grep -F -e 'it"), "that one was found")
    let way = try #require(commands("git bet amend", in: stop).first)
    let renamed = way.replacing("its name in the code", with: "new_name")
    try repository.run("sh", ["-c", renamed]).succeeded(renamed)
    #expect(try repository.bet("show", "search").text.contains("it's here"))
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }

  @Test func `ships over it with a reason that stays`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    try repository.bet("push", "--override", "we count by hand", "-q", "origin", "HEAD:main")
    #expect(try remote.id("main") == repository.id("HEAD"))
    #expect(try repository.bet("override", "--list").text.contains("instrument"))
    try repository.commit("more\n")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
  }
}

@Suite struct `what a bet is measured by` {
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
    #expect(try repository.check().says("instrument"))
    for (number, file) in [
      "newsletter.js", "news/views.py", "readme_parser.py", "changes.rb", "docs.swift", "a b/ünï.c", "-x",
    ].enumerated() {
      try repository.branch("code-\(number)", file: file, content: "count(\"search_performed\")\n")
      let pass = try repository.check()
      #expect(pass.status == 0 && pass.err.isEmpty, "\(file): \(pass.errorText)")
    }
    let lines = String(repeating: "a line of a large file\n", count: 600_000)
    try repository.branch("large", file: "large.js", content: lines + "search_performed\n")
    #expect(try repository.check().err.isEmpty)
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
    #expect(try repository.check().says("instrument"))
    try repository.git("add", "here.swift")
    try repository.git("config", "submodule.recurse", "false")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")

    try repository.git("commit", "-q", "-m", "count")
    try repository.git("rm", "-q", "here.swift")
    // Attributes are for what is checked out: no server would know them.
    try repository.write(".gitattributes", "* -diff\n")
    #expect(try repository.check().err.isEmpty)
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
    let check = try partial.tryBet("check", "origin/wip/search", "--into", "main")
    #expect(check.status == 0 && check.says("instrument"), "\(check.errorText)")
    #expect(check.errorText.contains("could not be looked up"))
    #expect(check.errorText.contains("'search_performed' was not looked for: "))
    #expect(throws: (any Error).self) { try partial.read(trace) }
    #expect(try partial.tryGit("cat-file", "-p", "origin/wip/search:search.swift").status != 0)
    #expect(try partial.read(trace).contains("went"), "the trace is what it seems")

    try partial.git("config", "remote.origin.url", "file://\(remote.path)")
    let hint = try #require(commands("git grep", in: check).first)
    try partial.run("sh", ["-c", hint]).succeeded(hint)
    #expect(try partial.tryBet("check", "origin/wip/search", "--into", "main").err.isEmpty)
  }

  @Test func `is not known when a file cannot be read`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n", file: "search.swift", content: "search_performed\n")
    let id = try repository.id("HEAD:search.swift")
    try repository.run("rm", ["-f", ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"]).succeeded("rm")
    let check = try repository.check()
    #expect(check.errorText.contains("could not be looked up"), "\(check.errorText)")
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
    #expect(try clone.check().err.isEmpty)
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

@Suite struct `a bet past its check-by date` {
  /// Everything in order but the date.
  private func overdue() throws -> (TestRepository, remote: TestRepository) {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.bet("amend", "search", "--check-by", "2024-12-31")
    try repository.commit("search\n", file: "search.swift", content: "search_performed\n")
    return (repository, remote)
  }

  @Test(arguments: ["git bet close", "git bet amend"])
  func `is warned of, with commands that end it`(_ start: String) throws {
    let (repository, _) = try overdue()
    let push = try expectPassed(repository, ["--dry-run", "origin", "HEAD:main"])
    #expect(push.says("overdue") && push.errorText.contains("warning: 'search' is past its check-by date"))
    let hint = try #require(commands(start, in: push).first, "\(push.errorText)")
    #expect(start != "git bet amend" || hint == "git bet amend search --check-by 14d")
    try repository.run("sh", ["-c", hint]).succeeded(hint)
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }

  @Test func `blocks where somebody said so`() throws {
    let (repository, remote) = try overdue()
    try repository.git("config", "bet.rule.overdue", "block")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "overdue")
    try expectStopped(repository, remote, ["origin", "HEAD:feature/search"], by: "overdue")
    #expect(try repository.tryBet("check", "--ci").status == 0, "the ledger does not say so")
    let note = try expectPassed(repository, ["-q", "origin", "HEAD:refs/heads/wip/search"])
    #expect(note.says("overdue") && note.errorText.contains("note: "))
    try repository.bet("override", "--because", "the demo is tomorrow")
    try expectPassed(repository, ["-q", "origin", "HEAD:feature/search"])
    try repository.git("config", "--unset", "bet.rule.overdue")
    try repository.bet("policy", "overdue=off")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }
}

@Suite struct `the levels of the rules` {
  private func level(_ rule: String, _ repository: TestRepository) throws -> [Substring] {
    let lines = try repository.bet("rules").text.split(separator: "\n").map { $0.split(separator: " ") }
    return Array(try #require(lines.first { $0.first == rule[...] }, "\(rule)").dropFirst().prefix(2))
  }

  @Test func `are listed, each with where it comes from`() throws {
    let (repository, _) = try TestRepository.withRemote()
    for (rule, level) in [
      ("instrument", "block"), ("overlap", "warn"), ("overdue", "warn"), ("appetite", "warn"),
      ("limit", "off"),
    ] {
      #expect(try self.level(rule, repository) == [level[...], "default"])
    }
    try repository.bet("policy", "instrument=off", "limit=warn")
    try repository.git("config", "bet.rule.overdue", "block")
    try repository.git("config", "bet.rule.limit", "block")
    #expect(try level("instrument", repository) == ["off", "ledger"])
    #expect(try level("overdue", repository) == ["block", "local"])
    #expect(try level("limit", repository) == ["block", "local"])
    let once = try repository.git("-c", "bet.rule.appetite=off", "bet", "rules").text
    #expect(once.contains("this command only"))
  }

  @Test func `off lets a bet ship unmeasured`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    let once = try repository.tryGit(
      "-c", "bet.rule.instrument=off", "push", "--dry-run", "origin", "HEAD:main")
    #expect(once.status == 0 && once.errorText.contains("was set for this command only"))
    try repository.bet("policy", "instrument=off")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }
}

@Suite struct `an appetite of nonsense` {
  @Test(arguments: ["15", "many commits", "0 commits", "15 days", "-1 lines"])
  func `is refused, and nothing is written`(_ text: String) throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    let before = try repository.fingerprint()
    let claim = ["--if", "x", "--expect", "it rises from 2 to 3", "--because", "z", "--appetite", text]
    let declared = try repository.tryBet(["declare", "other"] + claim)
    #expect(declared.status == 128 && declared.says("malformed-value"), "\(declared.errorText)")
    let amended = try repository.tryBet("amend", "search", "--appetite", text)
    #expect(amended.status == 128 && amended.says("malformed-value"), "\(amended.errorText)")
    #expect(try repository.fingerprint() == before)
  }

  @Test func `damages the event that holds it`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    let message = try repository.message("refs/bets/search")
    let tree = try repository.id("refs/bets/search^{tree}")
    func write(_ appetite: String) throws {
      let spoiled = message.replacing("\nIf: ", with: "\nAppetite: \(appetite)\nIf: ")
      let event = try repository.git("commit-tree", tree, input: spoiled).text.prefix { $0 != "\n" }
      try repository.git("update-ref", "refs/bets/search", String(event))
    }
    try write("15 commits")
    #expect(try repository.bet("show", "search").text.contains("15 commits"))
    try write("a lot")
    let show = try repository.tryBet("show", "search")
    #expect(show.status == 128, "\(show.errorText)\(show.text)")
    #expect(try repository.tryBet("log", "search").text.contains("Appetite: a lot"))
    let doctor = try repository.tryBet("doctor")
    #expect(doctor.status != 0)
    #expect((doctor.text + doctor.errorText).contains("search"), "\(doctor.text)\(doctor.errorText)")
  }
}
