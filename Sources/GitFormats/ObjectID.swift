/// The name of a git object: a pure value, so that decisions need no repository. Its digits are kept as numbers.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The digits, sixteen to a word, filled up with zeros.
  private let words: SIMD4<UInt64>
  private let count: Int

  /// Takes 40 or 64 lower-case hexadecimal digits, as git prints them.
  public init?(hex: some StringProtocol) {
    var words = SIMD4<UInt64>.zero
    var count = 0
    for byte in hex.utf8 {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: return nil
      }
      guard count < 64 else { return nil }
      words[count / 16] |= UInt64(digit) << UInt64(60 - count % 16 * 4)
      count += 1
    }
    guard count == 40 || count == 64 else { return nil }
    self.words = words
    self.count = count
  }

  /// Takes twenty bytes as numbers, the first byte the most significant.
  public init(_ high: UInt64, _ middle: UInt64, _ low: UInt32) {
    words = SIMD4(high, middle, UInt64(low) << 32, 0)
    count = 40
  }

  /// The twenty bytes as numbers; nil for an id of another hash.
  public var sha1: (high: UInt64, middle: UInt64, low: UInt32)? {
    count == 40 ? (words[0], words[1], UInt32(words[2] >> 32)) : nil
  }

  /// The digits.
  public var hex: String {
    let digits = (0..<count).map { position -> UInt8 in
      let digit = UInt8(words[position / 16] >> UInt64(60 - position % 16 * 4) & 15)
      return digit < 10 ? 0x30 + digit : 0x61 + digit - 10
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// git's way of saying "no object", in forty digits.
  public static let zero = ObjectID(0, 0, 0)

  /// Whether every digit is zero: git's way of saying "no object".
  public var isZero: Bool { words == .zero }
  /// What people read.
  public var short: String { String(hex.prefix(10)) }
  public var description: String { hex }

  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    for index in 0..<4 where left.words[index] != right.words[index] {
      return left.words[index] < right.words[index]
    }
    return left.count < right.count
  }

  public func hash(into hasher: inout Hasher) {
    // The digits are a hash already; all of them, because an id that somebody wrote down may be mostly zeros.
    hasher.combine(words[0] ^ words[1] ^ words[2] ^ words[3])
  }
}
