import GitFormats

/// A pattern for branch names: `*` stands for anything but nothing, `{bet}` for the id of a bet.
///
/// Names match exactly: `feature/search-ranking` is not the bet `search`. That would wave through the very
/// follow-on that the gate exists to stop. `refs/heads/main` says the same as `main`.
package struct BranchPattern: Hashable, Sendable {
  package let text: String
  private let glob: Glob

  package init(_ text: String) {
    let text = RefUpdate.branch(text) ?? text
    self.text = text
    var pieces: [Glob.Piece] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "*") {
        // Several in a row say no more than one.
        if pieces.last != .anyBytes { pieces += [.anyByte, .anyBytes] }
        rest = rest.dropFirst()
      } else if rest.starts(with: "{bet}".utf8) {
        pieces.append(.component)
        rest = rest.dropFirst(5)
      } else {
        pieces.append(.byte(byte))
        rest = rest.dropFirst()
      }
    }
    glob = Glob(pieces)
  }

  /// The folder that every matching name lies in, with a slash at its end; empty when there is none.
  package var folder: String {
    let literal = text.prefix { $0 != "*" && $0 != "{" }
    return literal.lastIndex(of: "/").map { String(literal[...$0]) } ?? ""
  }

  /// Whether it is a name, and nothing else matches.
  package var isName: Bool { !text.contains("*") && !text.contains("{bet}") }

  package func matches(_ branch: String) -> Bool { glob.matches(Array(branch.utf8)[...]) }

  /// What stands where the pattern says `{bet}`, be it an id or not; nil when the name does not match.
  ///
  /// The whole component, or as much of it as lets the rest of the pattern match; a `*` before it takes as little.
  package func name(in branch: String) -> String? {
    glob.component(in: Array(branch.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
  }
}
