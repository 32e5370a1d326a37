import BetLedger
import LedgerSupport
import TestSupport
import Testing

/// Commits with merges and random messages, and what each of them says, known without reading it back.
struct RandomHistory {
  struct Commit {
    var id = ObjectID.zero
    /// Itself and its ancestors.
    var closure: Set<Int> = []
    var parents: [Int] = []
    var says = Message()
  }

  /// What a message says, in words of the specification.
  struct Message {
    var text = ""
    var bets: [String] = []
    var buildsOn: [String] = []
    /// `Bet:` lines outside the trailer block.
    var strays: [String] = []
    var isReadable = true
  }

  let scene: Scene
  private(set) var commits: [Commit] = []
  private(set) var numbers: [ObjectID: Int] = [:]

  /// Bets in every state, some on top of others, and names of bets that nobody declared.
  static let declared = [
    "open", "fine", "fine-two", "lost", "vague", "on-open", "on-fine", "deep", "loop-a", "loop-b",
  ]
  /// Those that nobody closes.
  static let open = ["open", "on-open", "deep", "loop-a", "loop-b"].compactMap { BetID(ifValid: $0) }
  static let names = declared + ["nobody", "Not An Id"]
  static let harmless = ["fine", "fine-two", "on-fine", "none"]

  init(_ count: Int, trouble: Int, lies: Bool, dice: inout Dice) throws {
    scene = try Scene()
    var stream = ""
    for number in 0..<count {
      var parents: [Int] = []
      if number > 0 {
        parents = (0..<dice.pick([1, 1, 1, 1, 2, 2, 3])).map { _ in
          Int.random(in: max(0, number - 6)..<number, using: &dice)
        }
        parents = Array(Set(parents)).sorted(by: >)
      }
      var commit = Commit(parents: parents)
      commit.closure = parents.reduce(into: [number]) { $0.formUnion(commits[$1].closure) }
      commit.says = RandomHistory.message(number, trouble: trouble, dice: &dice)
      commits.append(commit)

      let date = 1_735_000_000 + number * (lies && dice.chance(60) ? -600 : 60)
      stream +=
        "commit refs/keep/c\(number)\nmark :\(number + 1)\ncommitter C <c@example.org> \(date) +0000\n"
      if !commit.says.isReadable { stream += "encoding UTF-16LE\n" }
      stream += "data \(commit.says.text.utf8.count)\n\(commit.says.text)\n"
      for (place, parent) in parents.enumerated() {
        stream += "\(place == 0 ? "from" : "merge") :\(parent + 1)\n"
      }
      stream += "\n"
    }
    let git = scene.clone
    try git.git("fast-import", "--quiet", "--export-marks=marks", input: stream)
    for line in try git.read("marks").split(separator: "\n") {
      let fields = line.split(separator: " ")
      let number = try #require(Int(fields[0].dropFirst())) - 1
      commits[number].id = try #require(ObjectID(hex: fields[1]))
      numbers[commits[number].id] = number
    }
  }

  private static func message(_ number: Int, trouble: Int, dice: inout Dice) -> Message {
    var message = Message(text: "commit \(number)\n")
    let isBad = dice.chance(trouble)
    func name(_ dice: inout Dice) -> String { dice.pick(isBad ? names : harmless) }
    if dice.chance(isBad ? 15 : 3) {
      let stray = name(&dice)
      message.strays.append(stray)
      message.text += "\n\(dice.pick(["", "    "]))Bet: \(stray)\n\nas it was\n"
    }
    var block = ""
    for _ in 0..<dice.pick(isBad ? [0, 1, 1, 2] : [0, 0, 0, 1]) {
      message.bets.append(name(&dice))
      block += "Bet: \(message.bets.last ?? "")\n"
    }
    if dice.chance(isBad ? 40 : 5) {
      let below = dice.pick(isBad ? names : ["fine", "fine-two"])
      message.buildsOn.append(below)
      block += "Builds-On: \(below)\n"
    }
    if !block.isEmpty { message.text += "\n" + block }
    if isBad, dice.chance(4) { message.isReadable = false }
    return message
  }

  /// Whether `other` is the commit itself or one of its descendants.
  func reaches(_ other: Int, _ commit: Int) -> Bool { commits[other].closure.contains(commit) }

  /// Whether it has several parents of which none reaches another; no commit has a file, so it brings nothing.
  func isMerge(_ commit: Int) -> Bool {
    let parents = commits[commit].parents
    return parents.count > 1
      && !parents.contains { parent in parents.contains { $0 != parent && reaches($0, parent) } }
  }

  /// What a process that starts now would read.
  func ledger() throws -> Ledger { try Ledger(scene.repository(), remotes: ["origin"]) }

  /// Writes a bet of each kind.
  func declareBets() throws {
    let ledger = try ledger()
    func write(_ event: Event) throws {
      try ledger.append(to: event.diary, by: Scene.writer) { _ in event }
    }
    let below = [
      "on-open": ["open"], "on-fine": ["fine"], "deep": ["on-open"], "loop-a": ["loop-b"],
      "loop-b": ["loop-a"],
    ]
    for id in RandomHistory.declared { try write(Scene.declared(id, buildsOn: below[id] ?? [])) }
    for (id, verdict) in [
      ("fine", Verdict.validated), ("fine-two", .validated), ("on-fine", .validated), ("lost", .abandoned),
      ("vague", .inconclusive),
    ] {
      try write(Scene.closed(id, verdict))
    }
  }
}
