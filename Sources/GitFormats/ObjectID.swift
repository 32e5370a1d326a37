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
      let first = unsafe ObjectID.eightDigits(bytes, at: start),
      let second = unsafe ObjectID.eightDigits(bytes, at: start + 8),
      let third = unsafe ObjectID.eightDigits(bytes, at: start + 16),
      let fourth = unsafe ObjectID.eightDigits(bytes, at: start + 24),
      let last = unsafe ObjectID.eightDigits(bytes, at: start + 32)
    else { return nil }
    self.init((first << 32 | second, third << 32 | fourth, last << 32, 0), size: 20)
  }

  /// What eight digits stand for, all read at once: ids are most of what a walk parses.
  @inline(__always)
  private static func eightDigits(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64? {
    let word = unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let ones: UInt64 = 0x0101_0101_0101_0101
    let lowered = word | 0x20 &* ones
    // The highest bit of each byte says that it is from "0" to "9", or from "a" to "f": no sum goes over into the next
    // byte where all are ASCII.
    let isDecimal = (word &+ 0x50 &* ones) & ~(word &+ 0x46 &* ones)
    let isLetter = (lowered &+ 0x1F &* ones) & ~(lowered &+ 0x19 &* ones)
    let highest = ones << 7
    guard word & highest == 0, (isDecimal | isLetter) & highest == highest else { return nil }
    // Letters have bit 6. Then each digit is moved up to its neighbour, pairs to pairs, fours to fours.
    var digits = (word & (0x0F &* ones)) &+ 9 &* (word >> 6 & ones)
    digits = (digits | digits >> 4) & 0x00FF_00FF_00FF_00FF
    digits = (digits | digits >> 8) & 0x0000_FFFF_0000_FFFF
    return (digits | digits >> 16) & 0xFFFF_FFFF
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

  /// The first `count` digits, eight at a time.
  private func digits(_ count: Int) -> String {
    unsafe String(unsafeUninitializedCapacity: (count + 7) & ~7) { buffer in
      unsafe withUnsafeBytes(of: words) { words in
        for place in stride(from: 0, to: count, by: 8) {
          let word = unsafe words.loadUnaligned(fromByteOffset: place / 16 * 8, as: UInt64.self)
          let digits = ObjectID.spelled(UInt32(truncatingIfNeeded: place % 16 == 0 ? word >> 32 : word))
          unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(
            of: digits.bigEndian, toByteOffset: place, as: UInt64.self)
        }
      }
      return count
    }
  }

  /// Eight digits, the first the most significant byte.
  private static func spelled(_ number: UInt32) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var digits = UInt64(number)
    digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFF
    digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
    digits = (digits | digits << 4) & (0x0F &* ones)
    // What is above nine reaches bit 4 when six are added, and is as far from "0" as letters are.
    return digits &+ 0x30 &* ones &+ 0x27 &* ((digits &+ 0x06 &* ones) >> 4 & ones)
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

  /// All bytes in one word, because an id that somebody wrote down may be mostly zeros.
  private var folded: UInt64 { words.0 ^ words.1 ^ words.2 ^ words.3 }

  /// Places an id by its bytes, which are a hash already.
  public func hash(into hasher: inout Hasher) { hasher.combine(folded) }

  /// The same for a set or a dictionary of ids, without hashing the hash again: a look-up takes 45 instructions instead of
  /// 209. Tables ask for this one, as they do of the library's own numbers; where they did not, the above would do.
  public func _rawHashValue(seed: Int) -> Int {
    // The seed is a table's own, and all bits reach the lowest, by which a table places.
    let mixed = (folded ^ UInt64(truncatingIfNeeded: seed)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
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
