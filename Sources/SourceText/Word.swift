import GitFormats

/// A word of up to sixteen bytes in a register, to be looked up in a list without touching memory.
struct Word: Hashable, ExpressibleByStringLiteral, Sendable {
  private var value: UInt128 = 0

  /// A longer one is equal to no word of up to sixteen, as it takes the place of the empty one.
  init(_ bytes: ArraySlice<UInt8>, _ range: Range<Int>, lowercased: Bool = false) {
    guard range.count <= 16 else { return }
    for index in range {
      value = value << 8 | UInt128(lowercased ? bytes[index].lowercasedASCII : bytes[index])
    }
  }

  init(stringLiteral text: String) {
    let bytes = Array(text.utf8)
    precondition((1...16).contains(bytes.count))
    self.init(bytes[...], bytes.indices)
  }
}

extension UInt8 {
  /// What an identifier may go on with.
  @inline(__always)
  var isWordASCII: Bool { isAlphanumericASCII || self == 0x5F }

  /// What an identifier may begin with.
  @inline(__always)
  var isWordStart: Bool { isWordASCII && !isDigit }

  @inline(__always)
  var isUpper: Bool { self &- 0x41 < 26 }

  @inline(__always)
  var isLower: Bool { self &- 0x61 < 26 }

  /// White within a line.
  @inline(__always)
  var isBlank: Bool { self == .space || self == .tab || self == .carriageReturn }
}
