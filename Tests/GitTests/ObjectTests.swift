import Git
import GitFormats
import Testing

@Suite struct `object ids` {
  @Test func `forty digits in either case are an id`() throws {
    let text = "4B825dc642cb6eb9a060e54bf8d69288fbee4904"
    #expect(ObjectID(hexBytes: text.utf8) == ObjectID.emptyTree)
    #expect(ObjectID(hexBytes: text.utf8)?.description == text.lowercased())
  }

  @Test(arguments: [
    "", "4b825d", "4b825dc642cb6eb9a060e54bf8d69288fbee49040", "xb825dc642cb6eb9a060e54bf8d69288fbee4904",
  ])
  func `anything else is none`(_ text: String) {
    #expect(ObjectID(hex: text) == nil)
  }

  @Test func `ids are ordered by their bytes`() throws {
    var dice = Dice(state: 1)
    let texts = (0..<200).map { _ in
      (0..<40).map { _ in String(Int.random(in: 0..<16, using: &dice), radix: 16) }.joined()
    }
    #expect(texts.compactMap { ObjectID(hex: $0) }.sorted().map(\.description) == texts.sorted())
    #expect(ObjectID.zero.isZero && !ObjectID.emptyTree.isZero)
    #expect(ObjectID.zero.description == String(repeating: "0", count: 40))
  }
}

@Suite struct `signatures` {
  @Test(arguments: ["Name <mail> 1700000000 +0100", "A U Thor <a@b.c> 0 -0330", " <x> 5 +0000"])
  func `an ident is read and written back`(_ ident: String) throws {
    let signature = try #require(Signature(ident: ident))
    #expect(signature.header == ident)
  }

  @Test(arguments: [
    "", "Name", "Name <mail>", "Name <mail> soon +0100", "Name <mail 1 +0000", "N <m> 1 0100",
    "N <m> 99999999999999999999 +0000",
  ])
  func `a malformed ident is none`(_ ident: String) {
    #expect(Signature(ident: ident) == nil)
  }

  @Test func `characters that would end a field are left out`() {
    let odd = Signature(name: "A\nB <C>", email: "a>\u{0}b", time: 1, offset: -90)
    #expect(odd.header == "AB C <ab> 1 -0130")
  }

  @Test func `git var is understood`() throws {
    let scratch = try Scratch()
    let ident = try scratch.git("var", "GIT_AUTHOR_IDENT")
    #expect(Signature(ident: ident)?.email == "author@example.com")
    #expect(Signature(ident: ident)?.header == ident)
  }
}

@Suite struct `objects` {
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

@Suite struct `the signature of a commit` {
  /// A commit with these lines between the committer and the message.
  private func commit(_ more: String, message: String = "m\n") throws -> RawCommit {
    let scratch = try Scratch()
    let text = """
      tree \(ObjectID.emptyTree)
      author A <a@b> 1 +0000
      committer C <c@d> 2 +0000
      \(more)
      """ + "\n" + message
    let id = try scratch.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", input: text)
    let oid = try #require(ObjectID(hex: id))
    return try #require(try scratch.repository().commit(oid))
  }

  @Test(
    arguments: [
      ("", nil), ("gpgsig a\n b\n \n c\n", "a\nb\n\nc\n"), ("encoding x\ngpgsig a\n", "a\n"),
      ("gpgsig a\n b\ngpgsig c\n", "a\nb\nc\n"), ("gpgsigs a\n", nil), ("gpgsig-sha256 a\n b\n", nil),
      ("mergetag x\n gpgsig a\n", nil), ("gpgsig a\nmergetag x\n y\n", "a\n"),
    ] as [(String, String?)])
  func `is what its header says`(lines: String, expected: String?) throws {
    let commit = try commit(lines)
    #expect(commit.isSigned == (expected != nil))
    #expect(commit.signature.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test func `is not what its message says`() throws {
    #expect(try !commit("", message: "m\n\ngpgsig a\n b\n").isSigned)
  }
}
