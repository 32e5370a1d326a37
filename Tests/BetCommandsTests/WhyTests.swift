import TestSupport
import Testing

@Suite("why a file is there") struct WhyTests {
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
        Bad("unknown-bet", "footprint", "nope"), Bad("no-bet-here", "footprint", status: 129),
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

  @Test func `is told of a file whose name is no UTF-8`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    try repository.run("sh", ["-c", #"printf '1\n2\n' >"$(printf 'caf\351')""#]).succeeded("write")
    try repository.git("add", ".")
    try repository.git("commit", "-q", "-m", "a\n\nBet: search")
    try repository.git("push", "-q", "origin", "main")
    for (place, told) in [("", "search  open   2"), (":2", "search  open\n")] {
      let run = try repository.run("sh", ["-c", #"git-bet why "$(printf 'caf\351')\#(place)""#])
      #expect(run.status == 0 && run.text.contains(told), "\(run.text)\(run.errorText)")
    }
    let other = try repository.run("sh", ["-c", #"git-bet why "$(printf 'caf\350')""#])
    #expect(other.stops("not-utf-8", status: 128), "\(other.errorText)")
  }

  @Test func `of a repository without commits, or without bets, is nothing`() throws {
    let empty = try TestRepository()
    try expectRefused(empty, [Bad("no-commits", "why", "x")])
    let (repository, _) = try TestRepository.withRemote(installed: false)
    #expect(try repository.bet("why", "start:1").text == "no bet\n")
  }
}
