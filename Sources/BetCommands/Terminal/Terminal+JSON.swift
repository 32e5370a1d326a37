import BetReports

extension Terminal {
  /// Prints a versioned answer, as every `--json` does.
  func answer(_ fields: JSON) { write(JSON.object([("version", 1)]).with(fields)) }

  /// Prints one that begins with a long list, whose values are printed at an indentation of four already.
  func answer<Element>(
    _ name: String, of elements: [Element], each text: (Element) throws -> [UInt8]?, then rest: JSON
  ) rethrows {
    var bytes = Array("{\n  \"version\": 1,\n  \(JSON.quoted(name)): [".utf8)
    var isEmpty = true
    for element in elements {
      guard let text = try text(element) else { continue }
      bytes += Array((isEmpty ? "\n    " : ",\n    ").utf8)
      bytes += text
      isEmpty = false
      if bytes.count > 1 << 16 {
        write(asIs: bytes)
        bytes = []
      }
    }
    let fields = rest.fields.map { ",\n  \(JSON.quoted($0)): \($1.printed(indent: 2))" }
    write(asIs: bytes + Array(((isEmpty ? "]" : "\n  ]") + fields.joined() + "\n}\n").utf8))
  }
}
