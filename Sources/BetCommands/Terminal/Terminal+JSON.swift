import BetReports

extension Terminal {
  /// Prints a versioned answer, as every `--json` does.
  func answer(_ fields: JSON) { write(JSON.object([("version", 1)]).with(fields)) }

  /// Prints one that begins with a long list, of which only one value is in memory at a time.
  func answer<Element>(
    _ name: String, of elements: [Element], each value: (Element) throws -> JSON?, then rest: () -> JSON
  ) rethrows {
    var lead = "{\n  \"version\": 1,\n  \(JSON.quoted(name)): ["
    for element in elements {
      guard let json = try value(element) else { continue }
      write(asIs: Array("\(lead)\n    \(json.printed(indent: 4))".utf8))
      lead = ","
    }
    let fields = rest().fields.map { ",\n  \(JSON.quoted($0)): \($1.printed(indent: 2))" }
    write(asIs: Array(((lead == "," ? "\n  ]" : lead + "]") + fields.joined() + "\n}\n").utf8))
  }
}
