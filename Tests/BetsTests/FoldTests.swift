import Bets
import TestSupport
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
    var generator = Dice(state: seed)
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
