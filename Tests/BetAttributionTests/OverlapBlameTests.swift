import BetAttribution
import TestSupport
import Testing

/// Histories made by dice: `git blame` says whose lines the work takes away.
struct OverlapBlameTests {
  @Test(arguments: 1...6) func `the lines are those that git blame gives to the bet`(seed: Int) throws {
    var history = try BlameHistory(seed: UInt64(seed))
    for _ in 0..<24 { try history.step() }
    let before = try history.git.id("HEAD")
    let deleted = try history.deleteSome()

    var expected: Set<String> = []
    for (path, lines) in deleted {
      expected.formUnion(try history.blamed(path, lines, at: before))
    }
    let repository = try Repository.open(at: history.git.path, trust: .gitHasAgreed)
    let id = try #require(OverlapScene.bet)
    let territory = try Territory(of: history.bet, in: repository)
    let head = try #require(ObjectID(hex: try history.git.id("HEAD")))
    let work = try #require(try repository.commit(head))
    let report = try OverlapFinder(repository, territories: [id: territory]).overlaps(of: [work])
    var found: Set<String> = []
    for overlap in report.overlaps {
      for (commit, lines) in overlap.rewritten {
        for line in lines.ranges.joined() { found.insert("\(commit) \(line)") }
      }
    }
    #expect(report.unjudged.isEmpty)
    #expect(!expected.isEmpty)
    #expect(found == expected)
  }
}

/// A repository in which every line is the only one of its kind, so that nobody can mistake it.
private struct BlameHistory {
  let git: TestRepository
  var bet: [ObjectID] = []
  private var dice: Dice
  private var serial = 0
  private var names = 0

  init(seed: UInt64) throws {
    git = try TestRepository()
    dice = Dice(state: seed)
    // Long enough that half of each file is left in the end, whatever it is called by then.
    for name in ["a", "src/b", "src/c"] { try git.write(name, (0..<120).map { _ in newLine() }.joined()) }
    try git.git("add", "-A")
    try git.commit("start\n")
  }

  private mutating func newLine() -> String {
    serial += 1
    return "line number \(serial)\n"
  }

  private func files() throws -> [String] {
    try git.git("ls-files").text.split(separator: "\n").map(String.init)
  }

  /// One commit or more: edits, sometimes a rename, sometimes on a branch that is merged.
  mutating func step() throws {
    if dice.chance(30) {
      try git.git("checkout", "-qb", "side")
      try change()
      try git.git("checkout", "-q", "main")
      try change()
      // Where both sides changed the same place one of them gives way: no line comes from the merge itself.
      try git.git("merge", "-q", "--no-edit", "-X", "ours", "side")
      try git.git("branch", "-qD", "side")
    } else {
      try change()
    }
  }

  private mutating func change() throws {
    for path in try files() where dice.chance(50) {
      var lines = try git.read(path).split(separator: "\n").map { "\($0)\n" }
      for _ in 0..<dice.pick([1, 2, 3]) {
        let place = Int.random(in: 0...lines.count, using: &dice)
        let gone = min(dice.pick([0, 0, 1, 2]), lines.count - place)
        let new = (0..<dice.pick([0, 1, 2, 3])).map { _ in newLine() }
        lines.replaceSubrange(place..<(place + gone), with: new)
      }
      try git.write(path, lines.joined())
    }
    // On a branch two sides could rename one file to two.
    if dice.chance(15), try git.git("branch", "--show-current").text == "main\n" {
      names += 1
      let files = try files()
      try git.git("mv", dice.pick(files), "moved\(names)")
    }
    try git.git("add", "-A")
    let id = try git.commit("a change\n")
    if dice.chance(35), let id = ObjectID(hex: id) { bet.append(id) }
  }

  /// Takes about half of all lines away; returns their numbers.
  mutating func deleteSome() throws -> [String: [Int]] {
    var deleted: [String: [Int]] = [:]
    for path in try files() {
      let lines = try git.read(path).split(separator: "\n").map { "\($0)\n" }
      let gone = lines.indices.filter { _ in dice.chance(50) }
      deleted[path] = gone.map { $0 + 1 }
      try git.write(path, lines.indices.filter { !gone.contains($0) }.map { lines[$0] }.joined())
    }
    try git.git("add", "-A")
    try git.commit("the work\n")
    return deleted
  }

  /// Which of these lines come from the bet, as commit and number in that commit.
  func blamed(_ path: String, _ lines: [Int], at commit: String) throws -> Set<String> {
    var found: Set<String> = []
    let wanted = Set(lines)
    let bet = Set(bet.map { "\($0)" })
    for line in try git.git("blame", "-p", commit, "--", path).text.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count >= 3, bet.contains(String(fields[0])), let final = Int(fields[2]),
        wanted.contains(final)
      else { continue }
      found.insert("\(fields[0]) \(fields[1])")
    }
    return found
  }
}
