/// A hash that takes eight bytes at a time, for what is large and read often: it tells damage and change, not intent.
package struct WordHash {
  package private(set) var value: UInt64

  package init(seed: UInt64) { value = seed }

  /// The number of bytes counts too, so that two halves are not taken for the whole.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    var position = 0
    while bytes.count - position >= 8 {
      mix(UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
      position += 8
    }
    var rest: UInt64 = 0
    for byte in unsafe Array(bytes[position...]).reversed() { rest = rest << 8 | UInt64(byte) }
    if position < bytes.count { mix(rest) }
  }

  package mutating func add(_ bytes: [UInt8]) { unsafe bytes.withUnsafeBytes { unsafe add($0) } }

  package mutating func add(_ word: UInt64) { mix(word) }

  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 29
  }
}
