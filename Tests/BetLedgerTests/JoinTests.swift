import BetLedger
import LedgerSupport
import TestSupport
import Testing

/// What the specification promises of the merge, over random histories. A failure names its seed.
@Suite("joining diverged diaries") struct JoinTests {
  // MARK: Everybody ends with the same

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `clones that have all synced with each other hold the same objects`(seed: UInt64) throws {
    try converge(RandomLedger(seed: seed, sharing: true))
  }

  @Test(arguments: 101...102 as ClosedRange<UInt64>)
  func `the same when git carries the events`(seed: UInt64) throws {
    let ledger = try RandomLedger(seed: seed, clones: 3, sharing: false)
    try converge(ledger)
    for clone in ledger.clones {
      let fsck = try ledger.home.run("git", ["fsck", "--strict", "--no-dangling"], directory: clone.path)
      // What git notices is that there is no branch.
      let said = (fsck.text + fsck.errorText).split(separator: "\n").filter { !$0.hasPrefix("notice: ") }
      #expect(fsck.status == 0 && said == [])
    }
  }

  private func converge(_ ledger: RandomLedger) throws {
    for _ in 0..<12 {
      for _ in 0..<Int.random(in: 0...3, using: &ledger.dice) { try ledger.write() }
      if ledger.dice.chance(60) {
        let pair = ledger.shuffled(ledger.clones).prefix(2)
        try ledger.sync(pair[0], with: pair[1])
      }
    }
    var rounds = 0
    repeat {
      try ledger.syncAll()
      rounds += 1
    } while try Set(ledger.clones.map { try $0.tips() }).count > 1 && rounds < 4
    #expect(rounds < 4, "no agreement")

    let tips = try ledger.clones[0].tips()
    for clone in ledger.clones {
      #expect(try clone.tips() == tips)
      for diary in RandomLedger.diaries {
        // Once more, and nothing is left to do.
        if tips[diary] != nil { #expect(try clone.ledger().join(diary) == .unchanged) }
      }
      #expect(try clone.tips() == tips)
    }
    // Read from the one ref alone, whatever else was fetched.
    let alone = Ledger(ledger.clones[0].repository, remotes: [])
    for (name, events) in ledger.acknowledged {
      let diary = try #require(try alone.diary(name))
      #expect(events.isSubset(of: diary.entries.map(\.id)), "\(name) lost events")
      try expectCanonicalJoins(in: diary, ledger.clones[0].repository)
    }
    for clone in ledger.clones { #expect(try Reading(clone.ledger()).text == Reading(alone).text) }
  }

  /// Each join is written byte for byte as specified, and none where one head had it all.
  private func expectCanonicalJoins(in diary: Diary, _ repository: Repository) throws {
    for entry in diary.entries where entry.readable?.kind == .merged {
      let event = try #require(entry.readable)
      let id = entry.id
      let commit = try #require(try repository.commit(id))
      let parents = try commit.parents.map { try #require(try repository.commit($0)) }
      #expect(commit.parents.count > 1 && commit.parents == commit.parents.sorted())
      #expect(commit.tree == .emptyTree)
      let time = parents.map(\.commitTime).max() ?? 0
      let who = Signature(name: "git-bet", email: "git-bet@localhost", time: time, offset: 0)
      #expect(commit.author == who && commit.committer == who)
      let contested = event.all(.contested).map { "Contested: \($0)\n" }.joined()
      #expect(
        String(decoding: commit.message, as: UTF8.self)
          == "join what several clones wrote\n\nEvent: merged\nBet: \(event.diary)\nSeq: \(event.seq)\n\(contested)"
      )
      for parent in entry.parents {
        let others = entry.parents.filter { $0 != parent }
        #expect(!others.contains { diary.reaches($0, parent) }, "a head that another one has is joined")
      }
    }
  }

  @Test(arguments: 201...204 as ClosedRange<UInt64>)
  func `a central remote that only moves forward ends with everything`(seed: UInt64) throws {
    let ledger = try RandomLedger(seed: seed, sharing: true)
    let central = try ledger.clone("central", remotes: [])
    let people = try ledger.clones.map {
      try BareClone(
        $0.path + "-central", name: $0.name, remotes: ["central"], objects: "\(ledger.home.path)/.git/objects"
      )
    }
    /// A push that is refused unless the remote's head is an ancestor; true when all was taken.
    func push(_ clone: BareClone) throws -> Bool {
      var isTaken = true
      for (diary, tip) in try clone.tips() {
        let known = try clone.ledger().diary(diary)
        let old = try central.tip(diary)
        if let old, known?.reaches(tip, old) != true {
          isTaken = false
        } else {
          try central.place(tip, at: "refs/bets/\(diary)")
        }
      }
      return isTaken
    }
    for _ in 0..<20 { try ledger.write() }
    for (person, clone) in zip(people, ledger.clones) {
      for (diary, tip) in try clone.tips() { try person.place(tip, at: "refs/bets/\(diary)") }
    }
    // All fetch before anybody pushes: all but one of those who wrote are refused, and start again.
    var waiting = people
    var rounds = 0
    while !waiting.isEmpty, rounds <= people.count {
      rounds += 1
      for person in waiting { try ledger.fetch(central, into: person) }
      for person in waiting { try ledger.join(person) }
      waiting = try ledger.shuffled(waiting).filter { try !push($0) }
    }
    #expect(waiting.isEmpty)
    for person in people {
      try ledger.fetch(central, into: person)
      try ledger.join(person)
      #expect(try person.tips() == central.tips())
    }
    for (name, events) in ledger.acknowledged {
      #expect(events.isSubset(of: try central.ledger().diary(name)?.entries.map(\.id) ?? []))
    }
  }

  // MARK: In any order

  @Test(arguments: 301...310 as ClosedRange<UInt64>)
  func `heads may be joined in any order`(seed: UInt64) throws {
    let ledger = try RandomLedger(seed: seed, clones: 4, sharing: true)
    for _ in 0..<18 { try ledger.write() }
    let bench = try Bench(ledger)
    for diary in RandomLedger.diaries {
      let heads = try ledger.heads(of: diary)
      guard heads.count > 1 else { continue }
      // Two: whoever joins.
      #expect(try bench.join(heads[0], [heads[1]], diary) == bench.join(heads[1], [heads[0]], diary))
      // All at once: the same object, however they are known, and without a head of one's own.
      let atOnce = try bench.join(heads[0], Array(heads.dropFirst()), diary)
      let before = try bench.reading(diary)
      for order in [heads.reversed(), ledger.shuffled(heads)] {
        #expect(try bench.join(order[0], Array(order.dropFirst()), diary) == atOnce)
        #expect(try bench.join(nil, order, diary) == atOnce)
      }
      // One after the other: other joins, the same reading, the same events.
      let chains = try (0..<3).map { _ in
        let order = ledger.shuffled(heads)
        let chain = try order.dropFirst().reduce(order[0]) { try bench.join($0, [$1], diary) }
        #expect(try bench.reading(diary) == before)
        return chain
      }
      // And whoever meets the results agrees again.
      let all = try bench.join(nil, chains + [atOnce], diary)
      #expect(try bench.join(atOnce, chains.reversed(), diary) == all)
      #expect(try bench.reading(diary) == before)
    }
  }

  @Test(arguments: 401...406 as ClosedRange<UInt64>)
  func `a join changes nothing in what is read`(seed: UInt64) throws {
    let ledger = try RandomLedger(seed: seed, clones: 3, sharing: true)
    for _ in 0..<4 {
      for _ in 0..<5 { try ledger.write() }
      let pair = ledger.shuffled(ledger.clones).prefix(2)
      try ledger.fetch(pair[1], into: pair[0])
      for diary in RandomLedger.diaries {
        let before = try Reading(diary, in: pair[0].ledger(), joins: false).text
        let known = try pair[0].ledger().diary(diary)?.entries.count
        let joined = try pair[0].ledger().join(diary)
        #expect(try Reading(diary, in: pair[0].ledger(), joins: false).text == before)
        // Nothing is written but a join of what had diverged.
        let added = try pair[0].ledger().diary(diary)?.entries.count
        if case .merged = joined { #expect(added == known.map { $0 + 1 }) } else { #expect(added == known) }
      }
    }
  }

  // MARK: One by one

  @Test func `a first head and a newer one are taken as they are`() throws {
    let ledger = try RandomLedger(seed: 1, clones: 2, sharing: true)
    let (ours, theirs) = (ledger.clones[0], ledger.clones[1])
    #expect(try ours.ledger().join("search") == .unchanged)
    for event in [Scene.declared("search"), Scene.closed("search", .validated)] {
      try theirs.ledger().append(to: "search", by: Scene.writer) { _ in event }
      try ledger.fetch(theirs, into: ours)
      #expect(try ours.ledger().join("search") == .forwarded)
      #expect(try ours.tip("search") == theirs.tip("search"))
      #expect(try ours.ledger().join("search") == .unchanged)
    }
    let log = try ledger.home.run(
      "git", ["log", "-g", "--format=%gs %gn <%ge>", "refs/bets/search"], directory: ours.path)
    #expect(log.text == "bet: join git-bet <git-bet@localhost>\nbet: join git-bet <git-bet@localhost>\n")
  }

  @Test func `a join names what the heads disagree about`() throws {
    let ledger = try RandomLedger(seed: 1, clones: 2, sharing: true)
    func write(_ number: Int, _ event: Event) throws {
      try ledger.clones[number].ledger().append(to: event.diary, by: Scene.writer) { _ in event }
    }
    // Declared by two people who did not know of each other.
    try write(0, Scene.declared("search"))
    try write(1, Scene.declared("search", buildsOn: ["ranking"]))
    try write(1, Scene.closed("search", .validated))
    // Programs that know no title write the same join.
    let more = [Event.Value(.title, "Find more"), .init(.expect, "it doubles")]
    try write(1, Event(.amended, in: "search", subject: "more", values: more))
    let rules = [["follow-on=off", "a=off", "odd =warn"], ["follow-on=block", "a=off", "odd =block"]]
    for (number, levels) in rules.enumerated() {
      try write(number, Event(.policy, in: "gate", subject: "p", values: levels.map { .init(.rule, $0) }))
    }
    let clone = ledger.clones[0]
    try ledger.fetch(ledger.clones[1], into: clone)
    #expect(try clone.ledger().join("search") == .merged(contested: ["Verdict", "Expect"]))
    #expect(try clone.ledger().join("gate") == .merged(contested: ["follow-on"]))
    #expect(try clone.ledger().gate().contestedRules == ["follow-on", "odd "])
    let bet = try #require(try clone.ledger().bet(BetID("search")))
    #expect(bet.contests.map(\.field) == [.title, .expect])
    #expect(bet.state == .contested && bet.diary.entries.filter { $0.parents.isEmpty }.count == 2)
  }
}

/// A clone in which heads are laid out and joined, over and over.
private final class Bench {
  private let clone: BareClone
  private static let remotes = (0..<6).map { "r\($0)" }

  init(_ ledger: RandomLedger) throws { clone = try ledger.clone("bench", remotes: Bench.remotes) }

  /// The id that this clone's own ref has after a join of its own head and others'.
  func join(_ own: ObjectID?, _ others: [ObjectID], _ diary: String) throws -> ObjectID {
    try clone.place(own, at: "refs/bets/\(diary)")
    for (number, remote) in Bench.remotes.enumerated() {
      let ref = "refs/bets-remote/\(remote)/\(diary)"
      try clone.place(number < others.count ? others[number] : nil, at: ref)
    }
    _ = try clone.ledger().join(diary)
    return try #require(try clone.tip(diary))
  }

  /// Every field of what is read, whatever joins there are.
  func reading(_ diary: String) throws -> String { try Reading(diary, in: clone.ledger(), joins: false).text }
}

extension Diary {
  /// Whether an event is another one's ancestor, or itself.
  fileprivate func reaches(_ id: ObjectID, _ ancestor: ObjectID) -> Bool {
    var seen: Set<ObjectID> = []
    var queue = [id]
    while let next = queue.popLast() {
      if next == ancestor { return true }
      if seen.insert(next).inserted { queue += self[next]?.parents ?? [] }
    }
    return false
  }
}
