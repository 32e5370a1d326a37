import Git
import TestSupport
import Testing

@Suite("what commits change") struct ChangesTests {
  private let git: TestRepository

  init() throws { git = try TestRepository() }

  private func id(_ revision: String) throws -> String? {
    let repository = try Repository.open(at: git.path, trust: .gitHasAgreed)
    let oid = try #require(ObjectID(hex: git.id(revision)))
    let commit = try #require(try repository.commit(oid))
    let changes = Changes(repository)
    return try changes.step(of: commit).flatMap { try changes.id(of: $0) }?.hex
  }

  private func expected(_ revision: String) throws -> String? {
    let diff = try git.git("diff-tree", "-r", "-p", "--root", "--full-index", "--no-renames", revision)
    let line = try git.git(["patch-id", "--verbatim"], input: diff.out).text
    return line.split(separator: " ").first.map { String($0) }
  }

  @Test func `are told by git's own patch ids`() throws {
    try git.commit("root\n", file: "a", content: "1\n2\n3\n")
    try git.commit("text\n", file: "a", content: "1\n2 \n3\n4")
    try git.commit("binary\n", file: "b", content: "x\0y\n")
    try git.commit("changed\n", file: "b", content: "x\0z\n")
    try git.commit("odd name\n", file: "späce \"name\t", content: "x\n")
    try git.git("mv", "a", "moved")
    try git.git("commit", "-qm", "moved")
    try git.git("update-index", "--chmod=+x", "moved")
    try git.git("commit", "-qm", "mode")
    try git.git("rm", "-q", "b")
    try git.git("commit", "-qm", "gone")
    for revision in try git.git("rev-list", "HEAD").text.split(separator: "\n") {
      let own = try id(String(revision))
      #expect(try own != nil && own == expected(String(revision)), "\(revision)")
    }
  }

  @Test func `are nothing where nothing changes`() throws {
    try git.commit("root\n", file: "a", content: "1\n")
    try git.git("commit", "-q", "--allow-empty", "-m", "empty")
    #expect(try id("HEAD") == nil)
  }

  @Test func `are the same elsewhere, and others when a blank differs`() throws {
    try git.commit("root\n", file: "a", content: "1\n")
    try git.git("switch", "-q", "-c", "topic")
    try git.commit("one\n", file: "x", content: "x\n")
    try git.git("switch", "-q", "main")
    try git.commit("other\n", file: "b", content: "1\n")
    try git.git("cherry-pick", "topic")
    #expect(try id("HEAD") == id("topic"))
    try git.git("reset", "-q", "--hard", "HEAD~")
    try git.commit("one\n", file: "x", content: " x\n")
    #expect(try id("HEAD") != id("topic"))
  }

  @Test func `are told whatever the configuration and the attributes are`() throws {
    try git.commit("root\n", file: "a.txt", content: "1\n")
    try git.commit("one\n", file: "a.txt", content: "2\n")
    let before = try id("HEAD")
    for (key, value) in [
      ("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("diff.context", "0"),
      ("diff.algorithm", "patience"), ("core.quotePath", "false"), ("diff.external", "false"),
      ("color.ui", "always"),
    ] { try git.git("config", key, value) }
    try git.write(".gitattributes", "*.txt -diff\n")
    #expect(try id("HEAD") == before)
  }

  @Test func `are asked for many at a time with the same answers`() throws {
    try git.commit("root\n", file: "a", content: "1\n")
    for number in 0..<5 { try git.commit("c\n", file: "a", content: "\(number)\n") }
    let repository = try Repository.open(at: git.path, trust: .gitHasAgreed)
    let changes = Changes(repository)
    let ids = try git.git("rev-list", "HEAD").text.split(separator: "\n").compactMap { ObjectID(hex: $0) }
    let steps = try ids.compactMap { try repository.commit($0).flatMap { try changes.step(of: $0) } }
    try changes.find(steps)
    for (id, step) in zip(ids, steps) { #expect(try changes.id(of: step)?.hex == expected(id.hex)) }
  }
}
