/// The one matcher of patterns: for names of files, branches and signers, each of which spells its patterns its own way.
///
/// Takes no longer than pattern times text, whatever both are, and no recursion: patterns come from repositories.
package struct Glob: Hashable, Sendable {
  package enum Piece: Hashable, Sendable {
    case byte(UInt8)
    case anyByte
    case set([ClosedRange<UInt8>], isNegated: Bool)
    /// Any number of bytes, also none, as few as can be.
    case anyBytes
    /// One or more bytes other than a slash, as many as can be.
    case component
  }

  private struct Needs: Hashable, Sendable {
    let count: Int
    let orMore: Bool
  }

  /// The bytes at both ends that stand for themselves: most texts differ there.
  private let beginning: [UInt8]
  private let ending: [UInt8]
  /// What stands between them.
  private let pieces: [Piece]
  /// How many bytes there must be between, and whether there may be more, where it does not matter which.
  private let needs: Needs?

  package init(_ pieces: [Piece]) {
    beginning = Glob.literals(pieces)
    let rest = pieces.dropFirst(beginning.count)
    ending = Glob.literals(rest.reversed()).reversed()
    self.pieces = Array(rest.dropLast(ending.count))
    let single = self.pieces.count { $0 == .anyByte }
    let many = self.pieces.count { $0 == .anyBytes }
    needs = single + many == self.pieces.count ? Needs(count: single, orMore: many > 0) : nil
  }

  private static func literals(_ pieces: some Sequence<Piece>) -> [UInt8] {
    var bytes: [UInt8] = []
    for piece in pieces {
      guard case .byte(let byte) = piece else { break }
      bytes.append(byte)
    }
    return bytes
  }

  package func matches(_ text: ArraySlice<UInt8>) -> Bool {
    guard let text = between(text) else { return false }
    if let needs { return text.count == needs.count || needs.orMore && text.count > needs.count }
    return Reach(pieces, text)[0, 0]
  }

  /// What the first component in the pattern stands for, pieces before it settled first; nil when there is none.
  package func component(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard needs == nil, let text = between(text) else { return nil }
    let reach = Reach(pieces, text)
    guard reach[0, 0] else { return nil }
    var position = 0
    for (place, piece) in pieces.enumerated() {
      switch piece {
      case .byte, .anyByte, .set: position += 1
      case .anyBytes:
        while !reach[place + 1, position] { position += 1 }
      case .component:
        let rest = text.dropFirst(position).prefix { $0 != .slash }
        // There is one, or the text would not match.
        let count = (1...rest.count).last { reach[place + 1, position + $0] } ?? 1
        return rest.prefix(count)
      }
    }
    return nil
  }

  /// The text without what stands for itself; nil when it begins or ends otherwise.
  private func between(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard text.count >= beginning.count + ending.count, text.starts(with: beginning),
      text.suffix(ending.count).elementsEqual(ending)
    else { return nil }
    return text.dropFirst(beginning.count).dropLast(ending.count)
  }
}

/// Whether the pieces from one place on match the text from one position on: a row for each place, the last first.
private struct Reach {
  private let width: Int
  private var answers: [Bool]

  subscript(place: Int, position: Int) -> Bool { answers[place * width + position] }

  init(_ pieces: [Glob.Piece], _ text: ArraySlice<UInt8>) {
    width = text.count + 1
    answers = Array(repeating: false, count: (pieces.count + 1) * width)
    answers[answers.count - 1] = true
    for (place, piece) in pieces.enumerated().reversed() {
      let row = place * width
      let next = row + width
      if piece == .anyBytes { answers[row + text.count] = answers[next + text.count] }
      for position in stride(from: text.count - 1, through: 0, by: -1) {
        let byte = text[text.startIndex + position]
        let taken = answers[next + position + 1]
        answers[row + position] =
          switch piece {
          case .byte(let own): taken && own == byte
          case .anyByte: taken
          case .set(let ranges, let isNegated): taken && ranges.contains { $0 ~= byte } != isNegated
          case .anyBytes: answers[next + position] || answers[row + position + 1]
          case .component: byte != .slash && (taken || answers[row + position + 1])
          }
      }
    }
  }
}
