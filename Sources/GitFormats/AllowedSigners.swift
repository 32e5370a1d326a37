/// The file of ssh keys that may sign, and for whom; see ALLOWED SIGNERS in ssh-keygen(1).
///
/// git tells one principal of the line that made it trust a key. A line may name several, as patterns.
public enum AllowedSigners {
  /// Whether a line that holds the key and the principal that git told names the mail address too.
  public static func accept(_ mail: String, key: [UInt8], verifiedAs principal: String, in file: String)
    -> Bool
  {
    for line in file.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      guard let (patterns, rest) = principals(of: line), patterns.contains(principal),
        rest.split(whereSeparator: { $0 == " " || $0 == "\t" }).contains(where: { Base64.decoded($0) == key })
      else { continue }
      // As ssh has it: one pattern that is denied outdoes all others.
      func names(_ pattern: Substring) -> Bool { matches(pattern.utf8, mail.utf8) }
      if patterns.contains(where: { $0.hasPrefix("!") && names($0.dropFirst()) }) { continue }
      if patterns.contains(where: { !$0.hasPrefix("!") && names($0[...]) }) { return true }
    }
    return false
  }

  /// The first field, which may be quoted, and what follows it.
  private static func principals(of line: Substring) -> ([String], Substring)? {
    let line = line.drop { $0 == " " || $0 == "\t" }
    let isQuoted = line.first == "\""
    let text = isQuoted ? line.dropFirst() : line
    guard let end = text.firstIndex(where: { isQuoted ? $0 == "\"" : $0 == " " || $0 == "\t" }) else {
      return nil
    }
    return (text[..<end].split(separator: ",").map(String.init), text[text.index(after: end)...])
  }

  /// `*` is any text, `?` any one character. No recursion: a star that was wrong is tried one character later.
  private static func matches(_ pattern: Substring.UTF8View, _ text: String.UTF8View) -> Bool {
    var (at, position) = (pattern.startIndex, text.startIndex)
    var star: (after: Substring.Index, from: String.Index)?
    while position != text.endIndex {
      if at != pattern.endIndex, pattern[at] == UInt8(ascii: "*") {
        at = pattern.index(after: at)
        star = (at, position)
      } else if at != pattern.endIndex, pattern[at] == UInt8(ascii: "?") || pattern[at] == text[position] {
        at = pattern.index(after: at)
        position = text.index(after: position)
      } else if let last = star {
        at = last.after
        position = text.index(after: last.from)
        star = (last.after, position)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

/// Binary text, as keys and signatures are written.
public enum Base64 {
  /// The bytes; nil when a character does not belong there. White space and padding at the end do.
  public static func decoded(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in text.utf8 where byte > 32 && byte != UInt8(ascii: "=") {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
