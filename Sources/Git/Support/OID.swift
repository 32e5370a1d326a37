import Clibgit2

/// The name of an object: twenty bytes, kept inline.
///
/// Ordered as git orders ids, byte by byte.
public struct OID: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  private init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Takes the twenty bytes as numbers, the first byte the most significant.
  public init(words: (high: UInt64, middle: UInt64, low: UInt32)) {
    self.init(high: words.high, middle: words.middle, low: words.low)
  }

  /// The twenty bytes as numbers.
  public var words: (high: UInt64, middle: UInt64, low: UInt32) { (high, middle, low) }

  /// Reads exactly 40 hexadecimal digits, in either case.
  public init?(hex: some StringProtocol) {
    self.init(hexBytes: hex.utf8)
  }

  /// Reads exactly 40 hexadecimal digits, given as bytes.
  init?(hexBytes bytes: some Sequence<UInt8>) {
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    var count = 0
    for byte in bytes {
      guard count < 40, let digit = OID.digit(byte) else { return nil }
      if count < 16 {
        words.0 = words.0 << 4 | UInt64(digit)
      } else if count < 32 {
        words.1 = words.1 << 4 | UInt64(digit)
      } else {
        words.2 = words.2 << 4 | UInt32(digit)
      }
      count += 1
    }
    guard count == 40 else { return nil }
    self.init(high: words.0, middle: words.1, low: words.2)
  }

  /// Reads 40 digits from the middle of an object, which must have them: the inner loop of a walk.
  init?(hexBytes bytes: UnsafeRawBufferPointer, at start: Int) {
    guard start >= 0, bytes.count - start >= 40,
      let high = OID.word(bytes, start, 16), let middle = OID.word(bytes, start + 16, 16),
      let low = OID.word(bytes, start + 32, 8)
    else { return nil }
    self.init(high: high, middle: middle, low: UInt32(truncatingIfNeeded: low))
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> UInt64? {
    var word: UInt64 = 0
    for position in start..<(start + count) {
      guard let digit = digit(bytes[position]) else { return nil }
      word = word << 4 | UInt64(digit)
    }
    return word
  }

  init(_ raw: git_oid) {
    var raw = raw
    self = withUnsafeBytes(of: &raw) { bytes in
      OID(
        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        middle: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        low: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
    }
  }

  var raw: git_oid {
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw) { bytes in
      bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return raw
  }

  /// 40 hexadecimal digits in lower case.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(40)
    for shift in stride(from: 60, through: 0, by: -4) { text.append(digits[Int(high >> shift & 15)]) }
    for shift in stride(from: 60, through: 0, by: -4) { text.append(digits[Int(middle >> shift & 15)]) }
    for shift in stride(from: 28, through: 0, by: -4) { text.append(digits[Int(low >> shift & 15)]) }
    return String(decoding: text, as: UTF8.self)
  }

  public static func < (left: OID, right: OID) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }

  public func hash(into hasher: inout Hasher) {
    // The bytes are a hash already: eight of them place an id as well as twenty.
    hasher.combine(high)
  }

  /// The id that stands for "no object".
  public static let zero = OID(high: 0, middle: 0, low: 0)

  /// Whether this is the id that stands for "no object".
  public var isZero: Bool { self == OID.zero }

  /// The tree with nothing in it.
  public static let emptyTree = OID(
    high: 0x4b82_5dc6_42cb_6eb9, middle: 0xa060_e54b_f8d6_9288, low: 0xfbee_4904)

  /// The blob with nothing in it.
  public static let emptyBlob = OID(
    high: 0xe69d_e29b_b2d1_d643, middle: 0x4b8b_29ae_775a_d8c2, low: 0xe48c_5391)

  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt8? {
    let decimal = byte &- UInt8(ascii: "0")
    if decimal < 10 { return decimal }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
  }
}
