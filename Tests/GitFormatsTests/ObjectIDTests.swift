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

  @Test func `digits read eight at a time are those read one by one, and any other byte is none`() throws {
    var dice = Dice(state: 2)
    let id = Array("4b825dc642cb6eb9a060e54bf8d69288fbee4904".utf8)
    for byte in UInt8.min...UInt8.max {
      for place in 0..<40 {
        var text = id
        text[place] = byte
        let around = [byte] + text + [byte]
        let read = around.withUnsafeBytes { ObjectID(hexBytes: $0, at: 1) }
        #expect(read == ObjectID(hexBytes: text), "\(byte) at \(place)")
        #expect((read != nil) == Character(Unicode.Scalar(byte)).isHexDigit, "\(byte) at \(place)")
      }
    }
    for _ in 0..<500 {
      let text = (0..<40).map { _ in "0123456789abcdef".utf8.randomElement(using: &dice) ?? 0 }
      let id = try #require(text.withUnsafeBytes { ObjectID(hexBytes: $0, at: 0) })
      #expect(id.hex == String(decoding: text, as: UTF8.self))
      #expect(id.short == String(decoding: text.prefix(10), as: UTF8.self))
    }
    #expect(id.withUnsafeBytes { ObjectID(hexBytes: $0, at: 1) } == nil)
  }

  @Test func `sixty-four digits are spelled as they were read`() {
    let text = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
    #expect(ObjectID(hex: text)?.hex == text && ObjectID(hex: text)?.short == "6ef19b4122")
  }

  @Test func `ids that differ in one word are told apart by a set`() {
    let texts = (0..<4).flatMap { place in
      (0..<256).map { number in
        let zeros = Array(repeating: "0000000000", count: 4)
        let digits = String(number, radix: 16)
        let word = String(repeating: "0", count: 10 - digits.count) + digits
        return (zeros[..<place] + [word] + zeros[(place + 1)...]).joined()
      }
    }
    let ids = texts.compactMap { ObjectID(hex: $0) }
    #expect(ids.count == 1024 && Set(ids) == Set(ids.reversed()) && Set(ids).count == Set(texts).count)
    #expect(ids.allSatisfy(Set(ids).contains) && !Set(ids.dropFirst(2)).contains(ids[1]))
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
