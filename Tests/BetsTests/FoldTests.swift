import Bets
import Testing

/// "Reading: the fold", sentence by sentence.
@Suite struct FoldTests {
  private func fold(_ build: (inout History) throws -> Void) throws -> Bet {
    var history = History("search")
    try build(&history)
    return try #require(try history.bet())
  }

  // MARK: Order

  @Test func `events apply in the order of Seq, then of time, then of object id`() throws {
    var history = History("search")
    let root = try history.declare()
    try history.add(.amended, [.metric: "third"], on: [root], time: 20)
    try history.add(.amended, [.metric: "first"], on: [root], time: 10)
    try history.add(.amended, [.metric: "fourth"], on: [root], time: 20)
    let last = try history.add(.noted)
    try history.add(.amended, [.metric: "last"], on: [last], time: 0)
    let order = Diary(history.entries).entries.compactMap { $0.readable?.first(.metric) }
    #expect(order == ["first", "third", "fourth", "last"])
  }

  @Test(arguments: [-315_360_000, 0, 315_360_000] as [Int64])
  func `a clock ten years off changes nothing`(skew: Int64) throws {
    let bet = try fold { history in
      try history.declare()
      try history.add(.amended, [.metric: "one"], time: History.start + skew)
      try history.close(.validated)
      try history.add(.reopened, time: History.start - skew)
      try history.add(.amended, [.metric: "two"], time: History.start - 2 * skew)
      try history.add(.closed, [.verdict: "invalidated", .evidence: "e"], time: skew)
    }
    #expect(bet.state == .invalidated)
    #expect(bet.first(.metric) == "two")
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `any permutation of the same entries gives the same bet`(seed: UInt64) throws {
    var generator = SplitMix64(state: seed)
    var history = History("search")
    try history.declare()
    for _ in 0..<30 {
      let entries = history.entries.map(\.id)
      history.heads = Array(
        entries.shuffled(using: &generator).prefix(Int.random(in: 1...2, using: &generator)))
      let time = Int64.random(in: 0...5, using: &generator)
      switch Int.random(in: 0..<9, using: &generator) {
      case 0: try history.declare()
      case 1: try history.close(Verdict.allCases.randomElement(using: &generator) ?? .validated)
      case 2: try history.add(.reopened, time: time)
      case 3: try history.add(.amended, [.metric: "m\(time)", .buildsOn: "b\(time)"], time: time)
      case 4: try history.add(.observed, [.value: "\(time)", .on: "2026-01-0\(time + 1)"], time: time)
      case 5: try history.add(.linked, [.branch: "b\(time)"], time: time)
      case 6: try history.add(.unlinked, [.branch: "b\(time)"], time: time)
      case 7: history.add(message: Array("spoiled \(time)".utf8), time: time)
      default: try history.add(.noted, time: time)
      }
    }
    let bet = try #require(try history.bet())
    for _ in 0..<5 {
      let entries = history.entries.shuffled(using: &generator)
      let other = try #require(Bet(bet.id, from: Diary(entries)))
      #expect(Folded(other) == Folded(bet))
    }
  }

  // MARK: Verdict

  @Test func `the state is that of the last verdict-bearing event`() throws {
    var history = History("search")
    try history.declare()
    #expect(try history.bet()?.state == .open)
    try history.close(.inconclusive)
    #expect(try history.bet()?.state == .inconclusive)
    try history.add(.reopened)
    #expect(try history.bet()?.state == .open)
    try history.close(.abandoned)
    try history.add(.noted)
    #expect(try history.bet()?.state == .abandoned)
    try history.add(.closed, [.verdict: "abandoned"])
    #expect(try history.bet()?.state == .abandoned, "to abandon needs no evidence")
  }

  @Test func `heads that agree give their state, heads that do not make the bet contested`() throws {
    for right in Verdict.allCases {
      var history = History("search")
      let fork = [try history.declare()]
      try history.close(.validated, on: fork)
      try history.close(right, on: fork)
      let bet = try #require(try history.bet())
      #expect(bet.state == (right == .validated ? .validated : .contested))
      #expect(bet.verdicts.count == 2)
    }
  }

  @Test func `a close beside a reopening is contested`() throws {
    let bet = try fold { history in
      try history.declare()
      let closed = try history.close(.validated)
      try history.add(.reopened, on: [closed])
      try history.close(.validated, on: [closed])
    }
    #expect(bet.state == .contested)
  }

  @Test func `a head without a verdict of its own contests nothing`() throws {
    let bet = try fold { history in
      let root = try history.declare()
      try history.close(.validated, on: [root])
      try history.add(.noted, on: [root])
    }
    #expect(bet.state == .validated)
  }

  @Test func `a contested bet stays so when heads are joined, until one event on both settles it`() throws {
    var history = History("search")
    let fork = [try history.declare()]
    let left = try history.close(.validated, on: fork)
    let right = try history.close(.invalidated, on: fork)
    try history.add(.merged, [.contested: "Verdict"], on: [left, right])
    #expect(try history.bet()?.state == .contested)
    try history.close(.invalidated)
    #expect(try history.bet()?.state == .invalidated)
    #expect(try history.bet()?.verdicts.count == 1)
  }

  @Test func `an event on one head alone settles nothing`() throws {
    let bet = try fold { history in
      let fork = [try history.declare()]
      let left = try history.close(.validated, on: fork)
      try history.close(.invalidated, on: fork)
      try history.close(.validated, on: [left])
    }
    #expect(bet.state == .contested)
  }

  // MARK: The claim

  @Test func `an amended field is replaced whole, and an empty value removes it`() throws {
    var history = History("search")
    try history.declare([.instrument: "a", .instrument: "b", .metric: "m", .appetite: "3 commits"])
    try history.add(.amended, [.instrument: "c"])
    #expect(try history.bet()?.all(.instrument) == ["c"])
    try history.add(.amended, [.instrument: "", .metric: ""])
    let bet = try #require(try history.bet())
    #expect(bet.all(.instrument).isEmpty)
    #expect(bet.first(.metric) == nil)
    #expect(bet.first(.appetite) == "3 commits", "a field that is not named stays")
    #expect(bet.isAmended)
  }

  @Test func `changes of what was promised are listed for ever as moved goalposts`() throws {
    let bet = try fold { history in
      try history.declare([.metric: "m", .target: ">= 5"])
      try history.add(.amended, [.target: ">= 3", .outcome: "o"])
      try history.add(.amended, [.expect: "less", .metric: "n", .kill: "< 1", .checkBy: "2026-12-15"])
      try history.add(.amended, [.target: ">= 5", .metric: "n", .because: "b"])
      try history.close(.validated)
    }
    let moved = bet.movedGoalposts.map { "\($0.field.rawValue): \($0.from) → \($0.to)" }.sorted()
    #expect(
      moved == [
        "Check-By:  → 2026-12-15", "Expect: it rises to 5 → less", "Kill:  → < 1", "Metric: m → n",
        "Target: >= 3 → >= 5", "Target: >= 5 → >= 3",
      ])
  }

  @Test func `with two roots both declarations are shown, and fields are contested until amended`() throws {
    var history = History("search")
    let left = try history.declare([.metric: "m", .target: ">= 5"])
    let right = try history.declare([.metric: "n", .target: ">= 5"])
    var bet = try #require(try history.bet())
    #expect(bet.state == .open)
    #expect(bet.diary.entries.count { $0.readable?.kind == .declared } == 2)
    #expect(bet.contests.map(\.field) == [.metric])
    #expect(bet.contests.first?.values == [["m"], ["n"]])

    try history.add(.merged, [.contested: "Metric"], on: [left, right])
    #expect(try history.bet()?.contests.map(\.field) == [.metric])
    try history.add(.amended, [.metric: "n"])
    bet = try #require(try history.bet())
    #expect(bet.contests.isEmpty)
    #expect(bet.first(.metric) == "n")
  }

  @Test func `a field that two heads changed in the same way is not contested`() throws {
    let bet = try fold { history in
      let root = try history.declare([.metric: "m"])
      try history.add(.amended, [.metric: "n"], on: [root])
      try history.add(.amended, [.metric: "n", .outcome: "o"], on: [root])
    }
    #expect(bet.contests.isEmpty)
  }

  @Test func `what any head builds on counts`() throws {
    var history = History("search")
    let root = try history.declare([.buildsOn: "a"])
    let left = try history.add(.amended, [.buildsOn: "b"], on: [root])
    let right = try history.add(.amended, [.buildsOn: ""], on: [root])
    #expect(try history.bet()?.buildsOn.map(\.name) == ["b"])
    try history.add(.amended, [.buildsOn: "c", .buildsOn: "b"], on: [root])
    #expect(try history.bet()?.buildsOn.map(\.name).sorted() == ["b", "c"])
    #expect(try history.bet()?.contests.map(\.field) == [.buildsOn])
    history.heads.append(contentsOf: [left, right])
    try history.add(.amended, [.buildsOn: ""])
    #expect(try history.bet()?.buildsOn == [])
  }

  // MARK: What else is told

  @Test func `observations stand in the order of their days`() throws {
    let bet = try fold { history in
      try history.declare([.metric: "m"])
      try history.add(.observed, [.value: "2.40", .on: "2026-03-01", .source: "dashboard"])
      try history.add(.observed, [.value: "1", .on: "2026-02-01"])
      try history.add(.observed, [.value: "-3.5", .metric: "n"], time: 1_772_323_200 + 86_399)
      try history.add(.observed, [.value: "4", .on: "2026-02-01"])
    }
    #expect(bet.observations.map(\.text) == ["1", "4", "2.40", "-3.5"])
    #expect(bet.lastObservation?.day == Day("2026-03-01"), "without On the author's day counts")
    #expect(bet.lastObservation?.value == -3.5)
  }

  @Test func `linked work belongs to the bet until it is unlinked`() throws {
    let bet = try fold { history in
      try history.declare()
      try history.add(.linked, [.branch: "one"])
      try history.add(.linked, [.branch: "two"])
      try history.add(.linked, [.commit: oid(7).hex, .commit: oid(8).hex])
      try history.add(.unlinked, [.branch: "one"])
      try history.add(.unlinked, [.commit: oid(7).hex])
    }
    #expect(bet.linkedBranches == ["two"])
    #expect(bet.linkedCommits == [oid(8)])
  }

  @Test func `a bet is overdue after its check-by day while nobody has called it`() throws {
    var history = History("search")
    try history.declare([.checkBy: "2026-12-15"])
    let days = try ["2026-12-15", "2026-12-16"].map { try #require(Day($0)) }
    #expect(try days.map { try history.bet()?.isOverdue(on: $0) } == [false, true])
    try history.close(.validated)
    #expect(try history.bet()?.isOverdue(on: days[1]) == false)
  }
}

/// Everything that a bet says, to be compared.
private struct Folded: Equatable {
  let title, state: String
  let claim: [TrailerName: [String]]
  let contests: [Bet.Contest]
  let moved: [Bet.MovedGoalpost]
  let observations: [Bet.Observation]
  let branches: Set<String>
  let buildsOn: [BetID]
  let verdicts, order: [ObjectID]
  let declaredAt: Int64

  init(_ bet: Bet) {
    (title, state) = (bet.title, bet.state.rawValue)
    (claim, contests, moved) = (bet.claim, bet.contests, bet.movedGoalposts)
    (observations, branches, buildsOn) = (bet.observations, bet.linkedBranches, bet.buildsOn)
    (verdicts, order) = (bet.verdicts.map(\.id), bet.diary.entries.map(\.id))
    declaredAt = bet.declaredAt
  }
}
