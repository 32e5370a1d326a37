/// A commit message cut up by the rules of git's `trailer.c`, in their order; all offsets count bytes.
struct TrailerGrammar {
  let message: [UInt8]
  /// Where git stops reading: the first NUL, or the end.
  let nul: Int
  /// Behind the leading blank lines.
  let start: Int
  /// The scissors line and all below it is not read.
  let scissors: Int
  /// Before the comments, empty lines and list of conflicts at the end.
  let end: Int
  /// The blank line that ends the title.
  let titleEnd: Int
  /// The only paragraph that can be the block; with any blank lines below it.
  let lastParagraph: Range<Int>
  /// Whether that paragraph is a block.
  let holdsTrailers: Bool

  init(_ message: [UInt8]) throws(Trailers.TooLarge) {
    guard message.count <= Trailers.largestMessage else {
      throw Trailers.TooLarge(count: message.count)
    }
    let lines = MessageLines(bytes: message, count: message.place(of: 0, from: 0, to: message.count))
    self.message = message
    nul = lines.count
    start = lines.skippingBlank()
    if lines.mayBeCut(from: start) {
      scissors = lines.scissors(from: start)
      end = lines.ignorableTail(from: start, to: scissors)
    } else {
      scissors = nul
      end = lines.emptyTail(from: start)
    }
    titleEnd = lines.titleEnd(from: start, to: end)
    (lastParagraph, holdsTrailers) = lines.lastParagraph(from: titleEnd, to: end)
  }

  /// Where the two parts of a trailer stand, without white at either end.
  struct Line {
    let key: Range<Int>
    let value: Range<Int>
  }

  /// The elements of the block that have a separator: a key line with its continuations.
  func trailers() -> [Line] {
    guard holdsTrailers else { return [] }
    let lines = MessageLines(bytes: message, count: nul)
    var trailers: [Line] = []
    var line = lastParagraph.lowerBound
    while line < lastParagraph.upperBound {
      var next = lines.next(line)
      if let separator = lines.separator(line) {
        while next < lastParagraph.upperBound, message[next].isWhite { next = lines.next(next) }
        trailers.append(
          Line(
            key: message[line..<separator].trimmed.indices,
            value: message[(separator + 1)..<next].trimmed.indices))
      }
      line = next
    }
    return trailers
  }
}
