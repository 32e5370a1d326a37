import BetAttribution
import TestSupport
import Testing

struct OverlapRangeTests {
  private let others = OverlapScene.lines("o", 1...10)
  private let bets = OverlapScene.lines("b", 1...6)

  @Test func `what the work takes back is no overlap`() throws {
    var scene = try OverlapScene(["file": others])
    try scene.betCommit(["file": others + bets])
    try scene.commit(["file": others])
    try scene.commit(["file": others + bets])
    #expect(try scene.found("HEAD~2..HEAD") == [])
    #expect(try scene.found("HEAD~2..HEAD~1") == ["file: 6/0"])
  }

  /// The work forks off, rewrites the bet's lines, takes in what others did to them meanwhile, and goes on.
  @Test func `a merge of published work is not blamed on the push`() throws {
    var scene = try OverlapScene(["file": others, "mine": others])
    try scene.betCommit(["file": others + bets, "mine": others + bets])
    let git = scene.git
    try git.git("checkout", "-qb", "topic")
    try scene.commit(["mine": others + OverlapScene.lines("b", 3...6)])
    try git.git("checkout", "-q", "main")
    try scene.commit(["file": others])
    try git.git("checkout", "-q", "topic")
    try git.git("merge", "-q", "--no-edit", "main")
    try scene.commit(["mine": others + OverlapScene.lines("b", 6...6)])
    #expect(try scene.found("main..topic") == ["mine: 5/0"])
  }

  @Test func `what a merge itself brings is nobody's`() throws {
    var scene = try OverlapScene(["file": others])
    let git = scene.git
    try git.git("checkout", "-qb", "side")
    try scene.betCommit(["side": bets])
    try git.git("checkout", "-q", "main")
    try scene.betCommit(["file": others + bets])
    try git.git("merge", "-q", "--no-commit", "side")
    try scene.git.write("file", others + bets + OverlapScene.lines("e", 1...4))
    try scene.betCommitAll()
    #expect(scene.bet.count == 3)
    try scene.commit(["file": others])
    #expect(try scene.found() == ["file: 6/0"])
  }

  @Test func `a bet that edits one file in parallel keeps the lines of both sides`() throws {
    var scene = try OverlapScene(["file": others])
    let git = scene.git
    try git.git("checkout", "-qb", "side")
    try scene.betCommit(["file": OverlapScene.lines("a", 1...3) + others])
    try git.git("checkout", "-q", "main")
    try scene.betCommit(["file": others + bets])
    try git.git("merge", "-q", "--no-edit", "side")
    try scene.commit(["file": others])
    #expect(try scene.found() == ["file: 9/0"])
  }

  @Test func `a sweep over everything is no overlap`() throws {
    var files: [String: String] = [:]
    for number in 1...60 { files["file\(number)"] = "word \(number)\n" }
    var scene = try OverlapScene(files)
    try scene.betCommit(["file1": "word 1\nword b 1\nword b 2\n"])
    try scene.commit(files.mapValues { "new " + $0 })
    #expect(try scene.found() == [])
    try scene.git.git("checkout", "-q", "HEAD^", "--", ".")
    try scene.commit(files.filter { ["file1", "file2"].contains($0.key) }.mapValues { "new " + $0 })
    #expect(try scene.found("HEAD^..HEAD") == [])
  }

  @Test func `a commit that is cut off or missing makes a bet incomplete`() throws {
    var scene = try OverlapScene(["file": others])
    try scene.betCommit(["file": others + bets])
    try scene.commit(["file": others])
    let shallow = try scene.git.clone(arguments: ["--depth=2"])
    let repository = try Repository.open(at: shallow.path, trust: .gitHasAgreed)
    let territory = try Territory(of: scene.bet, in: repository)
    #expect(territory == Territory(rows: [], incomplete: Set(scene.bet)))
    let id = try #require(OverlapScene.bet)
    let report = try OverlapFinder(repository, territories: [id: territory]).overlaps(
      of: scene.commits("HEAD^..HEAD"))
    #expect(report.overlaps.isEmpty)
    #expect(report.unjudged.map(\.reason) == [.incomplete])
  }

  @Test func `a partial clone is not filled`() throws {
    var scene = try OverlapScene(["file": others])
    try scene.betCommit(["file": others + bets])
    try scene.commit(["file": others])
    try scene.git.git("config", "uploadpack.allowFilter", "true")
    let partial = try scene.git.clone(arguments: ["--filter=blob:none", "--no-checkout"])
    let objects = try partial.git("count-objects", "-v").text
    let repository = try Repository.open(at: partial.path, trust: .gitHasAgreed)
    let id = try #require(OverlapScene.bet)
    let territory = try Territory(of: scene.bet, in: repository)
    let report = try OverlapFinder(repository, territories: [id: territory]).overlaps(
      of: scene.commits("HEAD^..HEAD"))
    #expect(report.overlaps.isEmpty)
    #expect(report.unjudged.map(\.reason) == [.missing])
    #expect(try partial.git("count-objects", "-v").text == objects)
  }

  @Test func `work that stands on what was cut off is said not to be judged`() throws {
    var scene = try OverlapScene(["file": others])
    try scene.betCommit(["file": others + bets])
    try scene.commit(["file": others])
    let shallow = try scene.git.clone(arguments: ["--depth=1"])
    let repository = try Repository.open(at: shallow.path, trust: .gitHasAgreed)
    let finder = OverlapFinder(repository, territories: [:])
    #expect(try finder.overlaps(of: scene.commits("HEAD^..HEAD")).unjudged.map(\.reason) == [.missing])
  }
}
