import Bets
import Testing

@Suite struct WeaknessTests {
  /// A declaration without a weak point, with some fields replaced or, when empty, left out.
  private func codes(
    _ changes: [TrailerName: String] = [:], states: [String: Bet.State] = [:]
  ) throws -> [String] {
    try weaknesses(changes, states: states).map(\.code)
  }

  private func weaknesses(
    _ changes: [TrailerName: String] = [:], states: [String: Bet.State] = [:]
  ) throws -> [Diagnostic] {
    var claim: [TrailerName: String] = [
      .if: "we add full-text search to the catalogue", .expect: "lesson starts rise from 2.1 to 2.6",
      .because: "14 of 20 interviewed learners gave up browsing", .metric: "lesson_starts",
      .baseline: "2.1", .target: ">= 2.6", .kill: "< 2.2", .checkBy: "2026-12-15",
    ]
    claim.merge(changes) { $1 }
    let event = Event(
      .declared, in: "search", subject: "t",
      values: TrailerName.claim.compactMap { name in
        claim[name].flatMap { $0.isEmpty ? nil : Event.Value(name, $0) }
      })
    var history = History("search")
    history.add(message: Array(try event.message(isRoot: true).utf8))
    let bet = try #require(try history.bet())
    return Weakness.found(in: bet) { states[$0.name] }
  }

  @Test func `a bet that says what, how much, which way, when and why has no weak point`() throws {
    #expect(try codes().isEmpty)
  }

  @Test(
    arguments: [
      ([.because: "we add full-text search to the catalogue"], ["restated-reason"]),
      ([.because: "lesson starts rise"], ["restated-reason"]),
      ([.expect: "lesson starts rise", .target: ""], ["no-number"]),
      ([.expect: "lesson starts change by 3", .target: ""], ["no-direction"]),
      ([.expect: "something happens", .target: ""], ["no-number", "no-direction"]),
      ([.expect: "something happens"], []),
      ([.checkBy: ""], ["no-date"]), ([.metric: ""], ["no-metric"]),
      ([.kill: "<= 2.6"], ["overlapping-lines"]),
      ([.kill: "< 2.6"], []), ([.baseline: "3"], ["nothing-to-win"]),
      ([.target: "<= 1", .kill: "> 2"], []), ([.target: "<= 3", .kill: "> 4"], ["nothing-to-win"]),
    ] as [([TrailerName: String], [String])])
  func `each weak point has its code`(changes: [TrailerName: String], expected: [String]) throws {
    #expect(try codes(changes) == expected)
  }

  @Test(arguments: Bet.State.allCases)
  func `a follow-on is named at birth`(state: Bet.State) throws {
    let found = try codes([.buildsOn: "catalogue"], states: ["catalogue": state])
    #expect(found == (state == .validated ? [] : ["follow-on-at-birth"]))
    #expect(try codes([.buildsOn: "nowhere"]) == ["follow-on-at-birth"])
  }

  @Test func `a weak point is a warning, and its hint mends the bet`() throws {
    let found = try weaknesses([.checkBy: "", .metric: ""])
    #expect(found.map(\.severity) == [.warning, .warning])
    #expect(
      found.flatMap(\.hints) == [
        "git bet amend search --check-by 14d", "git bet amend search --metric signups_per_week",
      ])
  }
}
