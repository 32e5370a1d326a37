import BetAttribution
import TestSupport
import Testing

/// Which lines rest on which bet: `git blame -w` is asked the same.
struct FileOriginsTests {
  @Test(arguments: 1...8) func `each line is that of the commit that git blame names`(seed: Int) throws {
    var history = try TrailerHistory(seed: UInt64(seed))
    for _ in 0..<30 { try history.step(isLinear: true) }
    try history.expectBlame()
  }

  @Test(arguments: 1...6) func `merges keep the lines of both sides with their commits`(seed: Int) throws {
    var history = try TrailerHistory(seed: UInt64(seed))
    history.isUnique = true
    for _ in 0..<24 { try history.step(isLinear: false) }
    try history.expectBlame()
  }

  @Test(arguments: 1...4) func `as many lines survive of a bet as git blame gives to it`(seed: Int) throws {
    var history = try TrailerHistory(seed: UInt64(seed))
    history.isUnique = true
    for _ in 0..<24 { try history.step(isLinear: seed % 2 == 0) }
    let footprints = try history.footprints()
    for name in ["search", "ranking"] {
      let bet = try #require(BetID(ifValid: name))
      let footprint = try footprints.footprint(of: bet)
      #expect(footprint.surviving == (try history.blamed(name)))
      #expect(footprint.surviving > 0)
      #expect(footprint.brought == (try history.numstat(name)))
      let order = try history.git.git("rev-list", "--topo-order", "HEAD").text.split(separator: "\n")
      let places = footprint.commits.map { commit in order.firstIndex { $0 == commit.id.hex } }
      #expect(places.count == (try history.commits(of: name).count) && !places.contains(nil))
    }
  }

  @Test func `what a merge makes up is nobody's, and history that is cut off is not guessed`() throws {
    let git = try TestRepository()
    try git.commit("start\n\nBet: search\n", file: "a", content: "1\n2\n3\n4\n5\n")
    try git.git("switch", "-qc", "side")
    try git.commit("side\n\nBet: ranking\n", file: "a", content: "1\n2\n3\n4\n5\nside\n")
    try git.git("switch", "-q", "main")
    try git.commit("main\n\nBet: search\n", file: "a", content: "main\n1\n2\n3\n4\n5\n")
    try git.git("merge", "-q", "--no-commit", "side")
    try git.write("a", "main\n1\n2\nevil\n3\n4\n5\nside\n")
    try git.git("add", "a")
    try git.commit("join\n")
    let origins = try TrailerHistory.footprints(git).origins(of: Array("a".utf8))
    #expect(origins.withoutBet == 1 && origins.part(at: 4) == nil)
    #expect(origins.part(at: 1)?.bets.map(\.name) == ["search"])
    #expect(origins.part(at: 8)?.bets.map(\.name) == ["ranking"])

    let shallow = try git.clone(named: "shallow", arguments: ["--depth", "1"])
    let cut = try TrailerHistory.footprints(shallow)
    let rest = try cut.origins(of: Array("a".utf8))
    #expect(rest.withoutBet == 8 && rest.isCut && !origins.isCut)
  }
}

/// A history made by dice, whose commits say which bet they belong to.
private struct TrailerHistory {
  let git: TestRepository
  /// No line is like another one: then even a diff over many commits cannot mistake it.
  var isUnique = false
  private var dice: Dice
  private var serial = 0
  private var names = 0

  init(seed: UInt64) throws {
    git = try TestRepository()
    dice = Dice(state: seed)
    for name in ["a", "src/b:1", "src/c d"] {
      try git.write(name, (0..<60).map { _ in newLine() }.joined())
    }
    try git.git("add", "-A")
    try git.commit("start\n")
  }

  private mutating func newLine() -> String {
    if !isUnique, dice.chance(40) { return "  common \(dice.pick([1, 2, 3]))\n" }
    serial += 1
    return "line number \(serial)\n"
  }

  mutating func step(isLinear: Bool) throws {
    guard !isLinear, dice.chance(35) else { return try change() }
    try git.git("checkout", "-qb", "side")
    try change(canMove: false)
    try git.git("checkout", "-q", "main")
    try change(canMove: false)
    try git.git("merge", "-q", "--no-edit", "-X", "ours", "side")
    try git.git("branch", "-qD", "side")
  }

  private func files() throws -> [String] {
    try git.git("ls-files", "-z").text.split(separator: "\0").map(String.init)
  }

  private mutating func change(canMove: Bool = true) throws {
    for path in try files() where dice.chance(60) {
      var lines = try git.read(path).split(separator: "\n").map { "\($0)\n" }
      for _ in 0..<dice.pick([1, 2, 3]) {
        let place = Int.random(in: 0...lines.count, using: &dice)
        let gone = min(dice.pick([0, 0, 1, 2]), lines.count - place)
        let new = (0..<dice.pick([0, 1, 2, 3])).map { _ in newLine() }
        lines.replaceSubrange(place..<(place + gone), with: new)
      }
      if dice.chance(20), let some = lines.indices.randomElement(using: &dice) {
        lines[some] = "\t" + lines[some]
      }
      try git.write(path, lines.joined())
    }
    if canMove, dice.chance(15) {
      names += 1
      try git.git("mv", dice.pick(try files()), "moved \(names)")
    }
    try git.git("add", "-A")
    let bets = dice.pick([[], [], ["search"], ["ranking"], ["search", "ranking"], ["none"]])
    try git.commit("a change\n\n" + bets.map { "Bet: \($0)\n" }.joined())
  }

  static func footprints(_ git: TestRepository) throws -> Footprints {
    let repository = try Repository.open(at: git.path, trust: .gitHasAgreed)
    let site = LedgerSite(repository, config: [])
    return try Footprints(site, Attribution(site))
  }

  func footprints() throws -> Footprints { try TrailerHistory.footprints(git) }

  func commits(of bet: String) throws -> Set<String> {
    let log = try git.git("log", "--no-merges", "--format=%H %(trailers:key=Bet,valueonly,separator=%x20)")
      .text
    let lines = log.split(separator: "\n").map { $0.split(separator: " ") }
    return Set(lines.filter { $0.dropFirst().contains { $0 == bet } }.map { String($0[0]) })
  }

  private func blame(_ path: String) throws -> [String] {
    let blame = try git.git("blame", "-w", "--porcelain", "HEAD", "--", path).text
    return blame.split(separator: "\n").filter { line in
      let words = line.split(separator: " ")
      return !line.hasPrefix("\t") && words.count >= 3 && words[0].count == 40
        && words[0].allSatisfy(\.isHexDigit)
    }.map { String($0.prefix(40)) }
  }

  func blamed(_ bet: String) throws -> Int {
    let own = try commits(of: bet)
    return try files().reduce(0) { count, path in try count + blame(path).filter(own.contains).count }
  }

  func numstat(_ bet: String) throws -> Int {
    try commits(of: bet).reduce(0) { count, commit in
      let stat = try git.git("show", "-w", "-M", "--numstat", "--format=", commit).text
      return count + stat.split(separator: "\n").reduce(0) { $0 + (Int($1.prefix { $0 != "\t" }) ?? 0) }
    }
  }

  func expectBlame() throws {
    let footprints = try footprints()
    let bets = ["ranking", "search"]
    let own = try bets.map { try commits(of: $0) }
    var found = 0
    for path in try files() {
      let origins = try footprints.origins(of: Array(path.utf8))
      let blame = try blame(path)
      #expect(origins.lineCount == blame.count)
      for (index, commit) in blame.enumerated() {
        let expected = zip(bets, own).filter { $1.contains(commit) }.map(\.0)
        let part = origins.part(at: index + 1)
        #expect(part?.bets.map(\.name) ?? [] == expected, "\(path):\(index + 1)")
        if let part { #expect(part.commit.hex == commit, "\(path):\(index + 1)") }
        found += expected.count
      }
    }
    #expect(found > 0)
  }
}
