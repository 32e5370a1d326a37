import Libc

/// Texts that are no UTF-8, converted by the C library as git converts them.
enum Encoding {
  /// The text in UTF-8; nil when the encoding is not one of those below, or the bytes are not of it.
  ///
  /// What a converter keeps back at the end, half a character, is left out.
  static func utf8(_ bytes: ArraySlice<UInt8>, from name: String) -> [UInt8]? {
    let name = name.lowercased()
    guard known.contains(where: name.hasPrefix), name.utf8.count < 24,
      name.utf8.allSatisfy({ $0.isAlphanumericASCII || $0 == .hyphen || $0 == UInt8(ascii: "_") }),
      let converter = iconv_open("UTF-8", name == "latin-1" ? "iso-8859-1" : name),
      converter != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // No character of these encodings has more than four bytes in UTF-8, and each has one at least.
    var output = [CChar](repeating: 0, count: 4 * input.count + 16)
    var (left, room) = (input.count, output.count)
    let count = room
    let failure = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        return iconv(converter, &from, &left, &to, &room) == Int(bitPattern: UInt.max) ? errno : 0
      }
    }
    guard failure == 0 || failure == EINVAL else { return nil }
    return output[..<(count - room)].map { UInt8(bitPattern: $0) }
  }

  /// What people have written commits in. The C library knows more, some of it with a history of faults.
  private static let known = [
    "iso-8859-", "iso8859-", "latin", "windows-12", "cp12", "koi8-", "shift_jis", "shift-jis", "sjis", "euc-",
    "gb",
    "big5", "us-ascii", "ascii",
  ]
}
