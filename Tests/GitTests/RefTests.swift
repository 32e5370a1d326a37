import Git
import Testing

@Suite("references") struct RefTests {
  @Test func `HEAD is a branch, unborn, or a commit`() throws {
    let scratch = try Scratch()
    let repository = try scratch.repository()
    #expect(try repository.head() == .unborn("refs/heads/main"))
    let id = try scratch.commit()
    #expect(try repository.head() == .branch("refs/heads/main", id))
    try scratch.git("checkout", "-q", "--detach")
    #expect(try repository.head() == .detached(id))
  }

  @Test func `a reference is direct, symbolic or absent`() throws {
    let scratch = try Scratch()
    let id = try scratch.commit()
    try scratch.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/main")
    try scratch.git("symbolic-ref", "refs/heads/nowhere", "refs/heads/gone")
    try scratch.git("symbolic-ref", "refs/heads/loop", "refs/heads/pool")
    try scratch.git("symbolic-ref", "refs/heads/pool", "refs/heads/loop")
    let repository = try scratch.repository()
    #expect(try repository.reference("refs/heads/main") == .direct(id))
    #expect(try repository.reference("refs/remotes/origin/HEAD") == .symbolic("refs/heads/main"))
    #expect(try repository.reference("refs/heads/none") == nil)
    #expect(try repository.resolve("refs/remotes/origin/HEAD") == id)
    #expect(try repository.resolve("refs/heads/nowhere") == nil)
    let loop = #expect(throws: GitError.self) { try repository.resolve("refs/heads/loop") }
    #expect(loop?.code == .tooDeep)
    let name = #expect(throws: GitError.self) { try repository.reference("refs/../config") }
    #expect(name?.code == .invalidName)
  }

  @Test func `the listing is git's, loose and packed`() throws {
    let scratch = try Scratch()
    let ids = try (0..<4).map { try scratch.commit("\($0)") }
    let names = ["z", "a/b", "a-b", "a.b", "feature/deep/er", "é", "e\u{301}", "x"]
    for (place, name) in names.enumerated() {
      try scratch.git("update-ref", "refs/remotes/origin/\(name)", "\(ids[place % 4])")
    }
    try scratch.git("update-ref", "refs/remotes/other/x", "\(ids[0])")
    try scratch.git("tag", "-a", "-m", "x", "annotated")
    try scratch.git("update-ref", "refs/remotes/origin/tag", "annotated")
    let check = {
      let oracle = try scratch.git(
        "for-each-ref", "--format=%(objectname) %(refname) %(symref)", "refs/remotes/origin/")
      let listed = try scratch.repository().references(under: "refs/remotes/origin/")
      let lines = try listed.map { ref in
        switch ref.target {
        case .direct(let id): "\(id) \(ref.name) "
        case .symbolic(let name):
          "\(try #require(try scratch.repository().resolve(ref.name))) \(ref.name) \(name)"
        }
      }
      #expect(lines == oracle.split(separator: "\n").map(String.init))
      #expect(!lines.isEmpty)
    }
    try check()
    try scratch.git("pack-refs", "--all")
    try check()
    try scratch.git("update-ref", "refs/remotes/origin/x", "\(ids[0])")
    try scratch.git("update-ref", "refs/remotes/origin/new", "\(ids[1])")
    try scratch.git("update-ref", "-d", "refs/remotes/origin/z")
    try scratch.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/x")
    try scratch.write("", to: "repository/.git/refs/remotes/origin/y.lock")
    try check()
    #expect(try scratch.repository().references(under: "refs/none/") == [])
    #expect(throws: GitError.self) { try scratch.repository().references(under: "refs/../") }
  }

  @Test(arguments: [
    "", "\u{0}\u{0}", "4b825d", "ref: ", "ref: a b", "0000000000000000000000000000000000000000\n",
  ])
  func `a broken file is an error that names the reference`(_ content: String) throws {
    let scratch = try Scratch()
    try scratch.commit()
    try scratch.git("update-ref", "refs/odd/one", "HEAD")
    try scratch.write(content, to: "repository/.git/refs/odd/two")
    if content.contains("\u{0}") {
      _ = try GitCommand.run(["-s", "20", scratch.path + "/.git/refs/odd/two"], program: "truncate")
    }
    let repository = try scratch.repository()
    let error = #expect(throws: GitError.self) { try repository.references(under: "refs/odd/") }
    #expect(error?.message.contains("refs/odd/two") == true)
    let alone = #expect(throws: GitError.self) { try repository.reference("refs/odd/two") }
    #expect(alone?.message.contains("refs/odd/two") == true)
  }

  @Test func `pipes and links to folders are errors and not traps`() throws {
    let scratch = try Scratch()
    try scratch.commit()
    try scratch.git("update-ref", "refs/odd/one", "HEAD")
    for command in ["ln -s .. loop", "mkfifo pipe"] {
      _ = try GitCommand.run(["-c", "cd '\(scratch.path)/.git/refs/odd' && \(command)"], program: "sh")
      #expect(throws: GitError.self) { try scratch.repository().references(under: "refs/odd/") }
      _ = try GitCommand.run(["-f", scratch.path + "/.git/refs/odd/loop"], program: "rm")
    }
    _ = try GitCommand.run(["-f", scratch.path + "/.git/refs/odd/pipe"], program: "rm")
    #expect(try scratch.repository().references(under: "refs/odd/").count == 1)
  }

  @Test func `a line of packed-refs that is none is an error`() throws {
    let scratch = try Scratch()
    try scratch.commit()
    try scratch.git("pack-refs", "--all")
    try scratch.write("garbage\n", to: "repository/.git/packed-refs")
    #expect(throws: GitError.self) { try scratch.repository().references(under: "refs/heads/") }
  }

  @Test(arguments: [[], ["--bare"]])
  func `each update leaves a line in the reflog`(_ arguments: [String]) throws {
    let scratch = arguments.isEmpty ? try Scratch() : try Scratch("--bare")
    for setting in ["true", "false", "always", ""] {
      if setting.isEmpty {
        _ = try scratch.attempt(["-C", scratch.path, "config", "--unset", "core.logAllRefUpdates"])
      } else {
        try scratch.git("config", "core.logAllRefUpdates", setting)
      }
      let repository = try scratch.repository()
      let name = "refs/odd/x\(setting)"
      let one = try repository.writeCommit(
        tree: .emptyTree, parents: [], author: writer, committer: writer, message: "one")
      let two = try repository.writeCommit(
        tree: .emptyTree, parents: [one], author: writer, committer: writer, message: "two")
      try repository.updateReference(name, to: one, expecting: nil, message: "first", by: writer)
      try repository.updateReference(name, to: two, expecting: one, message: "second\nline", by: writer)
      let log = try scratch.git("reflog", "show", "--format=%H %gn %ge %gs", name)
      #expect(
        log == """
          \(two) A U Thor author@example.com second line
          \(one) A U Thor author@example.com first
          """, "core.logAllRefUpdates=\(setting)")
    }
  }

  @Test func `a writer that expects something else changes nothing`() throws {
    let scratch = try Scratch()
    let one = try scratch.commit("one")
    let two = try scratch.commit("two")
    let repository = try scratch.repository()
    try repository.updateReference("refs/odd/x", to: one, expecting: nil, message: "m", by: writer)
    for expected in [nil, two] {
      let error = #expect(throws: GitError.self) {
        try repository.updateReference("refs/odd/x", to: two, expecting: expected, message: "m", by: writer)
      }
      #expect(error?.code == .modified)
      #expect(try repository.reference("refs/odd/x") == .direct(one))
    }
    let gone = #expect(throws: GitError.self) {
      try repository.updateReference("refs/odd/new", to: two, expecting: one, message: "m", by: writer)
    }
    #expect(gone != nil)
    #expect(try repository.reference("refs/odd/new") == nil)
    try scratch.write("", to: "repository/.git/refs/odd/x.lock")
    let locked = #expect(throws: GitError.self) {
      try repository.updateReference("refs/odd/x", to: two, expecting: one, message: "m", by: writer)
    }
    #expect(locked?.code == .locked)
  }

  @Test func `of several writers of one new reference one wins`() async throws {
    let scratch = try Scratch()
    let ids = try (0..<4).map { try scratch.commit("\($0)") }
    let path = scratch.path
    for round in 0..<25 {
      let winners = try await withThrowingTaskGroup(of: ObjectID?.self) { group in
        for id in ids {
          group.addTask {
            let repository = try Repository.open(at: path, trust: .gitHasAgreed)
            do throws(GitError) {
              try repository.updateReference(
                "refs/odd/\(round)", to: id, expecting: nil, message: "m", by: writer)
              return id
            } catch {
              #expect(error.code == .modified || error.code == .locked, "\(error)")
              return nil
            }
          }
        }
        return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
      }
      #expect(winners.count <= 1)
      if let winner = winners.first {
        #expect(try scratch.id("rev-parse", "refs/odd/\(round)") == winner)
        #expect(try scratch.git("reflog", "refs/odd/\(round)").split(separator: "\n").count == 1)
      }
    }
  }
}
