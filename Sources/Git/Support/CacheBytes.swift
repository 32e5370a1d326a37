import GitFormats

/// Puts numbers, ids and texts one behind the other, the low byte of a number first.
package struct CacheWriter {
  package var bytes: [UInt8] = []

  package init() {}

  package mutating func add<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  package mutating func add(_ id: ObjectID) {
    // Twenty bytes, always: an id of another hash names nothing in a repository that is opened here.
    let words = id.sha1 ?? (0, 0, 0)
    add(words.high)
    add(words.middle)
    add(words.low)
  }

  /// A text with its length in front.
  package mutating func add(_ text: String) { add(data: Array(text.utf8)) }

  /// Bytes with their number in front.
  package mutating func add(data: [UInt8]) { add(data: data[...]) }

  /// The same of a part.
  package mutating func add(data: ArraySlice<UInt8>) {
    add(UInt32(data.count))
    bytes += data
  }

  /// Values with their number in front.
  package mutating func add<Value>(_ values: [Value], _ add: (inout CacheWriter, Value) -> Void) {
    self.add(UInt32(values.count))
    for value in values { add(&self, value) }
  }
}

/// Takes apart what a ``CacheWriter`` has put together; nil where the bytes end too early.
package struct CacheReader {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  package var isAtEnd: Bool { rest.isEmpty }

  // Each for its own type: what is generic is called as it stands from other rooms, for ten times as much.
  package mutating func number() -> UInt8? { fixed() }
  package mutating func number() -> UInt32? { fixed() }
  package mutating func number() -> UInt64? { fixed() }
  package mutating func number() -> Int64? { fixed() }

  private mutating func fixed<Number: FixedWidthInteger>() -> Number? {
    let size = MemoryLayout<Number>.size
    guard rest.count >= size else { return nil }
    defer { rest = rest[(rest.startIndex + size)...] }
    return rest.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(as: Number.self)) }
  }

  package mutating func id() -> ObjectID? {
    guard let high: UInt64 = number(), let middle: UInt64 = number(), let low: UInt32 = number() else {
      return nil
    }
    return ObjectID(sha1: (high, middle, low))
  }

  package mutating func ids() -> [ObjectID]? { list { $0.id() } }

  /// Nil also for what is no UTF-8.
  package mutating func text() -> String? {
    slice().flatMap { bytes in
      bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
    }
  }

  package mutating func texts() -> [String]? { list { $0.text() } }

  package mutating func data() -> [UInt8]? { slice().map { Array($0) } }

  /// The same bytes where they are.
  package mutating func slice() -> ArraySlice<UInt8>? {
    guard let count: UInt32 = number(), count <= rest.count else { return nil }
    let end = rest.startIndex + Int(count)
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  /// Values with their number in front; a number that cannot be true takes no memory.
  package mutating func list<Value>(_ next: (inout CacheReader) -> Value?) -> [Value]? {
    guard let count: UInt32 = number() else { return nil }
    var values: [Value] = []
    for _ in 0..<count {
      guard let value = next(&self) else { return nil }
      values.append(value)
    }
    return values
  }

  /// Values up to the end; nil when the last one is cut short.
  package mutating func all<Value>(_ next: (inout CacheReader) -> Value?) -> [Value]? {
    var values: [Value] = []
    while !isAtEnd {
      guard let value = next(&self) else { return nil }
      values.append(value)
    }
    return values
  }
}
