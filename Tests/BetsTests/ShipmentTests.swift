import Bets
import TestSupport
import Testing

@Suite("the stage of a bet") struct ShipmentTests {
  private static let today = Day(number: 20_100)
  private let shipment = Shipment(commit: oid(7), time: History.start + 90, commits: 3)

  private func stage(
    _ claim: KeyValuePairs<TrailerName, String>, _ verdict: Verdict? = nil, shipped: Bool = true
  ) throws -> Bet.Stage? {
    var history = History("search")
    try history.declare(claim)
    if let verdict { try history.close(verdict) }
    return try history.bet()?.stage(shipped ? shipment : nil, on: Self.today)
  }

  @Test func `is unshipped until a commit is out`() throws {
    #expect(try stage([.metric: "m"], shipped: false) == .unshipped)
    #expect(try stage([.metric: "m"], .validated, shipped: false) == .unshipped)
  }

  @Test func `is measuring while something is awaited`() throws {
    let (yesterday, today) = ("\(Self.today + -1)", "\(Self.today)")
    #expect(try stage([.metric: "m"]) == .measuring)
    #expect(try stage([.checkBy: today]) == .measuring)
    #expect(try stage([.metric: "m", .checkBy: today]) == .measuring)
    #expect(try stage([:]) == .shipped)
    #expect(try stage([.checkBy: yesterday]) == .shipped)
    #expect(try stage([.metric: "m", .checkBy: yesterday]) == .shipped)
  }

  @Test func `is measuring when contested and shipped when decided`() throws {
    for verdict in [Verdict.validated, .invalidated, .inconclusive, .abandoned] {
      #expect(try stage([.metric: "m"], verdict) == .shipped)
    }
    #expect(try bet("search", .contested).stage(shipment, on: Self.today) == .shipped)
    var history = History("search")
    try history.declare([.metric: "m"])
    let fork = history.heads
    try history.close(.validated, on: fork)
    try history.close(.invalidated, on: fork)
    #expect(try history.bet()?.stage(shipment, on: Self.today) == .measuring)
  }

  @Test func `tells which goalposts were moved after it was out`() throws {
    var history = History("search")
    try history.declare([.target: ">= 5"])
    try history.add(.amended, [.target: ">= 4"])
    try history.add(.amended, [.target: ">= 3"])
    let moved = try history.bet()?.movedGoalposts ?? []
    #expect(moved.map { $0.isAfter(shipment) } == [false, true])
    #expect(moved.map { $0.isAfter(nil) } == [false, false])
  }
}
