// GitFormats: git's formats as values. Ids, ref updates, signatures, lines of the configuration, the trailers of a
// message, patterns for paths, and the bytes that all of them are made of. It reads no file, calls no library and has
// not heard of bets, so that whatever is said here can be held against git with a text alone.

/// The name of a git object: twenty bytes, or thirty-two in a repository with SHA-256.
///
/// A pure value, kept inline, so that decisions need no repository. Ordered as git orders ids, byte by byte.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The bytes as big-endian numbers, filled up with zeros.
  private let words: (UInt64, UInt64, UInt64, UInt64)
  /// The number of bytes.
  private let size: UInt8

  private init(_ words: (UInt64, UInt64, UInt64, UInt64), size: UInt8) {
    self.words = words
    self.size = size
  }

  /// Takes 40 or 64 hexadecimal digits in lower case, as git prints them.
  public init?(hex: some StringProtocol) {
    guard !hex.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return nil }
    self.init(hexBytes: hex.utf8)
  }

  /// Takes 40 or 64 hexadecimal digits in either case, as git reads them in its files.
  package init?(hexBytes bytes: some Sequence<UInt8>) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    for byte in bytes {
      guard let digit = byte.hexDigit else { return nil }
      switch count / 16 {
      case 0: words.0 = words.0 << 4 | digit
      case 1: words.1 = words.1 << 4 | digit
      case 2: words.2 = words.2 << 4 | digit
      case 3: words.3 = words.3 << 4 | digit
      default: return nil
      }
      count += 1
    }
    guard count == 40 || count == 64 else { return nil }
    if count == 40 { words.2 <<= 32 }
    self.init(words, size: UInt8(count / 2))
  }

  /// Takes 40 digits from the middle of an object, which must have them: the inner loop of a walk.
  package init?(hexBytes bytes: UnsafeRawBufferPointer, at start: Int) {
    guard start >= 0, bytes.count - start >= 40,
      let high = unsafe ObjectID.word(bytes, from: start, digits: 16),
      let middle = unsafe ObjectID.word(bytes, from: start + 16, digits: 16),
      let low = unsafe ObjectID.word(bytes, from: start + 32, digits: 8)
    else { return nil }
    self.init((high, middle, low << 32, 0), size: 20)
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, from start: Int, digits: Int) -> UInt64? {
    var word: UInt64 = 0
    for position in start..<(start + digits) {
      guard let digit = unsafe bytes[position].hexDigit else { return nil }
      word = word << 4 | digit
    }
    return word
  }

  /// Takes twenty bytes as numbers, the first byte the most significant.
  package init(sha1 words: (high: UInt64, middle: UInt64, low: UInt32)) {
    self.init((words.high, words.middle, UInt64(words.low) << 32, 0), size: 20)
  }

  /// The twenty bytes as numbers; nil for an id of another hash.
  package var sha1: (high: UInt64, middle: UInt64, low: UInt32)? {
    size == 20 ? (words.0, words.1, UInt32(truncatingIfNeeded: words.2 >> 32)) : nil
  }

  /// The digits, in lower case.
  public var hex: String { digits(2 * Int(size)) }

  /// The first ten digits: what people read.
  public var short: String { digits(10) }

  /// The digits, in lower case.
  public var description: String { hex }

  private func digits(_ count: Int) -> String {
    unsafe String(unsafeUninitializedCapacity: count) { buffer in
      for position in 0..<count {
        let word =
          switch position / 16 {
          case 0: words.0
          case 1: words.1
          case 2: words.2
          default: words.3
          }
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - position % 16 * 4)) & 15
        unsafe buffer[position] = digit < 10 ? 0x30 + digit : 0x61 + digit - 10
      }
      return count
    }
  }

  /// Whether every digit is zero: git's way of saying "no object".
  public var isZero: Bool { words == (0, 0, 0, 0) }

  /// Compares the bytes; ids of different hashes are never equal.
  public static func == (left: ObjectID, right: ObjectID) -> Bool {
    left.words == right.words && left.size == right.size
  }

  /// Orders ids byte by byte.
  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    left.words == right.words ? left.size < right.size : left.words < right.words
  }

  /// Places an id by its bytes, which are a hash already.
  public func hash(into hasher: inout Hasher) {
    // All of them, because an id that somebody wrote down may be mostly zeros.
    hasher.combine(words.0 ^ words.1 ^ words.2 ^ words.3)
  }

  /// git's way of saying "no object", in forty digits.
  public static let zero = ObjectID((0, 0, 0, 0), size: 20)

  /// The tree with nothing in it.
  package static let emptyTree = ObjectID(
    sha1: (high: 0x4b82_5dc6_42cb_6eb9, middle: 0xa060_e54b_f8d6_9288, low: 0xfbee_4904))

  /// The blob with nothing in it.
  package static let emptyBlob = ObjectID(
    sha1: (high: 0xe69d_e29b_b2d1_d643, middle: 0x4b8b_29ae_775a_d8c2, low: 0xe48c_5391))
}
