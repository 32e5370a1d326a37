import BetAttribution
import TestSupport
import Testing

@testable import BetCommands

@Suite("what is printed as a command") struct HintTests {
  /// The commands of a message: its hints, those of a finding too, and the indented lines below "Ways on:".
  private func commands(in run: Run) -> [String] {
    var isBelowWaysOn = false
    var found: [String] = []
    for line in (run.errorText + run.text).split(separator: "\n") {
      if line.hasPrefix("Ways on:") { isBelowWaysOn = true }
      let hint = line.drop { $0 == " " }
      if hint.hasPrefix("hint: git ") { found.append(String(hint.dropFirst("hint: ".count))) }
      if line.hasPrefix("next: ") { found.append(String(line.drop { $0 != " " }.drop { $0 == " " })) }
      if isBelowWaysOn, line.hasPrefix("    git ") { found.append(String(line.dropFirst(4))) }
    }
    return found
  }

  /// Pastes each command into a copy of everything, and expects that git and the parser understand it.
  @discardableResult
  private func expectToWork(
    _ run: Run, in repository: TestRepository, at location: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    let found = commands(in: run)
    #expect(!found.isEmpty, "\(run.errorText)", sourceLocation: location)
    try paste(found, into: repository, at: location)
    return found
  }

  private func paste(_ commands: [String], into repository: TestRepository, at location: SourceLocation)
    throws
  {
    let root = repository.scratch.path
    for command in commands {
      try repository.run("sh", ["-c", "rm -rf '\(root)/copy' && mkdir '\(root)/copy'"]).succeeded("mkdir")
      for name in ["repository", "origin.git"] {
        try repository.run("cp", ["-a", "\(root)/\(name)", "\(root)/copy/\(name)"]).succeeded("cp")
      }
      let place = "\(root)/copy/repository"
      try repository.run("git", ["-C", place, "remote", "set-url", "origin", "../origin.git"]).succeeded(
        "git")
      let pasted = try repository.run(
        "sh", ["-c", command], directory: place, environment: ["GIT_EDITOR": "true"])
      // What a person has to say is asked for, and the command is as good as it can be.
      let isAsked = pasted.says("verdict-needed") || pasted.says("placeholder")
      let isUnderstood = ![126, 127, 129].contains(pasted.status) && !pasted.says("usage") || isAsked
      #expect(isUnderstood, "\(command): \(pasted.errorText)", sourceLocation: location)
    }
  }

  @Test func `below a stopped push can be pasted`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    func push(_ arguments: String...) throws -> Run {
      let run = try repository.tryGit(["push", "origin"] + arguments)
      #expect(run.status == 1, "\(arguments)")
      return run
    }
    let found = try expectToWork(try push("bet/ranking"), in: repository)
    for word in ["close search", "push --override", "wip/"] {
      #expect(found.contains { $0.contains(word) }, "\(word)")
    }
    try expectToWork(try push("HEAD:main"), in: repository)
    try expectToWork(try push("HEAD~0:refs/heads/it's \u{24}HOME".filter { $0 != " " }), in: repository)
    let check = try repository.tryBet("check")
    #expect(check.status == 1)
    try expectToWork(check, in: repository)

    try repository.git("switch", "-q", "-c", "feature/free", "main")
    try repository.commit("free\n", file: "free")
    let free = try expectToWork(try push("feature/free"), in: repository)
    #expect(free.contains { $0.contains("Bet: none") })
    try repository.git("switch", "-q", "-c", "other", "main")
    try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "x\n\nBet: serach\nBet: a b")
    try expectToWork(try push("other"), in: repository)
    try repository.bet("close", "search", "invalidated", "--evidence", "no")
    let lost = try expectToWork(try push("bet/ranking"), in: repository)
    #expect(lost.contains { $0.contains("reopen search") })
    try expectToWork(try push("feature/free", "bet/ranking", "other"), in: repository)
  }

  @Test func `below a warning, and below a bet that would ship unmeasured, can be pasted`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("amend", "search", "--instrument", "", "--check-by", "2024-12-31")
    try repository.bet("start", "search")
    try repository.commit("search\n", file: "search", content: "found\n")
    func push() throws -> Run { try repository.tryGit("push", "--dry-run", "origin", "HEAD:main") }
    let warned = try push()
    #expect(warned.status == 0, "\(warned.errorText)")
    #expect(
      try expectToWork(warned, in: repository) == [
        "git bet amend search --instrument 'what_is_counted'",
        "git bet close search", "git bet amend search --check-by 14d",
      ])
    for text in ["it's $HOME", "-x", "\u{202E}evil", "100 %s \\n"] {
      try repository.bet("amend", "search", "--instrument", "found", "--instrument", text)
      let stop = try push()
      #expect(stop.status == 1 && !stop.errorText.unicodeScalars.contains("\u{202E}"))
      let found = try expectToWork(stop, in: repository)
      for word in ["git grep", "amend search --instrument found --instrument", "push --override"] {
        #expect(found.contains { $0.contains(word) }, "\(word): \(found)")
      }
    }
  }

  @Test func `below work that meets another bet's lines, and where it is enough, can be pasted`() throws {
    let (repository, _) = try TestRepository.withRemote()
    for id in ["catalogue", "search"] { try repository.declare(id) }
    try repository.declare("ranking", on: "catalogue")
    try repository.bet("amend", "ranking", "--appetite", "2 commits", "--independent-of", "catalogue")
    try repository.bet("start", "ranking")
    try repository.commit("rank\n", file: "ranking")
    let ledger = Ledger(try Repository.open(at: repository.path, trust: .gitHasAgreed), remotes: [])
    let (ranking, search) = (try BetID("ranking"), try BetID("search"))
    let tip = try #require(ObjectID(hex: try repository.id("HEAD")))
    func ways(of name: BetName) throws -> [String] {
      var work = Work(
        update: RefUpdate(
          localRef: "refs/heads/bet/ranking", localID: tip, remoteRef: "refs/heads/main", remoteID: tip),
        branch: "bet/ranking", commits: [WorkCommit(id: tip, bets: [name])])
      work.facts.usage[ranking] = Usage(commits: 3)
      work.facts.openBets = 4
      work.facts.starting = [ranking]
      work.facts.overlaps[name] = [OverlappedFile(bet: search, path: "a", lines: 1)]
      let gate = Gate(
        settings: try Settings(config: []), policy: ["limit": .warn, "follow-on": .off],
        today: Day(number: 20_000))
      let decision = gate.decide([work], bets: try ledger.bets([ranking, search]))
      return decision.findings.flatMap { $0.ways(Surroundings()) }.map(\.command)
    }
    let found = try ways(of: .id(ranking))
    #expect(
      found == [
        "git commit --amend --no-edit --trailer 'Bet: search'",
        "git bet amend ranking --builds-on catalogue --builds-on search", "git bet start search",
        "git bet amend ranking --independent-of catalogue --independent-of search",
        "git bet close ranking",
        "git bet amend ranking --appetite '6 commits'", "git bet list --open",
      ])
    let free = try ways(of: .none)
    #expect(
      free == [
        "git commit --amend --no-edit --trailer 'Bet: search'", "git bet link search bet/ranking",
        "git bet start search", "git commit --amend --no-edit --trailer 'Bet: none'",
      ])
    try paste(found + free, into: repository, at: #_sourceLocation)
  }

  @Test func `names a branch in a way that a terminal shows and a shell understands`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    for name in [
      "it's", "\u{202E}evil\u{9B}31m%d", "a$(touch${IFS}owned)", "\"q\"", "ünï", "-n".uppercased() + ";x",
    ] {
      try repository.git("switch", "-q", "-c", "feature/ranking/\(name)", "bet/ranking")
      let stop = try repository.tryGit("push", "origin", "HEAD")
      #expect(stop.stops("follow-on"))
      #expect(!stop.errorText.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{9B}" })
      let commands = commands(in: stop)
      let draft = try #require(commands.first { $0.contains("wip/") }, "\(name)")
      let pasted = try repository.run("sh", ["-c", draft])
      #expect(pasted.status == 0, "\(draft): \(pasted.errorText)")
      #expect(try repository.git("ls-remote", "origin").text.contains("wip/"))
    }
    #expect(try repository.git("status", "--porcelain").out.isEmpty)
  }

  @Test func `and followed leads on`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    for word in ["close search", "--override", "wip/"] {
      let copy = try TestRepository.withRemote().0
      try copy.placeChain()
      let stop = try copy.tryGit("push", "origin", "bet/ranking")
      #expect(stop.stops("follow-on"))
      let command = try #require(commands(in: stop).first { $0.contains(word) })
      // Pasted as it stands it decides nothing; a person adds the words that are theirs.
      if word != "wip/" {
        let before = try copy.refs()
        let decides = try copy.run("sh", ["-c", command])
        #expect(try decides.status == 129 && copy.refs() == before, "\(command): \(decides.errorText)")
      }
      let own =
        command.replacing("why it cannot wait", with: "the fair is tomorrow")
        + (word == "close search" ? " validated --yes --evidence 'starts rose'" : "")
      let pasted = try copy.run("sh", ["-c", own])
      #expect(pasted.status == 0, "\(command): \(pasted.errorText)")
      let again = try copy.tryGit("push", "origin", "bet/ranking")
      #expect((again.status == 0) == (word != "wip/"), "\(command): \(again.errorText)")
    }
    try repository.git("switch", "-q", "-c", "feature/free", "main")
    try repository.commit("free\n", file: "free")
    let stop = try repository.tryGit("push", "origin", "feature/free")
    #expect(stop.stops("unlinked"))
    let command = try #require(commands(in: stop).first { $0.contains("Bet: none") })
    try repository.run("sh", ["-c", command]).succeeded(command)
    #expect(try repository.tryGit("push", "origin", "feature/free").status == 0)
  }

  @Test func `below a refusal can be pasted`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.declare("done")
    try repository.bet("close", "done", "abandoned")
    try repository.git("branch", "a'b c".filter { $0 != " " }, "main")
    for arguments in [
      ["show", "serach"], ["show", "zzz"], ["declare", "search"], ["declare", "new"],
      ["close", "search", "validated"],
      ["close", "done", "abandoned"], ["reopen", "search", "--because", "x"], ["amend", "search"],
      ["amend", "done", "--metric", "m"], ["amend", "search", "--builds-on", "ranking"], ["start", "done"],
      ["link", "search", "nowhere"], ["unlink", "search", "main"], ["check", "nowhere"],
      ["check", "main...HEAD"],
      ["check", "--remote", "x"], ["override", "--revoke", "abcd"],
      ["note", "search", "-m", ""], ["trailers", "nowhere"],
      ["close", "search", "validated", "--evidence", "x", "--observed", "1"],
    ] {
      let run = try repository.tryBet(arguments)
      #expect(run.status == 128, "\(arguments)")
      try expectToWork(run, in: repository)
    }
    let idle = try repository.tryBet("override", "main", "--because", "x")
    #expect(idle.status == 1)
    try expectToWork(idle, in: repository)
    let weak = try repository.bet("declare", "weak", "--if", "a", "--expect", "joy", "--because", "b")
    try expectToWork(weak, in: repository)
    try repository.git("config", "bet.depth", "deep")
    try expectToWork(try repository.tryBet("rules"), in: repository)
    try repository.git("config", "--unset", "bet.depth")
    try repository.git("checkout", "-q", "--detach")
    try expectToWork(try repository.tryBet("link", "search"), in: repository)
    let commit = try repository.tryGit("commit", "--allow-empty", "-m", "x", "-m", "Bet: serach")
    try expectToWork(commit, in: repository)
    try repository.git("update-ref", "refs/bets/weak", "HEAD:ranking")
    try expectToWork(try repository.tryBet("show", "weak"), in: repository)
    try repository.git("update-ref", "refs/bets/weak", "main")
    try expectToWork(try repository.tryBet("show", "weak"), in: repository)
    repository.environment["GIT_AUTHOR_NAME"] = ""
    try expectToWork(try repository.tryBet("note", "search", "-m", "x"), in: repository)
  }
}
