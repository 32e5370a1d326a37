import GitFormats
import TestSupport
import Testing

/// Commands that hold names of others, pasted.
@Suite struct HostileHintTests {
  /// What a ref may be called, and nobody would.
  private static let names = [
    "--receive-pack=./evil", "--exec=./evil", "-n", "-", "--", "+main", "tag", "HEAD", "FETCH_HEAD", "@",
    "stash",
    "refs/heads/main", "heads/main", "tags/v1", "bets/search", "remotes/origin/main", "it's", "a$(./evil)",
    "`./evil`",
    "a;./evil", "a&./evil", "a|./evil", "a>evil", "<a", "\"q\"", "!x", "#x", "=ls", "{a,b}", "$HOME",
    "a'$(./evil)'b",
    "%s%d", "ünï", "日本", "\u{202E}evil\u{9B}31m", "\u{301}a", "a\u{301}'",
    "--receive-pack=$(./evil)/'\u{202E}", "(a)", "0",
    "feature/--all",
  ]

  /// A `git` that writes down its words, each ended by a zero, and a command's by two.
  private func recorder(_ repository: TestRepository) throws -> String {
    let folder = repository.scratch.path + "/fake"
    try repository.write(
      "\(folder)/git",
      "#!/bin/sh\nfor word do printf '%s\\0' \"$word\"; done >>'\(folder)/words'\nprintf '\\0' >>'\(folder)/words'\n",
      executable: true)
    return folder
  }

  /// Pastes a line and returns the words that each git got.
  private func words(_ line: String, _ folder: String, in repository: TestRepository) throws -> [[String]] {
    try repository.write("\(folder)/words", "")
    let path = "\(folder):\(repository.environment["PATH"] ?? "")"
    let run = try repository.run("sh", ["-c", line], environment: ["PATH": path])
    #expect(run.status == 0 && run.err.isEmpty, "\(line): \(run.errorText)")
    return try repository.read("\(folder)/words").split(separator: "\0\0").map {
      $0.split(separator: "\0").map(String.init)
    }
  }

  private func commands(_ run: Run) -> [String] {
    let lines = run.errorText.split(separator: "\n").drop { !$0.hasPrefix("Ways on:") }
    return lines.filter { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
  }

  private func same(_ left: [[String]], _ right: [[String]]) -> Bool {
    left.map { $0.map { Array($0.utf8) } } == right.map { $0.map { Array($0.utf8) } }
  }

  @Test(arguments: names) func `a word is the word that was meant, and no option`(_ name: String) throws {
    let repository = try TestRepository()
    let folder = try recorder(repository)
    let dashes = name.hasPrefix("-") ? ["--"] : []
    let operands = try words(
      "git a \(Text.shellOperands(name)); git b \(Text.shellOperands("x", name))", folder, in: repository)
    #expect(same(operands, [["a"] + dashes + [name], ["b"] + dashes + ["x", name]]), "\(operands)")
    let branch = try words("git \(Text.shellBranch(name))", folder, in: repository)
    #expect(same(branch, [[name]]) || same(branch, [["refs/heads/\(name)"]]), "\(branch)")
    // What it names in a repository in which everything else has that name too.
    try repository.commit("one\n")
    for ref in [
      "refs/heads/\(name)", "refs/heads/main", "refs/remotes/origin/main", "refs/tags/v1", "refs/bets/search",
    ] {
      try repository.git("update-ref", ref, "HEAD")
    }
    let source = try #require(branch.first?.first)
    #expect(!source.hasPrefix("-") && !source.hasPrefix("+"))
    let named = try repository.git("rev-parse", "--symbolic-full-name", source).text
    #expect(named.utf8.elementsEqual("refs/heads/\(name)\n".utf8), "\(source)")
  }

  @Test func `below a stopped push every name is what was meant`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    let folder = try recorder(repository)
    let (tip, zero) = (try repository.id("HEAD"), String(repeating: "0", count: 40))
    for pattern in ["*", "*/*", "*/*/*"] { try repository.git("config", "--add", "bet.feature", pattern) }
    try repository.git("switch", "-q", "-c", "free", "main")
    let free = try repository.commit("free\n")
    for (number, name) in Self.names.enumerated() {
      let ref = "refs/heads/\(name)"
      let last = name.split(separator: "/").last.map(String.init) ?? ""
      let (id, remote) = number.isMultiple(of: 2) ? (tip, "origin") : (free, "-o./evil")
      let stop = try repository.tryBet(
        ["hook", "pre-push", remote, "x"], input: "\(ref) \(id) \(ref) \(zero)\n")
      #expect(stop.status == 1, "\(name): \(stop.errorText)")
      let there = remote.hasPrefix("-") ? ["--", remote] : [remote]
      var (pushes, links) = (0, 0)
      for command in commands(stop) {
        for words in try words(command, folder, in: repository) {
          let start = words[0] == "push" ? ["push"] : ["bet", "push", "--override", "why it cannot wait"]
          if words.starts(with: start) {
            let sources = [name, ref]
            // A draft goes elsewhere; to its own place a branch goes by one name, or by two.
            let meant =
              words[0] == "push"
              ? sources.map { "\($0):refs/heads/wip/\(last)" } : [name] + sources.map { "\($0):\(ref)" }
            let given = try #require(words.last)
            #expect(same([words.dropLast()], [start + there]), "\(words)")
            #expect(meant.contains { $0.utf8.elementsEqual(given.utf8) }, "\(words)")
            #expect(!given.hasPrefix("-") && !given.hasPrefix("+"), "\(words)")
            pushes += 1
          } else if words.starts(with: ["bet", "link"]) {
            let operands = Array(words.dropFirst(3))
            #expect(same([operands], [(name.hasPrefix("-") ? ["--"] : []) + [name]]), "\(words)")
            links += 1
          }
        }
      }
      #expect(pushes == 2, "\(name): \(stop.errorText)")
      #expect(links > 0 || id == tip, "\(name): \(stop.errorText)")
    }
    #expect(try repository.run("ls", ["evil"]).status != 0)
  }

  @Test(arguments: ["--upload-pack=./evil", "-x;./evil", "it's$(./evil)"])
  func `what names a remote is no option either`(_ remote: String) throws {
    let repository = try TestRepository()
    repository.knowBet()
    try repository.commit("start\n")
    try repository.declare("search")
    try repository.git("config", "remote.\(remote).url", "./nowhere")
    let folder = try recorder(repository)
    let name = remote.hasPrefix("-") ? ["--", remote] : [remote]
    var seen: [[String]] = []
    let runs = try [repository.tryBet("doctor"), repository.tryBet("sync")]
    try repository.git("config", "remote.\(remote).fetch", "+refs/bets/*:refs/bets-remote/\(remote)/*")
    for run in try runs + [repository.tryBet("sync")] {
      for line in (run.text + run.errorText).split(separator: "\n") {
        guard let mark = ["hint: ", "type: "].first(where: line.contains) else { continue }
        let command = line.split(separator: mark, maxSplits: 1).last.map(String.init) ?? ""
        seen += try words(command.replacing("&& git bet install", with: ""), folder, in: repository)
      }
    }
    #expect(seen.contains(["fetch"] + name) && seen.contains(["ls-remote"] + name), "\(seen)")
    #expect(try repository.run("ls", ["evil"]).status != 0)
  }

  @Test(arguments: ["--receive-pack=./evil", "+main", "tag"], ["bet/ranking", "free"])
  func `pasted, they do it, and run nothing`(_ name: String, _ work: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.write("evil", "#!/bin/sh\n: >ran\nexec git-receive-pack \"$@\"\n", executable: true)
    try repository.git("config", "bet.feature", "*")
    try repository.git("switch", "-q", "-c", "free", "main")
    try repository.commit("free\n")
    let ref = "refs/heads/\(name)"
    try repository.git("update-ref", ref, work)
    let stop = try repository.tryGit("push", "origin", "\(ref):\(ref)")
    #expect(stop.status == 1)
    let pushes = commands(stop).filter { $0.hasPrefix("git push") || $0.hasPrefix("git bet push") }
    let links = commands(stop).filter { $0.hasPrefix("git bet link search") }
    #expect(pushes.count == 2 && (links.count == 1 || work != "free"))
    for hint in pushes + links {
      let command = hint.replacing("why it cannot wait", with: "the fair is tomorrow")
      let pasted = try repository.run("sh", ["-c", command])
      #expect(pasted.status == 0, "\(command): \(pasted.errorText)")
    }
    let there = try repository.git("ls-remote", "origin", ref).text
    #expect(there.utf8.elementsEqual("\(try repository.id(ref))\t\(ref)\n".utf8))
    #expect(
      try repository.git("ls-remote", "origin", "refs/heads/main").text.hasPrefix(try repository.id("main")))
    #expect(try repository.run("ls", ["ran"]).status != 0)
    if work == "free" { #expect(try repository.bet("show", "search").text.contains("branches\n  \(name)")) }
  }
}
