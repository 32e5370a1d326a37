import Clibgit2
import GitFormats

extension ObjectID {
  /// Takes libgit2's form of an id.
  init(_ raw: git_oid) {
    var raw = raw
    self = withUnsafeBytes(of: &raw) { bytes in
      ObjectID(
        sha1: (
          high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
          middle: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
          low: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        ))
    }
  }

  /// libgit2's form; nil for an id of thirty-two bytes, which no object has that libgit2 can open.
  var raw: git_oid? {
    guard let words = sha1 else { return nil }
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw) { bytes in
      bytes.storeBytes(of: words.high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: words.middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: words.low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return raw
  }
}
