extension UInt8 {
  package static let tab: UInt8 = 0x09
  package static let lineFeed: UInt8 = 0x0A
  package static let carriageReturn: UInt8 = 0x0D
  package static let space: UInt8 = 0x20
  package static let numberSign: UInt8 = 0x23
  package static let hyphen: UInt8 = 0x2D
  package static let slash: UInt8 = 0x2F
  package static let colon: UInt8 = 0x3A

  /// git's `isspace`, which knows neither VT nor FF.
  package var isWhite: Bool {
    self == .space || self == .tab || self == .lineFeed || self == .carriageReturn
  }

  package var isDigit: Bool { self &- 0x30 < 10 }

  package var isAlphanumericASCII: Bool { isDigit || (self | 0x20) &- 0x61 < 26 }

  /// Whether it is of the kind that `HEAD` and `FETCH_HEAD` are made of.
  var isUpperASCII: Bool { self &- 0x41 < 26 || self == 0x5F }

  package var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  /// What a hexadecimal digit stands for, in either case; nil for any other byte.
  @inline(__always)
  var hexDigit: UInt64? {
    let decimal = self &- 0x30
    if decimal < 10 { return UInt64(decimal) }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? UInt64(letter + 10) : nil
  }
}

extension [UInt8] {
  /// The place of the first such byte from `start` on, or `end`, which is no more than there are. Eight bytes at a time.
  func place(of byte: UInt8, from start: Int, to end: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    return unsafe withUnsafeBytes { bytes in
      var place = start
      while place &+ 8 <= end {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        // A byte that is zero now is one that was looked for; of those the lowest is marked for certain.
        let other = UInt64(littleEndian: word) ^ (ones &* UInt64(byte))
        let marks = (other &- ones) & ~other & (ones << 7)
        if marks != 0 { return place &+ marks.trailingZeroBitCount / 8 }
        place &+= 8
      }
      while place < end, unsafe bytes[place] != byte { place &+= 1 }
      return place
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without white at either end.
  package var trimmed: ArraySlice<UInt8> {
    var (low, high) = (startIndex, endIndex)
    while low < high, self[low].isWhite { low += 1 }
    while low < high, self[high - 1].isWhite { high -= 1 }
    return self[low..<high]
  }

  /// The bytes up to, not including, the next line feed.
  package var line: ArraySlice<UInt8> { prefix { $0 != .lineFeed } }

  /// Whether the bytes are these, apart from the case of ASCII letters.
  func equalsIgnoringCase(_ other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    for index in other.indices
    where self[startIndex + index].lowercasedASCII != other[index].lowercasedASCII { return false }
    return true
  }

  /// On one line: each LF and the white after it becomes one space.
  var unfolded: ArraySlice<UInt8> {
    guard contains(.lineFeed) else { return self }
    var joined: [UInt8] = []
    joined.reserveCapacity(count)
    var index = startIndex
    while index < endIndex {
      let byte = self[index]
      index += 1
      if byte == .lineFeed {
        while index < endIndex, self[index].isWhite { index += 1 }
        joined.append(.space)
      } else {
        joined.append(byte)
      }
    }
    return joined[...].trimmed
  }
}

extension Int64 {
  /// Reads one or more decimal digits and nothing else; nil when they overflow.
  package init?(digits: ArraySlice<UInt8>) {
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard byte.isDigit else { return nil }
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, past) = product.addingReportingOverflow(Int64(byte - 0x30))
      if over || past { return nil }
      value = sum
    }
    self = value
  }
}
