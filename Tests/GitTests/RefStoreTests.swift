import GitFormats
import TestSupport
import Testing

@testable import Git

/// One repository is asked again and again, while git changes what it has read.
@Suite struct RefStoreTests {
  private let scratch: Scratch
  private let ids: [ObjectID]

  init() throws {
    let scratch = try Scratch()
    self.scratch = scratch
    ids = try (0..<3).map { try scratch.commit("\($0)") }
  }

  /// What git says of one name: an id, or where a symbolic one leads.
  private func oracle(_ name: String, in tree: String) throws -> Repository.RefTarget? {
    let symbolic = try scratch.attempt(["-C", tree, "symbolic-ref", "-q", name])
    if symbolic.status == 0 { return .symbolic(symbolic.text) }
    let direct = try scratch.attempt(["-C", tree, "rev-parse", "-q", "--verify", name])
    return ObjectID(hex: direct.text).map { .direct($0) }
  }

  /// Holds every name, and the listings, against git.
  private func expectGit(
    _ names: [String], _ repository: Repository, in tree: String, after step: String = "",
    at location: SourceLocation = #_sourceLocation
  ) throws {
    for name in names {
      let expected = try oracle(name, in: tree)
      #expect(try repository.reference(name) == expected, "\(name) \(step)", sourceLocation: location)
    }
    let listing = try scratch.run(
      ["-C", tree, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/odd", "refs/bisect"])
    let own = try ["refs/bisect", "refs/heads", "refs/odd"].flatMap { try repository.references(under: $0) }
    #expect(
      own.map(\.name) == listing.split(separator: "\n").map(String.init), "\(step)",
      sourceLocation: location)
  }

  @Test func `each work tree has its own HEAD and bisection, and shares the rest, loose and packed`() throws {
    let linked = scratch.root + "/linked"
    try scratch.git("worktree", "add", "-q", "-b", "side", linked, "HEAD~1")
    let own = ["refs/bisect/bad", "refs/worktree/a", "refs/rewritten/b", "ORIG_HEAD"]
    for (tree, id) in [(scratch.path, ids[0]), (linked, ids[1])] {
      for name in own { try scratch.run(["-C", tree, "update-ref", name, "\(id)"]) }
    }
    try scratch.git("symbolic-ref", "refs/odd/HEAD", "refs/heads/side")
    try scratch.git("update-ref", "refs/odd/one", "\(ids[2])")
    let names =
      own + ["HEAD", "CHERRY_PICK_HEAD", "refs/heads/main", "refs/heads/side", "refs/heads/none"]
      + ["refs/odd/HEAD", "refs/odd/one", "refs/heads"]
    for tree in [scratch.path, linked] {
      let repository = try Repository.open(at: tree, trust: .gitHasAgreed)
      try expectGit(names, repository, in: tree)
      #expect(try repository.reference("refs/bisect/bad") != nil)
    }
    try scratch.git("pack-refs", "--all")
    for tree in [scratch.path, linked] {
      try expectGit(names, try Repository.open(at: tree, trust: .gitHasAgreed), in: tree)
    }
  }

  @Test(arguments: [1, 2, 3])
  func `whatever git changes in between is seen`(seed: UInt64) throws {
    let repository = try scratch.repository()
    let names = ["refs/odd/a", "refs/odd/b", "refs/odd/c", "HEAD", "refs/heads/main"]
    var dice = Dice(state: seed)
    for step in 0..<30 {
      let name = names[Int.random(in: 0..<3, using: &dice)]
      let id = "\(ids[Int.random(in: 0..<3, using: &dice)])"
      let command =
        switch Int.random(in: 0..<10, using: &dice) {
        case 0..<5: ["update-ref", "--no-deref", name, id]
        case 5: ["update-ref", "--no-deref", "-d", name]
        case 6: ["pack-refs", "--all", "--prune"]
        case 7: ["pack-refs", "--all", "--no-prune"]
        // One step each: git names the end of a chain of them.
        case 8: ["symbolic-ref", name, Bool.random(using: &dice) ? "refs/heads/main" : "refs/heads/none"]
        default: ["checkout", "-q", "--detach", id]
        }
      // To delete what is not there is refused, and changes nothing.
      _ = try scratch.attempt(["-C", scratch.path] + command)
      for name in names {
        let expected = try oracle(name, in: scratch.path)
        #expect(try repository.reference(name) == expected, "\(step): \(command) \(name)")
      }
    }
  }

  @Test func `a file that is rewritten at once, in its place and as long as before, is read again`() throws {
    let repository = try scratch.repository()
    try scratch.git("update-ref", "refs/odd/a", "\(ids[0])")
    try scratch.git("pack-refs", "--all")
    for round in 0..<60 {
      let id = ids[round % 3]
      try scratch.write("\(id)\n", to: "repository/.git/refs/odd/loose")
      #expect(try repository.reference("refs/odd/loose") == .direct(id))
      try scratch.write("\(id) refs/odd/a\n", to: "repository/.git/packed-refs")
      #expect(try repository.reference("refs/odd/a") == .direct(id))
      #expect(try repository.references(under: "refs/odd").map(\.target) == [.direct(id), .direct(id)])
    }
  }

  @Test func `a folder in a reference's place hides only a loose one`() throws {
    let repository = try scratch.repository()
    try scratch.git("update-ref", "refs/odd/x", "\(ids[0])")
    try scratch.git("update-ref", "refs/odd/packed", "\(ids[1])")
    #expect(try repository.reference("refs/odd/x") == .direct(ids[0]))
    try scratch.git("update-ref", "-d", "refs/odd/x")
    try scratch.git("update-ref", "refs/odd/x/y", "\(ids[2])")
    try expectGit(["refs/odd/x", "refs/odd/x/y", "refs/odd/x/y/z"], repository, in: scratch.path)
    try scratch.git("pack-refs", "--all")
    _ = try GitCommand.run(["-p", scratch.path + "/.git/refs/odd/packed/in"], program: "mkdir")
    #expect(try repository.reference("refs/odd/packed") == .direct(ids[1]))
    try expectGit(["refs/odd/packed", "refs/odd/x/y"], repository, in: scratch.path)
  }

  @Test func `one that this program moves is read as it stands`() throws {
    let repository = try scratch.repository()
    var old: ObjectID?
    for round in 0..<20 {
      let id = ids[round % 3]
      try repository.updateReference("refs/odd/x", to: id, expecting: old, message: "m", by: writer)
      #expect(try repository.reference("refs/odd/x") == .direct(id))
      old = id
    }
  }

  @Test(arguments: [
    "", "/", "refs//x", "/refs/x", "refs/x/", "refs/.x", "refs/x.lock", "refs/x..y", "refs/x y", "refs/x~",
    "refs/x^", "refs/x:", "refs/x?", "refs/x*", "refs/[x", "refs/x\\", "refs/@{", "refs/x.", "refs/\u{7f}",
    "refs/../config", "refs/x\n",
  ])
  func `a name that git refuses is no question`(_ name: String) throws {
    #expect(try scratch.attempt(["check-ref-format", name]).status == 1)
    let error = #expect(throws: GitError.self) { try scratch.repository().reference(name) }
    #expect(error?.code == .invalidName)
    #expect(throws: GitError.self) { try scratch.repository().reference("refs/heads/main\u{0}x") }
  }

  @Test func `a list of thousands is found by halves, sorted or not`() throws {
    let names = (0..<3000).map { "refs/odd/\($0 % 7)/\($0)" }
    let lines = names.enumerated().map { "\(ids[$0.offset % 3]) \($0.element)\n^\(ids[0])" }
    for order in [lines.reversed(), lines.sorted { $0.dropFirst(40) < $1.dropFirst(40) }] {
      try scratch.write(
        "# pack-refs with: peeled fully-peeled sorted\n" + order.joined(separator: "\n") + "\n",
        to: "repository/.git/packed-refs")
      let repository = try scratch.repository()
      for place in stride(from: 0, to: 3000, by: 97) {
        #expect(try repository.reference(names[place]) == .direct(ids[place % 3]))
        #expect(try repository.reference(names[place] + "0000") == nil)
      }
      for folder in ["refs/odd/3/", "refs/odd/"] {
        #expect(
          try repository.references(under: folder).map(\.name)
            == names.filter { $0.hasPrefix(folder) }.sorted())
      }
    }
  }

  /// Lines of references and of what tags name, enough of them to be mapped.
  private func sortedLines() -> [String] {
    (0..<900).map { "refs/odd/\($0 % 7)/\($0)" }.sorted {
      Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
    }
    .enumerated().map { "\(ids[$0.offset % 3]) \($0.element)\n" + ($0.offset % 5 == 0 ? "^\(ids[0])\n" : "") }
  }

  private func writePacked(_ lines: [String]) throws {
    try scratch.write(
      "# pack-refs with: peeled fully-peeled sorted \n" + lines.joined(), to: "repository/.git/packed-refs")
  }

  @Test(arguments: [0, 1, 2, 3, 30, 900]) func `what git has packed is found and listed as git does`(
    count: Int
  ) throws {
    try writePacked(Array(sortedLines().prefix(count)))
    let listing = try scratch.git("for-each-ref", "--format=%(objectname) %(refname)", "refs/odd")
    let oracle = listing.split(separator: "\n").map(String.init)
    let repository = try scratch.repository()
    #expect(oracle.count == count)
    let listed = try repository.references(under: "refs/odd")
    #expect(
      try listed.map { "\(try #require(try repository.resolve($0.name))) \($0.name)" } == oracle)
    let names = Set(listed.map(\.name))
    for name in names {
      for other in [name, "\(name)0", "\(name)/x", String(name.dropLast())] where !other.hasSuffix("/") {
        #expect(try (repository.reference(other) != nil) == names.contains(other), "\(other)")
      }
    }
    #expect(try repository.reference("refs/aaa") == nil && repository.reference("refs/zzz") == nil)
    #expect(try repository.references(under: "refs/odd/9").isEmpty)
  }

  /// Somebody has added a line by hand, or moved many: git, which takes the header at its word, may find none of them.
  @Test(arguments: ["at the end", "the other way round", "in any order", "a remark"])
  func `a header that lies about the order hides no reference`(_ lie: String) throws {
    var dice = Dice(state: 3)
    var lines = sortedLines()
    switch lie {
    case "at the end": lines.append(lines.remove(at: 400))
    case "the other way round": lines.reverse()
    case "in any order": lines.shuffle(using: &dice)
    default: lines.insert("# a remark\n\n", at: 450)
    }
    try writePacked(lines)
    let names = sortedLines().map { String($0.dropFirst(41).prefix { $0 != "\n" }) }
    let repository = try scratch.repository()
    for name in [names[400]] + names.shuffled(using: &dice) {
      #expect(try repository.reference(name) != nil, "\(name)")
    }
    #expect(try scratch.repository().references(under: "refs/odd/").map(\.name) == names)
    for folder in 0..<7 {
      let listed = try scratch.repository().references(under: "refs/odd/\(folder)").map(\.name)
      #expect(listed == names.filter { $0.hasPrefix("refs/odd/\(folder)/") })
    }
  }

  @Test func `two neighbours in the wrong order are told by whoever lists their folder`() throws {
    var lines = sortedLines()
    lines.swapAt(450, 451)
    try writePacked(lines)
    let listed = try scratch.repository().references(under: "refs/odd").map { Array($0.name.utf8) }
    #expect(listed.count == 900 && listed == listed.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func `what is mapped stays as it was when git writes the file anew`() throws {
    try writePacked(sortedLines())
    let repository = try scratch.repository()
    let file = try #require(try File.mapped(scratch.path + "/.git/packed-refs", limit: 1 << 20))
    let before = Array(file.bytes.bytes)
    #expect(try repository.reference("refs/odd/0/0") != nil)
    try scratch.git("update-ref", "-d", "refs/odd/0/0")
    #expect(Array(file.bytes.bytes) == before)
    #expect(try repository.reference("refs/odd/0/0") == nil)
    #expect(try repository.reference("refs/odd/1/1") != nil)
  }

  @Test func `a folder's fingerprint is another one whenever something in it has changed, and only then`()
    throws
  {
    let tree = scratch.root + "/fingerprint"
    try scratch.run(["init", "-q", tree])
    func git(_ arguments: String...) throws { try scratch.run(["-C", tree] + arguments) }
    try git("fetch", "-q", scratch.path, "+HEAD:refs/keep/head")
    let (one, other) = (ids[0].hex, ids[1].hex)
    try scratch.run([
      "-C", tree, "fetch", "-q", scratch.path, "\(one):refs/keep/one", "\(other):refs/keep/other",
    ])
    func fingerprint() throws -> UInt64 {
      try Repository.open(at: tree, trust: .gitHasAgreed).fingerprint(ofReferencesUnder: "refs/bets/")
    }
    func isEmpty() throws -> Bool {
      try Repository.open(at: tree, trust: .gitHasAgreed).hasNoReferences(under: "refs/bets/")
    }
    var seen: [UInt64] = [try fingerprint()]
    #expect(try isEmpty())
    for step in [
      ["update-ref", "refs/bets/a", one], ["update-ref", "refs/bets/a", other],
      ["update-ref", "refs/bets/b", one],
      ["pack-refs", "--all"], ["update-ref", "refs/bets/a", one], ["pack-refs", "--all"],
      ["update-ref", "-d", "refs/bets/b"], ["symbolic-ref", "refs/bets/c", "refs/bets/a"],
    ] {
      try scratch.run(["-C", tree] + step)
      let now = try fingerprint()
      #expect(!seen.contains(now), "\(step)")
      seen.append(now)
      #expect(try !isEmpty(), "\(step)")
      // What is beside it is nobody's business here.
      try git("update-ref", "refs/bets-remote/origin/a", one)
      try git("update-ref", "refs/bet", other)
      #expect(try fingerprint() == now, "\(step)")
    }
    try git("symbolic-ref", "-d", "refs/bets/c")
    try git("update-ref", "-d", "refs/bets/a")
    #expect(try isEmpty() && fingerprint() == seen[0])
  }
}
