import GitFormats
import TestSupport
import Testing

@Suite("object ids") struct ObjectIDTests {
  @Test func `forty digits in either case are an id`() throws {
    let text = "4B825dc642cb6eb9a060e54bf8d69288fbee4904"
    #expect(ObjectID(hexBytes: text.utf8) == ObjectID.emptyTree)
    #expect(ObjectID(hexBytes: text.utf8)?.description == text.lowercased())
  }

  @Test(arguments: [
    "", "4b825d", "4b825dc642cb6eb9a060e54bf8d69288fbee49040", "xb825dc642cb6eb9a060e54bf8d69288fbee4904",
  ])
  func `anything else is none`(_ text: String) {
    #expect(ObjectID(hex: text) == nil)
  }

  @Test func `ids are ordered by their bytes`() throws {
    var dice = Dice(state: 1)
    let texts = (0..<200).map { _ in
      (0..<40).map { _ in String(Int.random(in: 0..<16, using: &dice), radix: 16) }.joined()
    }
    #expect(texts.compactMap { ObjectID(hex: $0) }.sorted().map(\.description) == texts.sorted())
    #expect(ObjectID.zero.isZero && !ObjectID.emptyTree.isZero)
    #expect(ObjectID.zero.description == String(repeating: "0", count: 40))
  }
}
