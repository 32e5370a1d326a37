import BetLedger
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Clones whose people write to the same diaries without asking each other, and whose clocks are wrong.
final class RandomLedger {
  static let diaries = ["search", "ranking", Event.gateDiary]

  let home: TestRepository
  private(set) var clones: [BareClone] = []
  /// Every event that a writer was told is in the ledger.
  private(set) var acknowledged: [String: Set<ObjectID>] = [:]
  var dice: Dice
  private let isShared: Bool

  /// `sharing` gives all clones the same objects, so that a fetch costs nothing; else git itself fetches.
  init(seed: UInt64, clones count: Int? = nil, sharing: Bool) throws {
    home = try TestRepository()
    dice = Dice(state: seed)
    isShared = sharing
    let names = (0..<(count ?? Int.random(in: 2...5, using: &dice))).map { "clone-\($0)" }
    for name in names { clones.append(try clone(name, remotes: names.filter { $0 != name })) }
  }

  func clone(_ name: String, remotes: [String]) throws -> BareClone {
    try BareClone(
      "\(home.scratch.path)/\(name)", name: name, remotes: remotes,
      objects: isShared ? "\(home.path)/.git/objects" : nil)
  }

  func shuffled<Value>(_ values: [Value]) -> [Value] { values.shuffled(using: &dice) }

  // MARK: What people do

  /// Somebody writes one event in one clone, without having looked elsewhere.
  func write() throws {
    let clone = dice.pick(clones)
    let diary = dice.pick([RandomLedger.diaries[0]] + RandomLedger.diaries)
    let id: ObjectID
    if dice.chance(12) {
      id = try writeDamaged(diary, in: clone)
    } else {
      let years = Int64.random(in: -10...10, using: &dice) * 31_557_600
      let who = Signature(
        name: dice.pick(["Ada", "Bob", "Cleo"]), email: "x@example.org",
        time: 1_735_689_600 + years + Int64.random(in: 0...3, using: &dice), offset: dice.pick([-300, 0, 60]))
      id = try clone.ledger().append(
        to: diary, by: Ledger.Writer(author: who, committer: who, agent: dice.chance(10) ? "claude" : nil)
      ) { known in event(in: diary, known) }
    }
    acknowledged[diary, default: []].insert(id)
  }

  /// A damaged event on top of what the clone has, as another program might write it.
  private func writeDamaged(_ diary: String, in clone: BareClone) throws -> ObjectID {
    let old = try clone.tip(diary)
    let who = Signature(name: "Eve", email: "e@example.org", time: 1_735_689_600, offset: 0)
    let id = try clone.repository.writeCommit(
      tree: .emptyTree, parents: old.map { [$0] } ?? [], author: who, committer: who,
      message: dice.pick(RandomLedger.damage).filled(with: diary))
    try clone.repository.updateReference(
      "refs/bets/\(diary)", to: id, expecting: old, message: "forged", by: who)
    return id
  }

  /// Without `Ledger-Version`, so that each is damaged as a root as well.
  static let damage = [
    "no trailers at all\n",
    "another bet's\n\nEvent: closed\nBet: other\nSeq: 9\nVerdict: validated\nEvidence: x\n",
    "twice\n\nEvent: closed\nBet: ID\nSeq: 90\nVerdict: validated\nVerdict: invalidated\nEvidence: x\n",
    "no evidence\n\nEvent: closed\nBet: ID\nSeq: 90\nVerdict: validated\n",
    "goes back\n\nEvent: noted\nBet: ID\nSeq: 0\n",
    "leaps\n\nEvent: noted\nBet: ID\nSeq: 900000000000\n",
    "control\n\nEvent: noted\nBet: ID\nSeq: 90\nSource: \u{1b}[2J\n",
  ]

  private func event(in diary: String, _ known: Diary?) -> Event {
    let number = Int.random(in: 1...3, using: &dice)
    func event(_ kind: Event.Kind, _ values: KeyValuePairs<TrailerName, String> = [:]) -> Event {
      Event(
        kind, in: diary, subject: "\(kind.name) \(number)", body: "because \(number)",
        values: values.map { Event.Value($0.key, $0.value) },
        unknown: dice.chance(10) ? [Trailer(key: "Risk", value: "number \(number)")] : [])
    }
    if dice.chance(8) { return event(.unknown("measured"), [.on: "2026-01-0\(number)"]) }
    if diary == Event.gateDiary { return gateEvent(number, known, event) }
    if known == nil || dice.chance(3) {
      return event(
        .declared,
        [
          .if: "we build \(number)", .expect: "it rises to \(number)", .because: "why",
          .buildsOn: "below-\(number)",
        ])
    }
    switch dice.pick([0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6]) {
    case 0:
      return dice.pick([
        event(.amended, [.expect: "it rises to \(number)", .target: ">= \(number)"]),
        event(.amended, [.kill: dice.chance(30) ? "" : "< \(number)"]),
        event(.amended, [.buildsOn: "below-\(number)", .buildsOn: "below-1"]),
        event(.amended, [.checkBy: "2026-0\(number)-01", .instrument: "probe"]),
      ])
    case 1: return event(.closed, [.verdict: dice.pick(Verdict.allCases).rawValue, .evidence: "seen"])
    case 2: return event(.reopened)
    case 3: return event(.observed, [.value: "\(number).50", .on: "2026-01-0\(number)"])
    case 4: return event(.linked, [.branch: "topic-\(number)", .commit: oid("\(number)")])
    case 5: return event(.unlinked, [.branch: "topic-\(number)", .commit: oid("\(number)")])
    default: return event(.noted, [.weight: "\(number)"])
    }
  }

  private func gateEvent(
    _ number: Int, _ known: Diary?, _ event: (Event.Kind, KeyValuePairs<TrailerName, String>) -> Event
  ) -> Event {
    switch dice.pick([0, 0, 1, 2]) {
    case 0:
      return event(
        .policy,
        [
          .rule:
            "\(dice.pick(["follow-on", "unlinked", "future rule "]))=\(dice.pick(["off", "warn", "block"]))"
        ])
    case 1:
      let overridden = known?.entries.filter { $0.readable?.kind == .overridden } ?? []
      return event(.revoked, [.override: overridden.last?.id.hex ?? oid("f")])
    default:
      return event(
        .overridden,
        [
          .for: dice.pick(["none", "search"]), .rule: "follow-on", .commit: oid("\(number)"),
          .blockedBy: "below-1",
        ])
    }
  }

  private func oid(_ digit: String) -> String { String(repeating: digit, count: 40) }

  // MARK: How events travel

  /// Brings what `other` has into the staging refs of `clone`.
  func fetch(_ other: BareClone, into clone: BareClone) throws {
    if isShared {
      for diary in RandomLedger.diaries {
        if let id = try other.tip(diary) {
          try clone.place(id, at: "refs/bets-remote/\(other.name)/\(diary)")
        }
      }
    } else {
      _ = try home.run(
        "git", ["fetch", "-q", other.path, "+refs/bets/*:refs/bets-remote/\(other.name)/*"],
        directory: clone.path
      ).succeeded("git fetch")
    }
  }

  /// Joins every diary that the clone knows of.
  func join(_ clone: BareClone) throws {
    for diary in RandomLedger.diaries { _ = try clone.ledger().join(diary) }
  }

  func sync(_ clone: BareClone, with other: BareClone) throws {
    try fetch(other, into: clone)
    try join(clone)
  }

  /// Everybody with everybody, in any order.
  func syncAll() throws {
    let pairs = clones.indices.flatMap { one in
      clones.indices.filter { $0 != one }.map { (clones[one], clones[$0]) }
    }
    for (clone, other) in shuffled(pairs) { try sync(clone, with: other) }
  }

  /// The heads of a diary in all clones, each once.
  func heads(of diary: String) throws -> [ObjectID] {
    Array(Set(try clones.compactMap { try $0.tip(diary) })).sorted()
  }
}

/// A bare repository made by hand: a child process for each would be most of the time.
struct BareClone {
  let name: String
  let path: String
  let repository: Repository
  let remotes: [String]

  /// `objects` is a folder of objects to share; nil for one of its own.
  init(_ path: String, name: String, remotes: [String], objects: String?) throws {
    try makeDirectory("\(path)/refs")
    try writeFile("\(path)/HEAD", Array("ref: refs/heads/main\n".utf8))
    try writeFile("\(path)/config", Array("[core]\n\trepositoryformatversion = 0\n\tbare = true\n".utf8))
    if let objects {
      try #require(symlink(objects, "\(path)/objects") == 0)
    } else {
      try makeDirectory("\(path)/objects")
    }
    self.name = name
    self.path = path
    self.remotes = remotes
    repository = try Repository.open(at: path, trust: .gitHasAgreed)
  }

  func ledger() -> Ledger { Ledger(repository, remotes: remotes) }

  func tip(_ diary: String) throws -> ObjectID? {
    guard case .direct(let id)? = try repository.reference("refs/bets/\(diary)") else { return nil }
    return id
  }

  /// Makes a ref hold an id, or nothing.
  func place(_ id: ObjectID?, at ref: String) throws {
    if let id { try writeFile("\(path)/\(ref)", Array("\(id)\n".utf8)) } else { unlink("\(path)/\(ref)") }
  }

  /// All diaries in this clone's own refs.
  func tips() throws -> [String: ObjectID] {
    var tips: [String: ObjectID] = [:]
    for diary in RandomLedger.diaries { tips[diary] = try tip(diary) }
    return tips
  }
}

extension String {
  /// With the id of a diary where `ID` stands.
  func filled(with diary: String) -> String {
    split(separator: "ID", omittingEmptySubsequences: false).joined(separator: diary)
  }
}
