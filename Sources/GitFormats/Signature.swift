/// Who did something, and when.
package struct Signature: Equatable, Sendable {
  package var name: String
  package var email: String
  /// Seconds since 1970.
  package var time: Int64
  /// Minutes east of Greenwich.
  package var offset: Int

  package init(name: String, email: String, time: Int64, offset: Int) {
    self.name = name
    self.email = email
    self.time = time
    self.offset = offset
  }

  /// Reads `Name <mail> 1700000000 +0100`, as `git var GIT_AUTHOR_IDENT` prints it.
  package init?(ident: String) {
    self.init(bytes: Array(ident.utf8)[...])
  }

  /// Reads what follows `author ` or `committer ` in a commit.
  ///
  /// As git splits it: the mail lies between the first `<` and the next `>`, the date after the last `>`.
  package init?(bytes: ArraySlice<UInt8>) {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "<")),
      let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")),
      let last = bytes.lastIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let fields = bytes[(last + 1)...].split(whereSeparator: { $0.isWhite })
    guard fields.count == 2, let time = Int64(digits: fields[0]), let sign = fields[1].first,
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), fields[1].count <= 6,
      let clock = Int64(digits: fields[1].dropFirst())
    else { return nil }
    let minutes = Int(clock / 100 * 60 + clock % 100)
    self.init(
      name: String(decoding: bytes[..<open].trimmed, as: UTF8.self),
      email: String(decoding: bytes[(open + 1)..<close].trimmed, as: UTF8.self),
      time: time, offset: sign == UInt8(ascii: "-") ? -minutes : minutes)
  }

  /// The text that a commit's header holds: `Name <mail> 1700000000 +0100`.
  ///
  /// Characters that would end the name, the mail or the line are left out, as git does.
  package var header: String {
    let sign = offset < 0 ? "-" : "+"
    let minutes = offset.magnitude
    let clock = String(minutes / 60 % 100 * 100 + minutes % 60)
    let padding = String(repeating: "0", count: 4 - clock.utf8.count)
    return "\(Self.clean(name)) <\(Self.clean(email))> \(max(0, time)) \(sign)\(padding)\(clock)"
  }

  /// Whether the name holds something; git asks for no more, and takes an empty mail address.
  package var isComplete: Bool { !Self.clean(name).isEmpty }

  private static func clean(_ text: String) -> String {
    let kept = text.utf8.filter { byte in
      byte >= 32 && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
    }
    return String(decoding: kept[...].trimmed, as: UTF8.self)
  }
}
