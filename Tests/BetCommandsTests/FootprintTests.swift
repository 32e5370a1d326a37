import TestSupport
import Testing

@Suite("the footprint of a bet") struct FootprintTests {
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
    let text = try repository.bet("close", "search", "validated", "--yes", "--evidence", "yes").text
    #expect(
      text.contains("free to ship, as branches: bet/ranking\n") && !text.contains("still in"), "\(text)")
  }
}
