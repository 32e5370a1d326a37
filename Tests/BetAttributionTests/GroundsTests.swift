import BetAttribution
import LedgerSupport
import TestSupport
import Testing

/// The quick answer is held against the finder, which compares lines: nobody whom that one names may be missing.
@Suite("the files of open bets") struct GroundsTests {
  /// Bets and others write, move and delete files; work stands on whatever main was at some time.
  private struct World {
    let scene: Scene
    var dice: Dice
    var mains: [String] = []
    private var number = 0

    static let bets = ["search", "ranking", "other"]

    init(seed: UInt64) throws {
      scene = try Scene()
      dice = Dice(state: seed)
      for bet in World.bets { try scene.declare(bet) }
      try change(0..<4)
      try commit("")
    }

    private func lines(_ name: Int) -> String {
      (1...12).map { "let line\(name)of\($0) = value\(name)\n" }.joined()
    }

    private var files: [String] {
      get throws { try scene.clone.git("ls-files").text.split(separator: "\n").map { String($0) } }
    }

    /// Writes a new file, changes, moves or deletes one.
    mutating func change(_ kinds: Range<Int>) throws {
      let git = scene.clone
      number += 1
      let old = try files.randomElement(using: &dice)
      switch (Int.random(in: kinds, using: &dice), old) {
      case (4..<7, let old?):
        var text = try git.read(old).split(separator: "\n").map { $0 + "\n" }
        for _ in 0..<4 {
          text[Int.random(in: text.indices, using: &dice)] = "let other\(number) = \(number)\n"
        }
        try git.write(old, text.joined())
      case (7, let old?): try git.git("mv", old, "place\(number).swift")
      case (8, let old?): try git.git("rm", "-q", old)
      case (9, let old?):
        // Somebody splits a file, and moves it.
        try git.write(old, String(git.read(old).prefix { $0 != "x" }) + lines(number))
        try git.git("mv", old, "part\(number).swift")
      default: try git.write("file\(number).swift", lines(number))
      }
      try git.git("add", "-A")
    }

    mutating func commit(_ trailers: String) throws {
      scene.clone.advanceClock()
      try scene.clone.git("commit", "-q", "--allow-empty", "-m", "change \(number)\n\n\(trailers)")
      mains.append(try scene.clone.id("HEAD"))
    }

    mutating func step() throws -> String {
      switch Int.random(in: 0..<100, using: &dice) {
      case 0..<80:
        try change(0..<10)
        try commit(dice.chance(60) ? "Bet: \(dice.pick(World.bets))" : "")
        if dice.chance(70) { try scene.published("main") }
        return "commit"
      case 80..<88:
        let bet = dice.pick(World.bets)
        let isOpen = try scene.ledger().bet(BetID(bet))?.state == .open
        try scene.append(
          isOpen
            ? Scene.closed(bet, .validated)
            : Event(.reopened, in: bet, subject: "again", body: "it was wrong"))
        return "\(bet) \(isOpen ? "closed" : "open")"
      case 88..<94:
        try scene.append(
          Event(.linked, in: dice.pick(World.bets), subject: "l", values: [.init(.commit, dice.pick(mains))]))
        return "link"
      default:
        let file = scene.clone.path + "/.git/bet/grounds"
        guard var bytes = try? readFile(file), !bytes.isEmpty else { return "nothing" }
        bytes[Int.random(in: bytes.indices, using: &dice)] ^= 4
        try writeFile(file, bytes, mode: 0o666)
        return "damage"
      }
    }
  }

  @Test(arguments: 1...8) func `of work that nobody names nobody's lines are touched`(seed: UInt64) throws {
    var world = try World(seed: seed)
    var happened: [String] = []
    var answers: [Bool: Int] = [:]
    for _ in 0..<25 {
      happened.append(try world.step())
      let site = try world.scene.site()
      let attribution = Attribution(site)
      let grounds = try #require(try attribution.grounds())
      #expect(try Set(grounds.bets) == Set(attribution.openBets()), "\(happened)")
      // Work on a branch that began at some time.
      let git = world.scene.clone
      let head = try git.id("HEAD")
      try git.git("switch", "-q", "--detach", world.dice.pick(world.mains.suffix(6)))
      try world.change(3..<10)
      let base = try git.id("HEAD")
      try git.git("commit", "-q", "--allow-empty", "-m", "work")
      let id = try #require(ObjectID(hex: try git.id("HEAD")))
      let work = try #require(try site.repository.commit(id))
      let shipped = try git.git("rev-list", base).text
      let commits = try Dictionary(
        uniqueKeysWithValues: grounds.bets.map { bet in
          (bet, try attribution.commits(of: bet).map(\.id).filter { shipped.contains($0.hex) })
        })
      let finder = OverlapFinder(
        site.repository, territories: try TerritoryCache(site.repository).territories(commits),
        oldest: grounds.oldest)
      let found = try Set(finder.overlaps(of: [work], keepsSlight: true).overlaps.map(\.bet))
      let met = try Set(grounds.met(by: [work], in: site.repository))
      #expect(found.isSubset(of: met), "\(happened) \(found) \(met)")
      answers[met.isEmpty, default: 0] += 1
      try git.git("switch", "-q", "--detach", head)
    }
    #expect(answers.count == 2, "\(answers)")
  }

  @Test func `are kept, and found anew when ledger, ship branch or file say something else`() throws {
    let scene = try Scene()
    try scene.declare("search")
    try scene.clone.commit("find\n\nBet: search\n", file: "find", content: "1\n")
    func bets() throws -> [String] { try #require(try Attribution(scene.site()).grounds()).bets.map(\.name) }
    #expect(try bets() == [])
    try scene.published("main")
    #expect(try bets() == ["search"])
    let kept = try readFile(scene.clone.path + "/.git/bet/grounds")
    #expect(try bets() == ["search"])
    try scene.append(Scene.closed("search", .validated))
    #expect(try bets() == [])
    // What another repository's ledger has made is not believed.
    try writeFile(scene.clone.path + "/.git/bet/grounds", kept, mode: 0o666)
    #expect(try bets() == [])
    for bytes in [[], [0], Array(kept.dropLast()), kept + kept] as [[UInt8]] {
      try writeFile(scene.clone.path + "/.git/bet/grounds", bytes, mode: 0o666)
      #expect(try bets() == [])
    }
  }

  @Test func `with a lie under a valid checksum cost nobody more than an answer`() throws {
    let scene = try Scene()
    try scene.declare("search")
    for number in 1...4 {
      try scene.clone.commit("find\n\nBet: search\n", file: "in/find\(number)", content: "\(number)\n")
    }
    try scene.published("main")
    _ = try Attribution(scene.site()).grounds()
    let file = CacheFile(try scene.repository(), name: "bet/grounds", version: 1)
    let honest = try #require(file.read(sections: 4)).map { Array($0) }
    let id = try #require(ObjectID(hex: try scene.clone.id("HEAD")))
    var dice = Dice(state: 1)
    for _ in 0..<200 {
      var lies = honest
      for _ in 0..<dice.pick([1, 2, 8]) {
        let section = dice.pick([0, 1, 2, 3])
        // The stamp has to be right, or nothing is believed.
        let first = section == 0 ? 8 : 0
        guard lies[section].count > first else { continue }
        switch dice.pick([0, 1, 2]) {
        case 0:
          lies[section][Int.random(in: first..<lies[section].count, using: &dice)] = .random(
            in: 0...255, using: &dice)
        case 1: lies[section].removeLast()
        default: lies[section] += (0..<24).map { _ in .random(in: 0...255, using: &dice) }
        }
      }
      file.replace(with: lies)
      let site = try scene.site()
      let work = try #require(try site.repository.commit(id))
      _ = try Attribution(site).grounds()?.met(by: [work], in: site.repository)
    }
  }

  @Test func `are not kept where history is cut off`() throws {
    let scene = try Scene()
    try scene.declare("search")
    for number in 1...3 {
      try scene.clone.commit("find\n\nBet: search\n", file: "find", content: "\(number)\n")
    }
    try scene.published("main")
    let shallow = try Scene(at: scene.clone.clone(named: "shallow", arguments: ["--depth", "1"]))
    #expect(try Attribution(shallow.site()).grounds() == nil)
  }
}
