import Bets

/// Goes through a draft line by line.
struct DraftReader {
  let fields: [TrailerName]
  private(set) var values: [Event.Value] = []
  /// What is no field, line by line.
  private(set) var prose: [String] = []
  /// Of front matter alone.
  private(set) var title: String?
  private(set) var leftOut: [String] = []
  /// The field that the line above belongs to; nil after an empty line or prose.
  private var open: TrailerName?
  private var isFrontMatter = false

  init(fields: [TrailerName]) { self.fields = fields }

  mutating func read(_ text: String) throws {
    var isFirst = true
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    where !line.hasPrefix("#") {
      if Text.trimmed(line) == "---", isFrontMatter || isFirst {
        isFrontMatter.toggle()
        open = nil
      } else {
        try read(line)
      }
      if !Text.isBlank(line) { isFirst = false }
    }
    if isFrontMatter {
      throw Refusal(
        "front-matter", "the front matter has no end", notes: ["a line '---' ends what one begins"])
    }
  }

  private mutating func read(_ line: Substring) throws {
    let key = line.firstIndex(of: ":").map { Text.trimmed(line[..<$0]) } ?? ""
    let name = TrailerName(key: key).flatMap { fields.contains($0) ? $0 : nil }
    let value = line.firstIndex(of: ":").map { Text.trimmed(line[line.index(after: $0)...]) } ?? ""
    if Text.isBlank(line) {
      open = nil
      prose.append("")
    } else if line.first?.isWhitespace ?? false, let field = open {
      if let name { throw Refusal.indented(name, below: field) }
      let last = values.removeLast()
      values.append(Event.Value(field, Text.trimmed("\(last.text) \(Text.trimmed(line))")))
    } else if let name {
      values.append(Event.Value(name, value))
      open = name
    } else if let near = near(key) {
      throw Refusal.misspelt(key, near)
    } else if isFrontMatter {
      open = nil
      if key.lowercased() == "title" {
        title = Text.unquoted(value)
      } else if !key.isEmpty {
        leftOut.append(key)
      }
    } else if let field = open {
      throw Refusal.unindented(line, below: field)
    } else {
      prose.append(String(line))
    }
  }

  /// The field that a key of a few letters off was meant to be.
  private func near(_ key: String) -> TrailerName? {
    guard key.utf8.count > 2, key.allSatisfy({ $0.isASCII && $0.isLetter || "-_".contains($0) })
    else { return nil }
    let typed = key.lowercased().replacing("_", with: "-")
    let names = fields.compactMap { BetID(ifValid: $0.rawValue.lowercased()) }
    return BetID.nearMisses(of: typed, among: names).lazy
      .filter { abs($0.name.count - typed.count) <= 2 && $0.name.first == typed.first }
      .compactMap { TrailerName(key: $0.name) }.first
  }
}

extension Refusal {
  fileprivate static func misspelt(_ key: String, _ near: TrailerName) -> Refusal {
    Refusal(
      "unknown-field", "'\(Text.printable(key))' is no field", notes: ["did you mean '\(near.rawValue)'?"])
  }

  fileprivate static func unindented(_ line: Substring, below field: TrailerName) -> Refusal {
    Refusal(
      "unclear-line", "'\(Text.printable(line, upTo: 60))' stands right under '\(field.rawValue)'",
      notes: ["indent it where that goes on; put an empty line before it where it is free text"])
  }

  fileprivate static func indented(_ name: TrailerName, below field: TrailerName) -> Refusal {
    Refusal(
      "unclear-line", "'\(name.rawValue)' is indented, so it would go on with '\(field.rawValue)'",
      notes: ["a field begins at the beginning of its line"])
  }
}
