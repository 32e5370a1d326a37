import Bets
import TestSupport
import Testing

/// Sizes that somebody else may choose: neither a crash nor a recursion that ends in one.
@Suite struct ScaleTests {
  private func declared(_ name: String, on below: [String]) throws -> Bet {
    let event = Event(
      .declared, in: name, subject: "t",
      values: [.init(.if, "x"), .init(.expect, "y"), .init(.because, "z")]
        + below.map { .init(.buildsOn, $0) })
    let entry = Entry(id: oid(1), parents: [], author: "Ada", time: 0, event: .success(event))
    return try #require(Bet(try BetID(name), from: Diary([entry])))
  }

  private func decide(_ bets: [Bet], _ commits: [WorkCommit], config: [String] = []) throws -> Decision {
    try GateRow("", bets, commits, config: config).decide()
  }

  @Test func `a chain of 10,000 bets is followed to its end`() throws {
    let bets = try (0..<10_000).map { try declared("b\($0)", on: $0 == 0 ? [] : ["b\($0 - 1)"]) }
    let decision = try decide(bets, [commit("b9999")])
    #expect(decision.findings.first?.blockers.count == 9_999)
    #expect(decision.findings.first?.blockers.allSatisfy { $0.path.count <= 17 } == true)
    let deep = try decide(bets, [commit("b9999")], config: ["bet.depth=1000"])
    #expect(deep.findings.first?.blockers.count == 8_999)
  }

  @Test func `a ring of 10,000 bets is a loop`() throws {
    let bets = try (0..<10_000).map { try declared("b\($0)", on: ["b\(($0 + 9_999) % 10_000)"]) }
    let decision = try decide(bets, [commit("b7")])
    #expect(decision.findings.first?.blockers.count == 10_000)
    #expect(decision.findings.first?.blockers.allSatisfy { !$0.loop.isEmpty } == true)
  }

  @Test func `a bet on 10,000 others rests on each of them`() throws {
    let names = (0..<10_000).map { "b\($0)" }
    let bets = try names.map { try declared($0, on: []) } + [declared("top", on: names)]
    #expect(try decide(bets, [commit("top")]).findings.first?.blockers.count == 10_000)
    #expect(try decide(bets, [commit(buildsOn: names)]).findings.first?.blockers.count == 10_000)
  }

  @Test func `layers of bets with every edge between them do not multiply`() throws {
    let width = 30
    let bets = try (0..<40).flatMap { layer in
      try (0..<width).map { column in
        let below = layer == 0 ? [] : (0..<width).map { "l\(layer - 1)-\($0)" }
        return try declared("l\(layer)-\(column)", on: below)
      }
    }
    let decision = try decide(bets, [commit("l39-0")], config: ["bet.depth=38"])
    #expect(decision.findings.first?.blockers.count == width)
  }

  @Test func `a commit that names 10,000 bets that do not exist names them all`() throws {
    let names = (0..<10_000).map { "No Bet \($0)" }
    let decision = try decide([], [commit(buildsOn: names)])
    #expect(decision.findings.first?.blockers.count == 10_000)
    let many = WorkCommit(id: oid(78), bets: names.map { BetName($0) })
    #expect(try decide([], [many]).findings.count == 10_000)
  }

  @Test func `a diary of 50,000 events is folded`() throws {
    var entries: [Entry] = []
    func add(_ kind: Event.Kind, _ values: [Event.Value], on parents: [Int]) {
      let seq = entries.count + 1
      let event = Event(kind, in: "search", seq: seq, subject: "t", body: "b", values: values)
      entries.append(
        Entry(id: oid(seq), parents: parents.map { oid($0) }, author: "Ada", time: 0, event: .success(event)))
    }
    add(.declared, [.init(.if, "x"), .init(.expect, "y"), .init(.because, "z")], on: [])
    while entries.count < 50_000 {
      let last = entries.count
      switch last % 5 {
      case 0: add(.closed, [.init(.verdict, "validated"), .init(.evidence, "e")], on: [last])
      case 1: add(.reopened, [], on: [last])
      case 2: add(.amended, [.init(.metric, "m\(last)")], on: [last, max(1, last - 7)])
      case 3: add(.observed, [.init(.value, "1")], on: [last])
      default: add(.noted, [], on: [last])
      }
    }
    let bet = try #require(Bet(try BetID("search"), from: Diary(entries.reversed())))
    #expect(bet.state == .open)
    #expect(bet.first(.metric) == "m49997")
    #expect(bet.contests.isEmpty)
  }

  @Test func `10,000 heads that disagree are one contest`() throws {
    var history = History("search")
    let root = [try history.declare()]
    for number in 0..<10_000 {
      if number % 2 == 0 {
        try history.close(number % 4 == 0 ? .validated : .invalidated, on: root)
      } else {
        try history.add(.amended, [.buildsOn: "b\(number)", .metric: "m\(number)"], on: root)
      }
    }
    let bet = try #require(try history.bet())
    #expect(bet.state == .contested)
    #expect(bet.buildsOn.count == 5_000)
    #expect(bet.contests.map(\.values.count) == [5_000, 5_000])
  }

  @Test func `policy events of 10,000 rules are folded`() throws {
    var history = History("gate")
    for round in 0..<10 {
      let values = (0..<1_000).map { Event.Value(.rule, "rule-\(round)-\($0)=warn") }
      let event = Event(.policy, in: "gate", seq: round + 1, subject: "t", values: values)
      history.add(message: Array(try event.message(isRoot: round == 0).utf8))
    }
    #expect(GateDiary(from: Diary(history.entries)).policy.count == 10_000)
  }
}
