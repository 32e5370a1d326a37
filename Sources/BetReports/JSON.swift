/// A JSON value that prints itself; keys keep their order.
///
/// Foundation's encoder would cost every push its start-up.
package indirect enum JSON {
  case object([(String, JSON)])
  case array([JSON])
  case string(String)
  case number(Double)
  case integer(Int)
  case bool(Bool)
  case null

  package static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  package static func strings(_ texts: some Sequence<String>) -> JSON { .array(texts.map { .string($0) }) }

  /// A versioned answer, as every `--json` prints it.
  package static func answer(_ fields: [(String, JSON)]) -> JSON {
    .object([("version", .integer(1))] + fields)
  }

  /// Indented by two spaces; control and bidirectional characters are escaped, so that a terminal is safe too.
  package func printed(indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .object(let fields):
      if fields.isEmpty { return "{}" }
      let lines = fields.map { "\(margin)\(JSON.quoted($0)): \($1.printed(indent: indent + 2))" }
      return "{\n" + lines.joined(separator: ",\n") + end + "}"
    case .array(let values):
      if values.isEmpty { return "[]" }
      return "[\n" + values.map { margin + $0.printed(indent: indent + 2) }.joined(separator: ",\n") + end
        + "]"
    case .string(let text): return JSON.quoted(text)
    case .number(let number): return "\(number)"
    case .integer(let number): return "\(number)"
    case .bool(let value): return value ? "true" : "false"
    case .null: return "null"
    }
  }

  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0xA0 && (scalar.value < 0x20 || scalar.value >= 0x7F), "\u{061C}",
        "\u{200B}"..."\u{200F}",
        "\u{2028}"..."\u{202E}", "\u{2060}"..."\u{2069}", "\u{FEFF}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
