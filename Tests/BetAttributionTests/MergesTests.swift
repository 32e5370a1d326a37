import BetLedger
import LedgerSupport
import TestSupport
import Testing

@testable import BetAttribution

@Suite("what a merge brings") struct MergesTests {
  private let scene: Scene
  private var git: TestRepository { scene.clone }

  init() throws { scene = try Scene() }

  /// Whether the commit counts as one that brings nothing.
  private func bringsNothing(_ revision: String) throws -> Bool {
    let repository = try scene.repository()
    let id = try #require(ObjectID(hex: try git.id(revision)))
    let raw = try #require(try repository.commit(id))
    var commits = [WorkCommit(id: raw.id, message: raw.message)]
    try Merges(repository: repository, walk: RangeWalk(repository)).settle(
      &commits, [raw], link: nil, all: true)
    return commits[0].bringsNothing
  }

  private func show(_ revision: String) throws -> Bool {
    try git.git("show", "--cc", "--format=", revision).out.isEmpty
  }

  /// A tree in which each file is one of its own versions, named by random parents of the merge or by nobody.
  private func version(_ file: String, _ dice: inout Dice) -> String {
    var lines = (1...40).map { "\(file) line \($0)" }
    for _ in 0..<dice.pick([0, 1, 1, 2]) {
      lines[dice.pick([2, 4, 12, 20, 33])] = dice.pick(["x", "y", "z"])
    }
    if dice.chance(10) { lines.removeLast(20) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func commit(parents: [String], _ dice: inout Dice) throws -> String {
    try git.git("read-tree", "--empty")
    for file in ["a", "b", "c"] where !dice.chance(12) {
      let content = dice.chance(8) ? "binary\0\(dice.pick([1, 2]))" : version(file, &dice)
      let blob = try git.git("hash-object", "-w", "--stdin", input: content).text.prefix(40)
      let path = dice.chance(12) ? "moved/\(file)" : file
      try git.git(
        "update-index", "--add", "--cacheinfo", "\(dice.chance(8) ? "100755" : "100644"),\(blob),\(path)")
    }
    return try made(parents)
  }

  /// A commit of the index.
  private func made(_ parents: [String]) throws -> String {
    git.advanceClock()
    let tree = String(try git.git("write-tree").text.prefix(40))
    let arguments = ["commit-tree", "-m", "x", tree] + parents.flatMap { ["-p", $0] }
    return String(try git.git(arguments).text.prefix(40))
  }

  @Test(arguments: UInt64(1)...4) func `is what git show shows of it`(seed: UInt64) throws {
    var dice = Dice(state: seed)
    let base = try commit(parents: [], &dice)
    var nothing = 0
    for round in 0..<25 {
      let sides = try (0..<dice.pick([2, 2, 2, 3])).map { _ in try commit(parents: [base], &dice) }
      guard Set(sides).count == sides.count else { continue }
      let merge: String
      if dice.chance(60) {
        // As git merges where it can; where it cannot, one side wins.
        let strategy = dice.pick(["ours", "theirs"])
        try git.git("switch", "-q", "--detach", "-f", sides[0])
        let run = try git.tryGit("merge", "-q", "-s", "ort", "-X", strategy, "--no-commit", sides[1])
        if run.status != 0 { try git.git("add", "-A") }
        merge = try made(sides)
        try git.git("reset", "-q", "--hard")
      } else {
        merge = try commit(parents: sides, &dice)
      }
      let expected = try show(merge)
      nothing += expected ? 1 : 0
      #expect(try bringsNothing(merge) == expected, "seed \(seed), round \(round)")
    }
    #expect(nothing > 0)
  }

  @Test func `is told by form only where none of the parents reaches another`() throws {
    try git.commit("base\n", file: "a", content: "1\n")
    try git.git("branch", "base")
    let tip = try git.commit("tip\n", file: "a", content: "2\n")
    try git.write("a", "3\n")
    try git.git("add", "a")
    for parents in [[tip, "base"], [tip, tip], ["base", tip, tip], [tip, "base", tip]] {
      let evil = try made(parents)
      #expect(try !bringsNothing(evil), "\(parents)")
    }
    try git.git("reset", "-q", "--hard")
    // The tree of a parent is no excuse for one that goes back, or that stands twice on the same.
    try git.git("read-tree", "base")
    #expect(try !bringsNothing(made([tip, "base"])))
    try git.git("read-tree", tip)
    #expect(try !bringsNothing(made([tip, tip])))
    // What git merge --no-ff makes.
    #expect(try bringsNothing(made(["base", tip])))
    #expect(try !bringsNothing(made([tip])))
  }

  @Test func `is not nothing where it cannot be told`() throws {
    try git.commit("base\n", file: "a", content: "1\n")
    try git.git("branch", "side")
    let tip = try git.commit("tip\n", file: "a", content: "2\n")
    try git.git("switch", "-q", "side")
    let side = try git.commit("side\n", file: "b", content: "2\n")
    try git.git("merge", "-q", "--no-edit", tip)
    let merge = try git.id("HEAD")
    #expect(try bringsNothing(merge))
    let tree = try git.id("\(side)^{tree}")
    try git.run("rm", ["-f", ".git/objects/\(tree.prefix(2))/\(tree.dropFirst(2))"]).succeeded("rm")
    #expect(try !bringsNothing(merge))
  }
}
