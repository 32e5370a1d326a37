import BetReports

extension JSON {
  /// Prints a versioned answer that begins with a long list, of which only one value is in memory at a time.
  static func answer<Element>(
    _ name: String, of elements: [Element], to output: Terminal, each value: (Element) throws -> JSON?,
    then rest: () -> [(String, JSON)]
  ) rethrows {
    var lead = "{\n  \"version\": 1,\n  \(quoted(name)): ["
    for element in elements {
      guard let json = try value(element) else { continue }
      output.write(Array("\(lead)\n    \(json.printed(indent: 4))".utf8))
      lead = ","
    }
    let fields = rest().map { ",\n  \(quoted($0)): \($1.printed(indent: 2))" }
    output.line((lead == "," ? "\n  ]" : lead + "]") + fields.joined() + "\n}")
  }
}
