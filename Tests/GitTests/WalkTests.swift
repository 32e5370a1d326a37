import Git
import TestSupport
import Testing

/// A random history with merges, and which commit reaches which.
struct History {
  let scratch: Scratch
  let ids: [ObjectID]
  /// For each commit, itself and its ancestors.
  let closures: [Set<Int>]

  init(_ count: Int, dice: inout Dice, date: (Int, inout Dice) -> Int) throws {
    scratch = try Scratch()
    var stream = ""
    var closures: [Set<Int>] = []
    for number in 0..<count {
      var parents: [Int] = []
      if number > 0 && Int.random(in: 0..<20, using: &dice) > 0 {
        let near = max(0, number - 8)
        parents = (0..<[1, 1, 1, 2, 2, 5].randomElement(using: &dice)!)
          .map { _ in Int.random(in: near..<number, using: &dice) }
        parents = Array(Set(parents)).sorted()
      }
      closures.append(parents.reduce(into: [number]) { $0.formUnion(closures[$1]) })
      let who = "C O Mitter <c@example.com> \(date(number, &dice)) +0000"
      stream +=
        "commit refs/heads/c\(number)\nmark :\(number + 1)\ncommitter \(who)\ndata 3\nm\(number % 10)\n\n"
      for (place, parent) in parents.enumerated() {
        stream += "\(place == 0 ? "from" : "merge") :\(parent + 1)\n"
      }
      stream += "\n"
    }
    try scratch.git("fast-import", "--quiet", "--force", input: stream)
    let refs = try scratch.repository().references(under: "refs/heads/")
    var found: [String: ObjectID] = [:]
    for ref in refs { if case .direct(let id) = ref.target { found[ref.name] = id } }
    ids = try (0..<count).map { try #require(found["refs/heads/c\($0)"]) }
    self.closures = closures
  }

  func pick(_ most: Int, using dice: inout Dice) -> [Int] {
    (0..<Int.random(in: 1...most, using: &dice)).map { _ in Int.random(in: 0..<ids.count, using: &dice) }
  }

  func range(_ tips: [Int], _ hides: [Int]) -> Set<ObjectID> {
    let shown = tips.reduce(into: Set<Int>()) { $0.formUnion(closures[$1]) }
    let hidden = hides.reduce(into: Set<Int>()) { $0.formUnion(closures[$1]) }
    return Set(shown.subtracting(hidden).map { ids[$0] })
  }
}

@Suite("range walks") struct WalkTests {
  @Test(arguments: 1...6) func `a range is what rev-list lists`(_ seed: UInt64) throws {
    var dice = Dice(state: seed)
    let history = try History(80, dice: &dice) { number, _ in 1_700_000_000 + number * 10 }
    let reused = try RangeWalk(history.scratch.repository())
    for round in 0..<12 {
      let tips = history.pick(3, using: &dice)
      let hides = round % 4 == 0 ? [] : history.pick(6, using: &dice)
      let oracle = try history.scratch.run(
        ["-C", history.scratch.path, "rev-list"] + tips.map { "\(history.ids[$0])" } + ["--not"]
          + hides.map { "\(history.ids[$0])" })
      let expected = oracle.split(separator: "\n").map(String.init)
      let fresh = try RangeWalk(history.scratch.repository())
      for walk in [fresh, reused] {
        let commits = try walk.commits(
          from: tips.map { history.ids[$0] }, hiding: hides.map { history.ids[$0] })
        #expect(commits.map(\.id.description) == expected)
        #expect(commits.allSatisfy { $0.message.first == UInt8(ascii: "m") })
      }
    }
  }

  @Test(arguments: 1...6) func `where dates lie nothing is missing and ancestry is exact`(
    _ seed: UInt64
  ) throws {
    var dice = Dice(state: seed &* 77)
    let history = try History(80, dice: &dice) { _, dice in
      1_700_000_000 + Int.random(in: -500...500, using: &dice) * Int.random(in: 0...1000, using: &dice)
    }
    let walk = try RangeWalk(history.scratch.repository())
    for round in 0..<40 {
      let tips = history.pick(2, using: &dice)
      let hides = history.pick(5, using: &dice)
      let commits = try walk.commits(
        from: tips.map { history.ids[$0] }, hiding: hides.map { history.ids[$0] })
      let exact = history.range(tips, hides)
      #expect(exact.isSubset(of: commits.map(\.id)))
      #expect(Set(commits.map(\.id)).count == commits.count)
      var confirmed: Set<ObjectID> = []
      for commit in commits where try !walk.isReachable(commit.id, from: hides.map { history.ids[$0] }) {
        confirmed.insert(commit.id)
      }
      #expect(confirmed == exact)
      let (one, two) = (history.pick(1, using: &dice)[0], history.pick(1, using: &dice)[0])
      let answer = try walk.isReachable(history.ids[one], from: [history.ids[two]])
      #expect(answer == history.closures[two].contains(one))
      if round % 8 == 0 {
        let oracle = try history.scratch.attempt([
          "-C", history.scratch.path, "merge-base", "--is-ancestor", "\(history.ids[one])",
          "\(history.ids[two])",
        ])
        #expect(answer == (oracle.status == 0))
      }
    }
  }

  @Test func `a shallow clone ends where it was cut`() throws {
    let scratch = try Scratch()
    for number in 0..<6 { try scratch.commit("\(number)", date: 1_700_000_000 + number) }
    let clone = scratch.root + "/clone"
    try scratch.run(["clone", "-q", "--depth", "3", "file://" + scratch.path, clone])
    let repository = try Repository.open(at: clone, trust: .gitHasAgreed)
    #expect(repository.isShallow)
    #expect(try !scratch.repository().isShallow)
    let tip = try #require(try repository.resolve("HEAD"))
    let commits = try RangeWalk(repository).commits(from: [tip], hiding: [])
    let oracle = try scratch.run(["-C", clone, "rev-list", "HEAD"])
    #expect(commits.map(\.id.description) == oracle.split(separator: "\n").map(String.init))
    #expect(commits.count == 3)
    let tree = scratch.root + "/linked"
    try scratch.run(["-C", clone, "worktree", "add", "-q", tree])
    #expect(try Repository.open(at: tree, trust: .gitHasAgreed).isShallow)
  }

  @Test func `what is missing is an error only where it counts`() throws {
    let scratch = try Scratch()
    let first = try scratch.commit("one")
    let second = try scratch.commit("two", date: 1_700_000_001)
    let third = try scratch.commit("three", date: 1_700_000_002)
    let text = first.description
    let file = "/.git/objects/\(text.prefix(2))/\(text.dropFirst(2))"
    _ = try GitCommand.run(["-f", scratch.path + file], program: "rm")
    let repository = try scratch.repository()
    let error = #expect(throws: GitError.self) {
      try RangeWalk(repository).commits(from: [third], hiding: [])
    }
    #expect(error?.code == .notFound)
    let walk = try RangeWalk(repository)
    #expect(try walk.commits(from: [third], hiding: [second, first]).map(\.id) == [third])
    #expect(try walk.isReachable(second, from: [third]))
    #expect(throws: GitError.self) { try walk.commits(from: [first], hiding: []) }
  }

  @Test func `tags are followed, grafts and replace refs are not`() throws {
    let scratch = try Scratch()
    let first = try scratch.commit("one")
    let second = try scratch.commit("two", date: 1_700_000_001)
    try scratch.git("tag", "-a", "-m", "x", "v1", "\(first)")
    try scratch.git("tag", "-a", "-m", "x", "v2", "v1")
    try scratch.git("tag", "-a", "-m", "x", "tree", "HEAD^{tree}")
    try scratch.git("replace", "--graft", "\(second)")
    try scratch.git("commit-graph", "write", "--reachable")
    let walk = try RangeWalk(scratch.repository())
    #expect(try walk.commits(from: [second], hiding: []).map(\.id) == [second, first])
    let tag = try scratch.id("rev-parse", "v2")
    let tree = try scratch.id("rev-parse", "tree")
    #expect(try walk.commits(from: [second], hiding: [tag, tree]).map(\.id) == [second])
    #expect(try walk.commits(from: [tag], hiding: []).map(\.id) == [first])
    #expect(try walk.commits(from: [tag], hiding: [first]).isEmpty)
    #expect(throws: GitError.self) { try walk.commits(from: [tree], hiding: []) }
  }
}
