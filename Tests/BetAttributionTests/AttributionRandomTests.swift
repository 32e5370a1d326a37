import TestSupport
import Testing

/// Whatever has happened to branches, ledger, objects and caches, the answer is the one that looking at every commit
/// gives.
@Suite("what has shipped of a bet is never wrong") struct AttributionRandomTests {
  @Test(arguments: 1...12) func `over random histories`(_ seed: UInt64) throws {
    var shipping = try RandomShipping(seed: seed)
    var happened: [String] = []
    var hows: Set<Substring> = []
    for _ in 0..<60 {
      happened.append(try shipping.step())
      // Several things happen between two questions.
      if happened.count % 3 == 0 { continue }
      let expected = try shipping.expected()
      let found = try shipping.attributed()
      try #require(found == expected, "\(happened.suffix(6))")
      hows.formUnion(expected.compactMap { $0.split(separator: " ").last })
    }
    // Some of each must have been there, or the test would prove little.
    #expect(hows.count >= 2, "\(hows)")
  }
}
