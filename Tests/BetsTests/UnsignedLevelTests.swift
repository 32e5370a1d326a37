import Bets
import Testing

/// The history of the level of `unsigned`: what was lowered by somebody who may, and what was tried after that.
@Suite struct UnsignedLevelTests {
  /// The gate's diary, and the events in it that a trusted person has signed.
  private var history = History("gate", firstID: 10_000)
  private var signed: Set<ObjectID> = []

  private mutating func set(
    _ level: String, isSigned: Bool = false, on parents: [ObjectID]? = nil
  ) throws -> ObjectID {
    let id = try history.add(.policy, [.rule: "unsigned=\(level)"], on: parents)
    if isSigned { signed.insert(id) }
    return id
  }

  private func folded(trusting signed: Set<ObjectID>) -> GateDiary {
    GateDiary(from: Diary(history.entries), trusting: signed)
  }

  @Test mutating func `what a trusted person lowered, anybody raises again, as far as he likes`() throws {
    _ = try set("block")
    let lowered = try set("off", isSigned: true)
    let raised = try set("warn")
    #expect(folded(trusting: signed).policy["unsigned"] == .warn)
    #expect(folded(trusting: signed).lowerings == [])
    // Before git was asked about the signatures, both would lower it.
    #expect(folded(trusting: []).policy["unsigned"] == .block)
    #expect(folded(trusting: []).lowerings == [lowered, raised])
  }

  @Test mutating func `what was raised again is not lowered by anybody`() throws {
    _ = try set("block")
    _ = try set("off", isSigned: true)
    _ = try set("warn")
    let lowering = try set("off")
    #expect(folded(trusting: signed).policy["unsigned"] == .warn)
    #expect(folded(trusting: signed).lowerings == [lowering])
  }

  @Test mutating func `a trusted person who lowers it without knowing that it was raised lowers nothing`()
    throws
  {
    let root = try set("off")
    let raised = try set("block", on: [root])
    let lowered = try set("off", isSigned: true, on: [root])
    let late = try set("warn", on: [raised, lowered])
    #expect(folded(trusting: signed).policy["unsigned"] == .block)
    #expect(folded(trusting: signed).lowerings == [late])
  }
}
