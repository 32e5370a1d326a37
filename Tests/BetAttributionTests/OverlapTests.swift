import BetAttribution
import TestSupport
import Testing

struct OverlapTests {
  private let others = OverlapScene.lines("o", 1...10)
  private let bets = OverlapScene.lines("b", 1...6)

  /// A file of ten lines, and six of the bet's after the fifth.
  private func scene() throws -> OverlapScene {
    var scene = try OverlapScene(["file": others, "other": others])
    try scene.betCommit(["file": text(bets)])
    return scene
  }

  private func text(_ middle: String) -> String {
    OverlapScene.lines("o", 1...5) + middle + OverlapScene.lines("o", 6...10)
  }

  @Test func `replaced and deleted lines count, and only the bet's`() throws {
    let scene = try scene()
    try scene.commit(["file": text(OverlapScene.lines("b", 3...6)).replacing("word o 6\n", with: "new\n")])
    #expect(try scene.found() == ["file: 2/0"])
    try scene.commit(["file": text(OverlapScene.lines("b", 3...6)).replacing("word o", with: "other")])
    #expect(try scene.found() == [])
    try scene.commit(["file": "all is new\n"])
    #expect(try scene.found() == ["file: 4/0"])
  }

  @Test func `an insertion counts between two of the bet's lines, not beside them`() throws {
    let scene = try scene()
    try scene.commit(["file": text(bets.replacing("word b 3\n", with: "new one\nword b 3\n"))])
    #expect(try scene.found() == ["file: 0/1"])
    try scene.commit([
      "file": text("above\n" + bets.replacing("word b 3\n", with: "new one\nword b 3\n") + "below\n")
    ])
    #expect(try scene.found() == [])
  }

  @Test func `a deleted file gives up all its lines, a new one none`() throws {
    let scene = try scene()
    try scene.git.git("rm", "-q", "file")
    try scene.commit(["new": bets])
    #expect(try scene.found() == ["file: 6/0"])
  }

  @Test func `one line counts only when the work is about little else`() throws {
    let scene = try scene()
    let one = bets.replacing("word b 3", with: "changed")
    try scene.commit(["file": text(one)])
    #expect(try scene.found() == ["file: 1/0"])
    try scene.git.git("revert", "--no-edit", "HEAD")
    try scene.commit(["file": text(one).replacing("word o 1", with: "changed"), "other": "nothing left\n"])
    #expect(try scene.found() == [])
  }

  @Test func `brackets, blank lines and imports are nobody's`() throws {
    var scene = try OverlapScene(["file": others])
    try scene.betCommit(["file": text("#include \"a.h\"\n\n  }\n} else {\nreturn 0;\n" + bets)])
    try scene.commit(["file": text("#include \"b.h\"\n\t\n}\n} else\n\treturn 1;\n" + bets)])
    #expect(try scene.found() == [])
  }

  @Test func `a pure move touches nothing, an edited one what was edited`() throws {
    let scene = try scene()
    try scene.git.git("mv", "file", "moved")
    try scene.commitAll()
    #expect(try scene.found() == [])
    try scene.git.git("mv", "moved", "again")
    try scene.commit(["again": text(OverlapScene.lines("b", 1...3) + "new\n")])
    #expect(try scene.found() == ["moved: 3/0"])
  }

  @Test(arguments: [false, true]) func `the bet's lines are found where somebody moved them`(isEdited: Bool)
    throws
  {
    let scene = try scene()
    try scene.git.git("mv", "file", "moved")
    if isEdited { try scene.git.write("moved", text(bets) + "one more\n") }
    try scene.commitAll()
    try scene.commit(["moved": text("")])
    #expect(try scene.found() == ["moved: 6/0"])
  }

  @Test func `the bet's own renames are followed, whatever it edits on the way`() throws {
    var scene = try scene()
    try scene.git.git("mv", "file", "moved")
    try scene.git.write("moved", text(bets) + "word b 7\n")
    try scene.betCommitAll()
    try scene.betCommit(["moved": text(bets) + "word b 7\nword b 8\n"])
    #expect(try Territory(of: scene.bet, in: scene.repository()).rows.count == 3)
    try scene.commit(["moved": others])
    #expect(try scene.found() == ["moved: 8/0"])
  }

  @Test func `a file that was there already is nobody's continuation`() throws {
    var scene = try OverlapScene(["file": others, "copy": text(bets)])
    try scene.betCommit(["file": text(bets)])
    try scene.git.git("rm", "-q", "file")
    try scene.commitAll()
    try scene.commit(["copy": others])
    #expect(try scene.found() == [])
  }

  @Test func `modes, links and submodules have no lines`() throws {
    var scene = try OverlapScene(["file": others])
    try scene.run("ln", "-s", "file", "link")
    let head = try scene.git.id("HEAD")
    try scene.git.git("update-index", "--add", "--cacheinfo", "160000,\(head),module")
    try scene.git.git("add", "link")
    try scene.git.git("commit", "-qm", "bet's")
    let own = try #require(ObjectID(hex: try scene.git.id("HEAD")))
    #expect(try Territory(of: [own], in: scene.repository()).rows == [])

    scene = try self.scene()
    try scene.git.git("update-index", "--chmod=+x", "file")
    try scene.git.git("commit", "-qm", "mode")
    #expect(try scene.found() == [])
    // A file that becomes a link gives up its lines.
    try scene.run("ln", "-sf", "other", "file")
    try scene.commitAll()
    #expect(try scene.found() == ["file: 6/0"])
  }

  @Test func `who only indents a line or ends it otherwise has not rewritten it`() throws {
    let scene = try scene()
    try scene.commit(["file": text(bets).replacing("\n", with: "\r\n")])
    #expect(try scene.found() == [])
    try scene.commit(["file": text(bets).replacing("word b", with: "\tword  b")])
    #expect(try scene.found() == [])
    // Nor has a bet that does so brought the line.
    var indented = try OverlapScene(["file": others])
    try indented.betCommit(["file": others.replacing("word", with: "  word") + "word b 1\nword b 2"])
    try indented.commit(["file": others + "word b 1\nword b 2\n"])
    #expect(try indented.found() == [])
    try indented.commit(["file": "all is new\n"])
    #expect(try indented.found() == ["file: 2/0"])
  }

  @Test func `binary and large files are said not to be judged`() throws {
    var scene = try OverlapScene(["file": "a\u{0}b\n", "large": "x\n"])
    let large = String(repeating: "some words\n", count: 60_000)
    try scene.betCommit(["file": "a\u{0}c\n", "large": large])
    try scene.commit(["file": "a\u{0}d\n", "large": large + "more\n"])
    #expect(try scene.found() == ["file: binary", "large: too large"])
  }

  @Test func `a missing blob is said not to be judged, and is not fetched`() throws {
    let scene = try scene()
    try scene.commit(["file": others])
    let blob = try scene.git.id("HEAD^:file")
    try scene.run("rm", "-f", ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    #expect(try scene.found() == ["file: missing"])
  }

  @Test func `work that is too much is given up, and said so`() throws {
    let scene = try scene()
    try scene.commit(["file": others])
    let report = try scene.report(limit: 1500)
    #expect(report.overlaps.isEmpty)
    #expect(report.unjudged.map(\.reason) == [.tooMuch])
  }

  @Test func `generated, vendored, locked and ignored files are left out`() throws {
    let paths = ["gen/a.c", "vendor/a.c", "Cargo.lock", "skip/a.c", "kept.c"]
    var scene = try OverlapScene(Dictionary(uniqueKeysWithValues: paths.map { ($0, others) }))
    try scene.betCommit(Dictionary(uniqueKeysWithValues: paths.map { ($0, bets) }))
    try scene.commit([
      ".gitattributes": "gen/** linguist-generated\n",
      "vendor/.gitattributes": "*.c linguist-vendored=true\n",
    ])
    try scene.commit(Dictionary(uniqueKeysWithValues: paths.map { ($0, "nothing left\n") }))
    #expect(try scene.found(scope: OverlapScope(ignoring: ["/skip/"])) == ["kept.c: 6/0"])
  }
}
