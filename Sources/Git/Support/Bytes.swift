extension UInt8 {
  /// Whether git counts the byte as white space: space, tab and line ends.
  var isSpace: Bool { self == 32 || self == 9 || self == 10 || self == 13 }
}

extension ArraySlice<UInt8> {
  /// The bytes without white space at either end.
  var trimmed: ArraySlice<UInt8> {
    guard let first = firstIndex(where: { !$0.isSpace }),
      let last = lastIndex(where: { !$0.isSpace })
    else { return self[startIndex..<startIndex] }
    return self[first...last]
  }

  /// The bytes up to, not including, the next line feed.
  var line: ArraySlice<UInt8> { prefix { $0 != UInt8(ascii: "\n") } }
}

extension Int64 {
  /// Reads one or more decimal digits and nothing else; nil when they overflow.
  init?(digits: ArraySlice<UInt8>) {
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard (48...57).contains(byte) else { return nil }
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, past) = product.addingReportingOverflow(Int64(byte - 48))
      if over || past { return nil }
      value = sum
    }
    self = value
  }
}
