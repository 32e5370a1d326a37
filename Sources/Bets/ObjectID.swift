/// The name of a git object as hexadecimal text: a pure value, so that decisions need no repository.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let hex: String

  /// Takes 40 or 64 lower-case hexadecimal digits, as git prints them.
  public init?(hex: some StringProtocol) {
    guard hex.utf8.count == 40 || hex.utf8.count == 64 else { return nil }
    for byte in hex.utf8 {
      guard (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) else { return nil }
    }
    self.hex = String(hex)
  }

  /// Whether every digit is zero: git's way of saying "no object".
  public var isZero: Bool { hex.utf8.allSatisfy { $0 == 0x30 } }
  /// What people read.
  public var short: String { String(hex.prefix(10)) }
  public var description: String { hex }

  public static func < (left: ObjectID, right: ObjectID) -> Bool { left.hex < right.hex }
}
