/// A pattern for branch names: `*` stands for anything but nothing, `{bet}` for the id of a bet.
///
/// Names match exactly: `feature/search-ranking` is not the bet `search`. That would wave through the very
/// follow-on that the gate exists to stop.
package struct BranchPattern: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case literal([UInt8])
    case anything, bet
  }

  package let text: String
  private let pieces: [Piece]

  package init(_ text: String) {
    self.text = text
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var rest = Array(text.utf8)[...]
    func finish() {
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = []
    }
    while let byte = rest.first {
      if byte == UInt8(ascii: "*") {
        finish()
        if pieces.last != .anything { pieces.append(.anything) }
        rest = rest.dropFirst()
      } else if rest.starts(with: "{bet}".utf8) {
        finish()
        pieces.append(.bet)
        rest = rest.dropFirst(5)
      } else {
        literal.append(byte)
        rest = rest.dropFirst()
      }
    }
    finish()
    self.pieces = pieces
  }

  package func matches(_ branch: String) -> Bool { match(pieces[...], Array(branch.utf8)[...], nil) != nil }

  /// What stands where the pattern says `{bet}`, be it an id or not; nil when the name does not match.
  package func name(in branch: String) -> String? { match(pieces[...], Array(branch.utf8)[...], nil)?.bet }

  private struct Match { let bet: String? }

  private func match(_ pieces: ArraySlice<Piece>, _ text: ArraySlice<UInt8>, _ bet: String?) -> Match? {
    guard let piece = pieces.first else { return text.isEmpty ? Match(bet: bet) : nil }
    let rest = pieces.dropFirst()
    switch piece {
    case .literal(let bytes):
      return text.starts(with: bytes) ? match(rest, text.dropFirst(bytes.count), bet) : nil
    case .anything:
      for count in stride(from: 1, through: text.count, by: 1) {
        if let found = match(rest, text.dropFirst(count), bet) { return found }
      }
      return nil
    case .bet:
      let name = text.prefix { $0 != UInt8(ascii: "/") }
      // The whole component, or as much of it as lets the rest of the pattern match.
      for count in stride(from: name.count, through: 1, by: -1) {
        let candidate = String(decoding: name.prefix(count), as: UTF8.self)
        if let found = match(rest, text.dropFirst(count), bet ?? candidate) { return found }
      }
      return nil
    }
  }
}
