/// The file of ssh keys that may sign, and for whom; see ALLOWED SIGNERS in ssh-keygen(1).
///
/// git tells one principal of the line that made it trust a key. A line may name several, as patterns.
package enum AllowedSigners {
  /// Whether a line that holds the key and the principal that git told names the mail address too.
  package static func accept(_ mail: String, key: [UInt8], verifiedAs principal: String, in file: String)
    -> Bool
  {
    let mail = Array(mail.utf8)[...]
    for line in file.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      guard let (patterns, rest) = principals(of: line), patterns.contains(principal),
        rest.split(whereSeparator: { $0 == " " || $0 == "\t" }).contains(where: { Base64.decoded($0) == key })
      else { continue }
      // As ssh has it: one pattern that is denied outdoes all others.
      func names(_ pattern: Substring) -> Bool { glob(pattern).matches(mail) }
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

  /// `*` is any text, `?` any one byte; nothing else is special.
  private static func glob(_ pattern: Substring) -> Glob {
    Glob(
      pattern.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "*"): .anyBytes
        case UInt8(ascii: "?"): .anyByte
        default: .byte(byte)
        }
      })
  }
}
