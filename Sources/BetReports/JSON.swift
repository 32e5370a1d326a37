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
  /// What is JSON already.
  case asIs(String)

  package static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  package static func optional(_ number: Int?) -> JSON { number.map { .integer($0) } ?? .null }
  package static func strings(_ texts: some Sequence<String>) -> JSON { .array(texts) { .string($0) } }
  package static func array<Element>(
    _ elements: some Sequence<Element>, _ json: (Element) throws -> JSON
  ) rethrows -> JSON { .array(try elements.map(json)) }

  /// Those of an object, in order; none of anything else.
  package var fields: [(String, JSON)] { if case .object(let fields) = self { fields } else { [] } }

  /// An object with the fields of another at its end.
  package func with(_ more: JSON) -> JSON { .object(fields + more.fields) }

  /// Indented by two spaces; what a terminal or a CI host would act on is escaped, and reads as it was.
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
    case .asIs(let text): return text
    }
  }

  package static func quoted(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      // `##[` is a command for some hosts, wherever it stands.
      case "#" where result.unicodeScalars.last == "#": result += escaped(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"\(Text.replacingHidden(in: result, by: escaped))\""
  }

  /// `\u00ad`, in two halves past the first 65,536 characters.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}

// MARK: Written as it reads

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringInterpolation,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  package init(dictionaryLiteral fields: (String, JSON)...) { self = .object(fields) }
  package init(arrayLiteral values: JSON...) { self = .array(values) }
  package init(stringLiteral text: String) { self = .string(text) }
  package init(integerLiteral number: Int) { self = .integer(number) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}
