import Bets
import TestSupport
import Testing

/// What a folded bet claims and tells, besides its state.
@Suite struct FoldClaimTests {
  private func fold(_ build: (inout History) throws -> Void) throws -> Bet {
    var history = History("search")
    try build(&history)
    return try #require(try history.bet())
  }

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
    #expect(bet.diary.entries.last?.readable?.kind == .amended)
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
