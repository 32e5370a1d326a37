/// A commit message cut up by the rules of git's `trailer.c`, in their order; all offsets count bytes.
struct TrailerGrammar {
  let message: [UInt8]
  /// Where git stops reading: the first NUL, or the end.
  let nul: Int
  /// Behind the leading blank lines.
  let start: Int
  /// The scissors line and all below it is not read.
  let scissors: Int
  /// Before the comments, empty lines and list of conflicts at the end.
  let end: Int
  /// The blank line that ends the title.
  let titleEnd: Int
  /// The only paragraph that can be the block; with any blank lines below it.
  let lastParagraph: Range<Int>
  /// Whether that paragraph is a block.
  let holdsTrailers: Bool

  init(_ message: [UInt8]) throws(Trailers.TooLarge) {
    guard message.count <= Trailers.largestMessage else {
      throw Trailers.TooLarge(count: message.count)
    }
    let lines = MessageLines(bytes: message, count: message.firstIndex(of: 0) ?? message.count)
    self.message = message
    nul = lines.count
    start = lines.skippingBlank()
    scissors = lines.scissors(from: start)
    end = lines.ignorableTail(from: start, to: scissors)
    titleEnd = lines.titleEnd(from: start, to: end)
    (lastParagraph, holdsTrailers) = lines.lastParagraph(from: titleEnd, to: end)
  }

  /// Where the two parts of a trailer stand, without white at either end.
  struct Line {
    let key: Range<Int>
    let value: Range<Int>
  }

  /// The elements of the block that have a separator: a key line with its continuations.
  func trailers() -> [Line] {
    guard holdsTrailers else { return [] }
    let lines = MessageLines(bytes: message, count: nul)
    var trailers: [Line] = []
    var line = lastParagraph.lowerBound
    while line < lastParagraph.upperBound {
      var next = lines.next(line)
      if let separator = lines.separator(line) {
        while next < lastParagraph.upperBound, message[next].isWhite { next = lines.next(next) }
        trailers.append(
          Line(
            key: message[line..<separator].trimmed.indices,
            value: message[(separator + 1)..<next].trimmed.indices))
      }
      line = next
    }
    return trailers
  }
}

extension ArraySlice<UInt8> {
  /// Without white at either end.
  var trimmed: ArraySlice<UInt8> {
    var (low, high) = (startIndex, endIndex)
    while low < high, self[low].isWhite { low += 1 }
    while low < high, self[high - 1].isWhite { high -= 1 }
    return self[low..<high]
  }

  /// Whether ASCII letters apart from their case the bytes are these.
  func equalsIgnoringCase(_ other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    for index in other.indices
    where self[startIndex + index].lowercasedASCII != other[index].lowercasedASCII { return false }
    return true
  }

  /// On one line: each LF and the white after it becomes one space.
  var unfolded: [UInt8] {
    guard contains(.lineFeed) else { return Array(self) }
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
    return Array(joined[...].trimmed)
  }
}

extension UInt8 {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let numberSign: UInt8 = 0x23
  static let hyphen: UInt8 = 0x2D
  static let colon: UInt8 = 0x3A

  /// git's `isspace`, which knows neither VT nor FF.
  var isWhite: Bool { self == .space || self == .tab || self == .lineFeed || self == .carriageReturn }

  var isAlphanumericASCII: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
