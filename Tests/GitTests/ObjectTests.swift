import Git
import TestSupport
import Testing

@Suite("objects") struct ObjectTests {
  @Test func `a commit has what git shows`() throws {
    let scratch = try Scratch()
    let first = try scratch.commit("one")
    let second = try scratch.commit("two\n\nbody\n\nKey: value", date: 1_700_000_100)
    let repository = try scratch.repository()
    let commit = try #require(try repository.commit(second))
    #expect(commit.parents == [first])
    #expect(commit.tree == ObjectID.emptyTree)
    #expect(commit.commitTime == 1_700_000_100)
    #expect(commit.author?.name == "A U Thor")
    #expect(commit.committer?.header == "C O Mitter <committer@example.com> 1700000100 +0000")
    #expect(String(decoding: commit.message, as: UTF8.self) == "two\n\nbody\n\nKey: value\n")
    #expect(commit.encoding == nil)
  }

  @Test func `absence is nil and another kind is an error`() throws {
    let scratch = try Scratch()
    let commit = try scratch.commit()
    let blob = try scratch.id("hash-object", "-w", "--stdin", input: "text")
    try scratch.git("tag", "-a", "-m", "x", "v1")
    try scratch.git("tag", "-a", "-m", "x", "v2", "v1")
    let tag = try scratch.id("rev-parse", "v2")
    let repository = try scratch.repository()
    let absent = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    #expect(try repository.commit(absent) == nil)
    #expect(try repository.kind(of: absent) == nil)
    #expect(try repository.peel(absent) == nil)
    #expect(try repository.kind(of: tag) == .tag)
    #expect(try repository.peel(tag) == commit)
    #expect(try repository.peel(blob) == blob)
    for id in [blob, tag] {
      let error = #expect(throws: GitError.self) { try repository.commit(id) }
      #expect(error?.code == .wrongKind)
    }
  }

  @Test(arguments: [
    ("author A <a> 1 +0000\ncommitter A <a> 99999999999999999999999 +0000\n\nm", Int64.max, true, false),
    ("author A 1 +0000\ncommitter A <a> 5 +0000\n\nm", 5, false, true),
    ("committer A <a> 5 +0000\n\nm", 0, false, true),
    ("author A <a> 1 +0000\n\nm", 0, true, false),
    ("author A <a> 1 +0000\ncommitter A <a> x> 7 +0000\n\nm", 7, true, true),
    ("\nm", 0, false, false),
  ])
  func `a malformed commit is still read`(
    _ rest: String, _ time: Int64, _ author: Bool, _ committer: Bool
  ) throws {
    let scratch = try Scratch()
    let id = try scratch.id(
      "hash-object", "-w", "-t", "commit", "--literally", "--stdin",
      input: "tree \(ObjectID.emptyTree)\n" + rest)
    let commit = try #require(try scratch.repository().commit(id))
    #expect(commit.commitTime == time)
    #expect((commit.author != nil) == author)
    #expect((commit.committer != nil) == committer)
    #expect(commit.message == Array("m".utf8))
  }

  @Test(arguments: [
    "", "tree", "parent 1\n\nm", "tree 4b825dc642cb6eb9a060e54bf8d69288fbee490z\n\nm",
    "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nparent 12\n\nm",
    "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nparent 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  ])
  func `a commit without ancestry is an error`(_ text: String) throws {
    let scratch = try Scratch()
    let id = try scratch.id("hash-object", "-w", "-t", "commit", "--literally", "--stdin", input: text)
    let error = #expect(throws: GitError.self) { try scratch.repository().commit(id) }
    #expect(error?.code == .corrupt)
  }

  @Test func `a message ends with the object, wherever that is`() throws {
    let scratch = try Scratch()
    for (text, message) in [("\n", ""), ("", ""), ("encoding x\n\n\n\na", "\n\na"), ("x", "")] {
      let id = try scratch.id(
        "hash-object", "-w", "-t", "commit", "--literally", "--stdin",
        input: "tree \(ObjectID.emptyTree)\n" + text)
      let commit = try #require(try scratch.repository().commit(id))
      #expect(String(decoding: commit.message, as: UTF8.self) == message)
    }
  }

  @Test func `a written commit is the one git writes`() throws {
    let scratch = try Scratch()
    let repository = try scratch.repository()
    let root = try repository.writeCommit(
      tree: .emptyTree, parents: [], author: writer, committer: writer, message: "one\n")
    let child = try repository.writeCommit(
      tree: .emptyTree, parents: [root], author: writer, committer: writer, message: "two\n\nKey: ü\n")
    let oracle = try scratch.run(
      ["-C", scratch.path, "commit-tree", "\(ObjectID.emptyTree)", "-p", "\(root)"], input: "two\n\nKey: ü\n",
      environment: [
        "GIT_COMMITTER_NAME": writer.name, "GIT_COMMITTER_EMAIL": writer.email,
        "GIT_COMMITTER_DATE": "1700000000 +0100", "GIT_AUTHOR_DATE": "1700000000 +0100",
      ])
    #expect(child.description == oracle)
    try scratch.git("fsck", "--strict")
    let absent = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    #expect(throws: GitError.self) {
      try repository.writeCommit(
        tree: .emptyTree, parents: [absent], author: writer, committer: writer, message: "x")
    }
    #expect(throws: GitError.self) {
      try repository.writeCommit(
        tree: .emptyTree, parents: [], author: writer, committer: writer, message: "a\u{0}b")
    }
  }
}
