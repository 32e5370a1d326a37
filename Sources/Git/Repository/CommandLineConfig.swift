import Clibgit2
import GitFormats

/// The configuration that git hands to its children in the environment: `git -c`, the counted form, and which files of
/// the user and the system are read.
enum CommandLineConfig {
  /// The entries in git's order, the counted ones first; nil when git must be asked what they mean.
  static func entries() -> [ConfigLine]? {
    var entries: [ConfigLine] = []
    if let text = environmentValue("GIT_CONFIG_COUNT") {
      guard let count = Int64(digits: Array(text.utf8)[...]), count < 10_000 else { return nil }
      for index in 0..<Int(count) {
        guard let key = environmentValue("GIT_CONFIG_KEY_\(index)").flatMap(canonical),
          isEnvironmentSet("GIT_CONFIG_VALUE_\(index)")
        else { return nil }
        let value = environmentValue("GIT_CONFIG_VALUE_\(index)") ?? ""
        entries.append(ConfigLine(key: key, value: value, scope: .command))
      }
    }
    guard let parameters = environmentValue("GIT_CONFIG_PARAMETERS") else { return entries }
    return parse(parameters).map { entries + $0 }
  }

  /// A variable that says yes or no, no when it is not set; nil when git must be asked what it means.
  static func truth(_ name: String) -> Bool? {
    guard isEnvironmentSet(name), let value = environmentValue(name) else { return false }
    return switch value.lowercased() {
    case "1", "true", "yes", "on": true
    case "0", "false", "no", "off": false
    default: nil
    }
  }

  /// The file that a variable names, an empty one none at all; where it is not set, the one that libgit2 finds.
  static func file(_ variable: String?, _ find: (UnsafeMutablePointer<git_buf>) -> Int32) -> String? {
    if let variable, isEnvironmentSet(variable) { return environmentValue(variable) }
    var path = git_buf()
    defer { git_buf_dispose(&path) }
    return find(&path) == 0 ? path.ptr.map { String(cString: $0) } : nil
  }

  /// Reads `'key=value'` (git before 2.30) and `'key'='value'`, separated by spaces.
  static func parse(_ text: String) -> [ConfigLine]? {
    var rest = Array(text.utf8)[...]
    var entries: [ConfigLine] = []
    while !rest.isEmpty {
      guard let first = unquote(&rest) else { return nil }
      var name = first[...]
      var value: [UInt8]?
      if rest.first == UInt8(ascii: "=") {
        rest.removeFirst()
        if rest.first == UInt8(ascii: "'") {
          guard let quoted = unquote(&rest) else { return nil }
          value = quoted
        }
      } else if let equals = first.firstIndex(of: UInt8(ascii: "=")) {
        name = first[..<equals].trimmed
        value = Array(first[(equals + 1)...])
      }
      guard rest.first?.isWhite ?? true,
        let key = canonical(String(decoding: name, as: UTF8.self))
      else { return nil }
      let text = value.map { String(decoding: $0, as: UTF8.self) }
      entries.append(ConfigLine(key: key, value: text, scope: .command))
      rest = rest.drop { $0.isWhite }
    }
    return entries
  }

  /// Takes one word in single quotes off the front; `'\''` and `'\!'` stand for what is escaped.
  private static func unquote(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    let quote = UInt8(ascii: "'")
    guard rest.first == quote else { return nil }
    var word: [UInt8] = []
    while true {
      rest.removeFirst()
      guard let end = rest.firstIndex(of: quote) else { return nil }
      word += rest[..<end]
      rest = rest[(end + 1)...]
      guard rest.first == UInt8(ascii: "\\") else { return word }
      guard let escaped = rest.dropFirst().first, escaped == quote || escaped == UInt8(ascii: "!"),
        rest.dropFirst(2).first == quote
      else { return nil }
      word.append(escaped)
      rest = rest.dropFirst(2)
    }
  }

  /// A key with section and name in lower case; nil when git would refuse it.
  private static func canonical(_ key: String) -> String? {
    let bytes = Array(key.utf8)
    guard let first = bytes.firstIndex(of: UInt8(ascii: ".")),
      let last = bytes.lastIndex(of: UInt8(ascii: ".")),
      first > 0, last + 1 < bytes.count, !bytes.contains(10),
      bytes[..<first].allSatisfy(isKeyByte), bytes[(last + 1)...].allSatisfy(isKeyByte),
      !(48...57).contains(bytes[last + 1]), bytes[last + 1] != UInt8(ascii: "-")
    else { return nil }
    let lower = { (part: ArraySlice<UInt8>) in String(decoding: part, as: UTF8.self).lowercased() }
    return lower(bytes[..<first]) + String(decoding: bytes[first..<last], as: UTF8.self)
      + lower(bytes[last...])
  }

  /// Whether a section's or a variable's name may hold the byte.
  static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
