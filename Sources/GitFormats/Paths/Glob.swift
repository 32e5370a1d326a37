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

  private let pieces: [Piece]
  /// The number of bytes at the end that stand for themselves: most texts differ there.
  private let ending: Int

  package init(_ pieces: [Piece]) {
    self.pieces = pieces
    ending = pieces.reversed().prefix { if case .byte = $0 { true } else { false } }.count
  }

  package func matches(_ text: ArraySlice<UInt8>) -> Bool {
    guard canEnd(text) else { return false }
    // A name without a star, or with nothing but a star in front of its ending.
    if ending == pieces.count { return text.count == ending }
    if ending + 1 == pieces.count, pieces[0] == .anyBytes { return true }
    return Reach(pieces, text)[0, 0]
  }

  /// What the first component in the pattern stands for, pieces before it settled first; nil when there is none.
  package func component(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard canEnd(text) else { return nil }
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

  private func canEnd(_ text: ArraySlice<UInt8>) -> Bool {
    text.count >= ending
      && zip(pieces.suffix(ending), text.suffix(ending)).allSatisfy { $0 == .byte($1) }
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
      for (position, byte) in zip(0..., text).reversed() {
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
