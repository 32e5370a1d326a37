import TestSupport
import Testing

@Suite struct `the footprint of a bet` {
  private static func numbered(_ word: String, _ count: Int, _ changes: [Int: String] = [:]) -> String {
    (1...count).map { (changes[$0] ?? "\(word) \($0)") + "\n" }.joined()
  }

  /// A history in which a bet did a bit of everything, or the same without the bet.
  private static func scene(withBet: Bool) throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    func bet(_ message: String, _ change: () throws -> Void) throws {
      guard withBet else { return }
      try change()
      try repository.git("add", "-A")
      try repository.commit("\(message)\n\nBet: search\n")
    }
    func other(_ message: String, _ change: () throws -> Void) throws {
      try change()
      try repository.git("add", "-A")
      try repository.commit("\(message)\n")
    }
    var base: [Int: String] = [:]
    func write() throws { try repository.write("base", numbered("base", 80, base)) }
    try other("begin") {
      try write()
      try repository.write("lib/util", numbered("util", 40))
    }
    try bet("whole") { try repository.write("search/index", numbered("index", 10)) }
    try bet("edit") {
      base[5] = "searched 5\nsearched 5b"
      try write()
      try repository.write("lib/util", numbered("util", 40, [20: "searched 20"]))
    }
    if !withBet { base[5] = nil }
    try other("between") {
      base[30] = "other 30"
      try write()
    }
    try bet("odd files") {
      try repository.write("logo", "a\0b\u{1}")
      try repository.run("ln", ["-s", "base", "link"]).succeeded("ln")
      try repository.git("update-index", "--chmod=+x", "base")
      try repository.run("chmod", ["+x", "base"]).succeeded("chmod")
    }
    try other("move") { try repository.git("mv", "lib/util", "lib/tools") }
    if withBet {
      // A host's merge that alone says whose work it is.
      try repository.git("switch", "-qc", "pull")
      try repository.commit("one\n", file: "pulled/one", content: "1\n")
      try repository.commit("two\n", file: "pulled/two", content: "2\n")
      try repository.git("switch", "-q", "main")
      try repository.commit("in between\n")
      try repository.git("merge", "-q", "--no-ff", "-m", "Merge pull\n\nBet: search", "pull")
    }
    try bet("regretted") { try repository.write("regret", "1\n") }
    if withBet { try repository.git("revert", "--no-edit", "HEAD") }
    try bet("wavered") { try repository.write("waver", "1\n") }
    if withBet {
      try repository.git("revert", "--no-edit", "HEAD")
      try repository.git("revert", "--no-edit", "HEAD")
    }
    try bet("nothing") {}
    // Others' work is merged into the bet's branch, which main then follows.
    if withBet { try repository.git("switch", "-qc", "side") }
    try bet("own side") { try repository.write("own", "1\n") }
    if withBet { try repository.git("switch", "-q", "main") }
    try other("others' side") { try repository.write("theirs", "1\n") }
    if withBet {
      try repository.git("switch", "-q", "side")
      try repository.git("merge", "-q", "--no-ff", "-m", "Merge main\n\nBet: search", "main")
      try repository.git("switch", "-q", "main")
      try repository.git("merge", "-q", "--ff-only", "side")
    }
    try other("end") {
      base[70] = "other 70"
      try write()
    }
    try repository.git("push", "-q", "origin", "main")
    return repository
  }

  @Test func `is taken out by the line that is printed, as if the bet had never been`() throws {
    let repository = try Self.scene(withBet: true)
    let before = try repository.fingerprint()
    let text = try repository.bet("footprint", "search", "--revert").text
    #expect(try repository.fingerprint() == before, "it only reads")
    #expect(try repository.bet("footprint", "search", "--revert").text == text)
    let line = try #require(text.split(separator: "\n").last.map { $0.drop { $0 == " " } })
    #expect(line.hasPrefix("git revert --no-commit -m 1 "))
    try repository.run("sh", ["-c", String(line)]).succeeded(String(line))
    let tree = try repository.git("write-tree").text
    let without = try Self.scene(withBet: false)
    #expect(try tree == without.git("rev-parse", "HEAD^{tree}").text, "\(text)")
  }

  @Test func `is told in lines, files and commits`() throws {
    let repository = try Self.scene(withBet: true)
    let run = try repository.bet("footprint", "search", "--json")
    func ask(_ question: String) throws -> String { try run.json(question, with: repository) }
    #expect(try ask("d['branch'], d['surviving']") == "origin/main 15")
    #expect(
      try ask("[(f['path'], f['brought'], f['surviving'], f['whole'], f['unread']) for f in d['files']]")
        == "[('base', 2, 2, False, None), ('lib/tools', 1, 1, False, None), ('logo', None, None, True, 'binary'), "
        + "('own', 1, 1, True, None), ('regret', 1, 0, False, None), ('search/index', 10, 10, True, None), "
        + "('waver', 1, 1, True, None)]")
    #expect(
      try ask("[(c['path'], c['change']) for c in d['otherChanges']]")
        == "[('base', 'mode'), ('link', 'symbolic link')]")
    #expect(
      try ask("[o['why'].split(' ')[0] for o in d['revert']['omitted']]") == "['a', 'changes', 'reverted']")
    #expect(try ask("[c['title'] for c in d['commits'] if c['revertedBy']]") == "['regretted']")
    #expect(try ask("{c['standing'] for c in d['commits']}") == "{'here'}")
  }

  @Test func `marks what has not shipped, and names the bets that would feel it`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    try repository.declare("ranking", on: "search")
    try repository.declare("clicks")
    try repository.commit("a\n\nBet: search\n", file: "a", content: Self.numbered("a", 9))
    try repository.commit("b\n\nBet: clicks\n", file: "a", content: Self.numbered("a", 9, [4: "c", 5: "d"]))
    try repository.git("push", "-q", "origin", "main")
    try repository.bet("start", "search")
    try repository.commit("later\n", file: "b", content: "b\n")
    let text = try repository.bet("footprint", "search").text
    #expect(
      text.contains("not shipped  later") && text.contains("7 of 9 lines left in origin/main"), "\(text)")
    #expect(!text.contains("git revert"))
    let removal = try repository.bet("footprint", "search", "--revert").text
    #expect(removal.contains("mind   clicks: works on 2 lines of it in a\n"), "\(removal)")
    #expect(removal.contains("mind   ranking: builds on it\n"))
    #expect(removal.contains("git switch --no-track -c remove-search origin/main\n"))

    let closed = try repository.bet("close", "search", "invalidated", "--evidence", "no").text
    #expect(closed.contains("stranded, as branches: bet/search\n"), "\(closed)")
    #expect(closed.contains("still in origin/main: 7 lines of search; "), "\(closed)")
    #expect(try repository.bet("footprint", "search").text.contains("git revert --no-commit"))
    #expect(try repository.bet("footprint", "ranking").text.contains("no commit of it"))
    let quiet = try repository.bet("close", "ranking", "abandoned").text
    #expect(quiet == "ranking is abandoned\n")
  }

  @Test func `of a validated bet opens the branches that waited for it`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.placeChain()
    try repository.declare("clicks", on: "search", "ranking")
    try repository.git("branch", "bet/clicks")
    let text = try repository.bet("close", "search", "validated", "--evidence", "yes").text
    #expect(
      text.contains("free to ship, as branches: bet/ranking\n") && !text.contains("still in"), "\(text)")
  }
}

@Suite struct `why a file is there` {
  @Test func `is told by line and by file, from any folder`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    try repository.commit("a\n\nBet: search\n", file: "src/a:2", content: "1\n2\n3\n")
    try repository.commit("b\n\nBet: nowhere\n", file: "src/a:2", content: "1\n2\n3\nfour\n")
    try repository.commit("c\n", file: "src/a:2", content: "1\n2\n3\nfour\nfive\n")
    try repository.git("push", "-q", "origin", "main")
    func why(_ arguments: String...) throws -> String {
      try repository.run(binary("git-bet"), ["why"] + arguments, directory: repository.path + "/src")
        .succeeded("why").text
    }
    let rows = try why("a:2").split(separator: "\n").map {
      $0.split(separator: " ").prefix(3).joined(separator: " ")
    }
    #expect(rows == ["bet state lines", "search open 3", "nowhere undeclared 1", "no bet 1"])
    #expect(try why("./../src/a:2:4").hasPrefix("nowhere  undeclared\n\(repository.id("HEAD~1").prefix(10))"))
    #expect(try why("a:2:5") == "no bet\n")
    #expect(try why(repository.path + "/src/a:2:1").hasPrefix("search  open\n"))
    let json = try repository.bet("why", "src/a:2:1", "--json")
    #expect(
      try json.json("d['line'], d['bets'][0]['bet'], d['workTreeDiffers']", with: repository)
        == "1 search False")
    try repository.write("src/a:2", "0\n1\n2\n")
    #expect(try why("a:2").contains("note: the work tree's version is another one"))
  }

  @Test func `cannot be told of what has no lines, and nothing is written`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    try repository.write("binary", "a\0b")
    try repository.write("empty", "")
    try repository.write("folder/file", "1\n2\n")
    try repository.write("huge", String(repeating: "word\n", count: 300_000))
    try repository.run("ln", ["-s", "start", "link"]).succeeded("ln")
    try repository.git("add", "-A")
    try repository.git("update-index", "--add", "--cacheinfo", "160000,\(repository.id("HEAD")),sub")
    try repository.commit("odd\u{1B}[31m\n\nBet: search\n")
    try repository.write("untracked", "1\n")
    try repository.git("push", "-q", "origin", "main")
    try repository.bet("footprint", "search")
    try expectRefused(
      repository,
      [
        Bad("binary-file", "why", "binary"), Bad("binary-file", "why", "binary:1"),
        Bad("file-too-large", "why", "huge"), Bad("path-is-folder", "why", "folder"),
        Bad("path-is-folder", "why", "."), Bad("path-is-folder", "why", "folder/"),
        Bad("path-is-submodule", "why", "sub"), Bad("path-is-link", "why", "link"),
        Bad("unknown-path", "why", "untracked"), Bad("unknown-path", "why", "nope\u{1B}[31m"),
        Bad("unknown-path", "why", "start/x"), Bad("unknown-path", "why", "start:x"),
        Bad("line-out-of-range", "why", "start:0"), Bad("line-out-of-range", "why", "start:2"),
        Bad("line-out-of-range", "why", "start:99999999999999999999999"),
        Bad("line-out-of-range", "why", "empty:1"), Bad("outside-work-tree", "why", "../x"),
        Bad("outside-work-tree", "why", "/etc/passwd"), Bad("usage", "why", status: 129),
        Bad("unknown-bet", "footprint", "nope"), Bad("usage", "footprint", status: 129),
      ])
    #expect(try repository.bet("why", "empty").text.contains("no bet"))
    let text = try repository.bet("footprint", "search", "--revert").text
    #expect(text.contains("submodule: sub\n") && !text.contains("\u{1B}"))
    #expect(text.contains("too large") && text.contains("delete huge\n") && text.contains("delete binary\n"))
    try repository.git("revert", "--no-edit", "HEAD")
    try repository.git("push", "-q", "origin", "main")
    let gone = try repository.bet("footprint", "search", "--revert").text
    #expect(gone.contains("nothing is left to revert") && !gone.contains("delete"), "\(gone)")
  }

  @Test func `is not guessed where content was never fetched, and nothing is fetched`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    try repository.commit("a\n\nBet: search\n", file: "a", content: "1\n2\n")
    try repository.commit("b\n\nBet: search\n", file: "a", content: "1\n2\n3\n")
    try repository.git("push", "-q", "origin", "main", "refs/bets/*:refs/bets/*")
    try remote.git("config", "uploadpack.allowFilter", "true")
    let clone = try remote.clone(named: "partial", arguments: ["--filter=blob:none", "--no-checkout"])
    try clone.git("fetch", "-q", "origin", "refs/bets/*:refs/bets/*")
    try clone.bet("list")
    let before = try clone.git("count-objects", "-v").text
    try expectRefused(clone, [Bad("missing-content", "why", "a"), Bad("missing-content", "why", "a:1")])
    #expect(
      try clone.bet("footprint", "search", "--json").json(
        "[(f['path'], f['brought'], f['surviving'], f['unread']) for f in d['files']]", with: clone)
        == "[('a', None, None, 'missing')]")
    #expect(try clone.git("count-objects", "-v").text == before)
  }

  @Test func `of a repository without commits, or without bets, is nothing`() throws {
    let empty = try TestRepository()
    try expectRefused(empty, [Bad("no-commits", "why", "x")])
    let (repository, _) = try TestRepository.withRemote(installed: false)
    #expect(try repository.bet("why", "start:1").text == "no bet\n")
  }
}
