import BetReports
import TestSupport
import Testing

@Suite("the morning's screen") struct MorningTests {
  private let shipment = Shipment(commit: oid(7), time: Int64(today.number - 5) * 86_400, commits: 3)

  private func digest(
    _ name: String, state: Bet.State = .open, on below: [String] = [], contested: [String] = [],
    checkBy days: Int? = nil, last: String? = nil, reached: TrailerName? = nil, target: String? = ">= 2.6",
    age: Int = 3
  ) throws -> BetDigest {
    BetDigest(
      id: try BetID(name), title: name, state: state, contested: contested,
      declaredAt: Int64(today.number - age) * 86_400, checkBy: days.map { Day(number: today.number + $0) },
      awaitsNumbers: true, target: target, outcome: nil, lastObservation: last, reached: reached,
      buildsOn: try below.map { try BetID($0) }, linkedBranches: [], linkedCommits: [])
  }

  /// Each line as `section: id: words`.
  private func lines(_ morning: Morning) -> [String] {
    morning.sections.flatMap { section, lines in lines.map { "\(section): \($0.bet.id): \($0.words)" } }
  }

  private func morning(_ bets: [BetDigest], shipped: [String] = []) throws -> Morning {
    try Morning(
      bets, shipments: Dictionary(uniqueKeysWithValues: shipped.map { (try BetID($0), shipment) }), on: today)
  }

  @Test func `says first what waits for a decision, what most waits on at the top`() throws {
    let morning = try morning(
      [
        digest("late", checkBy: -6), digest("met", last: "2.7", reached: .target),
        digest("over", last: "1", reached: .kill), digest("two", contested: ["Target"]),
        digest("ranking", on: ["met"]), digest("filters", on: ["ranking", "met"]),
      ], shipped: ["late", "met", "over"])
    #expect(
      lines(morning) == [
        "due: met: target met: 2.7, >= 2.6 wanted", "due: late: overdue by 6 days: no reading",
        "due: over: stop line met: 1, >= 2.6 wanted", "due: two: open, contested Target",
        "blocked: ranking: rests on met", "blocked: filters: rests on ranking and met",
      ])
    #expect(morning.headline == "4 decisions are due; 2 bets wait behind them")
    #expect(morning.next == "git bet close met")
  }

  @Test func `what has not shipped is no decision, and what is measured says how long still`() throws {
    let morning = try morning(
      [
        digest("export", checkBy: 12, last: "14"), digest("emails", checkBy: 1), digest("odd", target: nil),
        digest("idea", checkBy: -2, age: 9), digest("new", age: 0),
      ], shipped: ["export", "emails", "odd"])
    #expect(
      lines(morning) == [
        "measuring: emails: 1 day left: no reading yet", "measuring: export: 12 days left: 14, >= 2.6 wanted",
        "measuring: odd: no day to check by", "unshipped: idea: 9 days old: overdue by 2 days",
        "unshipped: new: declared today",
      ])
    #expect(morning.headline == "nothing is due; 5 bets are open")
    #expect(morning.next == "git bet show idea")
    #expect(
      try self.morning([digest("emails", checkBy: 1), digest("now", checkBy: 9)]).next
        == "emails is to be checked by \(Day(number: today.number + 1)), in 1 day")
    #expect(try self.morning([digest("now", checkBy: 0)]).next?.hasSuffix(", today") ?? false)
  }

  @Test func `a lost bet is told at any depth`() throws {
    let bets = try [
      digest("a", state: .invalidated), digest("b", on: ["a"]), digest("d", on: ["b"]),
      digest("e", on: ["d"]),
      digest("f", on: ["e"], checkBy: 3), digest("g", on: ["f"]),
      digest("v", state: .validated, on: ["a"]), digest("w", on: ["v"]),
    ]
    let morning = try morning(bets, shipped: ["f"])
    #expect(
      lines(morning) == [
        "measuring: f: 3 days left: a below it is lost", "blocked: b: rests on a (lost)",
        "blocked: d: rests on b and a (lost)", "blocked: e: rests on d, b and a (lost)",
        "blocked: g: rests on f, e, d and 2 more, and a is lost", "unshipped: w: 3 days old",
      ])
    #expect(morning.sections.flatMap(\.lines).filter(\.isBad).count == 5)
    #expect(morning.next == "git bet show f")
    #expect(morning.closed.map { "\($0.count) \($0.state)" } == ["1 validated", "1 invalidated"])
  }

  @Test func `one is said as one, and where nothing is open there is nothing to do`() throws {
    #expect(
      try morning([digest("a", contested: ["verdict"]), digest("b", on: ["a"])]).headline
        == "1 decision is due; 1 bet waits behind it")
    #expect(try morning([digest("a")]).headline == "nothing is due; 1 bet is open")
    let closed = try morning([digest("a", state: .validated)])
    #expect(closed.headline == "nothing is open" && closed.next == nil && closed.sections.isEmpty)
    #expect(try morning([digest("a")]).next == "git bet amend a --check-by 14d")
  }

  @Test func `hostile text of a ledger is printable in it`() throws {
    for text in hostile where !text.isEmpty {
      let morning = try morning([digest("a", last: text, reached: .target, target: text)], shipped: ["a"])
      let words = lines(morning)[0]
      #expect(words == Text.printable(words), "it was printable already")
      #expect(!words.contains("\n"))
    }
  }
}
