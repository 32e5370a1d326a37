/// The lines of a message up to `count`; a line is named by its first byte and includes its LF.
struct MessageLines {
  let bytes: [UInt8]
  let count: Int

  private static let scissors = Array("# ------------------------ >8 ------------------------\n".utf8)
  private static let conflicts = Array("Conflicts:\n".utf8)
  private static let signedOff = Array("Signed-off-by: ".utf8)
  private static let cherryPicked = Array("(cherry picked from commit ".utf8)

  /// The line after this one.
  func next(_ line: Int) -> Int {
    min(count, bytes.place(of: .lineFeed, from: line, to: count) + 1)
  }

  /// The line that ends at `end`, but none before `first`.
  private func previous(_ end: Int, from first: Int) -> Int {
    var index = end - 1
    while index > first, bytes[index - 1] != .lineFeed { index -= 1 }
    return max(index, first)
  }

  private func isBlank(_ line: Int) -> Bool {
    var index = line
    while index < count, bytes[index] != .lineFeed {
      guard bytes[index].isWhite else { return false }
      index += 1
    }
    return true
  }

  private func begins(_ line: Int, _ prefix: [UInt8]) -> Bool {
    guard count - line >= prefix.count else { return false }
    var index = 0
    while index < prefix.count {
      guard bytes[line + index] == prefix[index] else { return false }
      index += 1
    }
    return true
  }

  /// The separator of a key line: `A-Z a-z 0-9 -`, at least one, then spaces or TABs, then `:`.
  func separator(_ line: Int) -> Int? {
    var index = line
    while index < count, bytes[index].isAlphanumericASCII || bytes[index] == .hyphen { index += 1 }
    guard index > line else { return nil }
    while index < count, bytes[index] == .space || bytes[index] == .tab { index += 1 }
    return index < count && bytes[index] == .colon ? index : nil
  }

  // MARK: The rules, in the order in which they are applied

  /// Leading blank lines are dropped.
  func skippingBlank() -> Int {
    var line = 0
    while line < count, isBlank(line) { line = next(line) }
    return line
  }

  /// Whether a line is a comment, perhaps one with scissors, or begins a list of conflicts: in most messages none is.
  func mayBeCut(from start: Int) -> Bool {
    var line = start
    while line < count {
      if bytes[line] == .numberSign || begins(line, Self.conflicts) { return true }
      line = next(line)
    }
    return false
  }

  /// Where the empty lines at the end begin: all that is dropped of a message that is not cut.
  func emptyTail(from start: Int) -> Int {
    var end = count
    while end - start > 1, bytes[end - 1] == .lineFeed, bytes[end - 2] == .lineFeed { end -= 1 }
    return end
  }

  /// Nothing is read from the first scissors line on.
  func scissors(from start: Int) -> Int {
    var line = start
    while line < count, !begins(line, Self.scissors) { line = next(line) }
    return line
  }

  /// A run of comments, empty lines and an old-style list of conflicts is dropped from the end.
  ///
  /// The run does not start at `start`: git keeps the offset in a number and takes 0 for "no run". For the
  /// same reason a list of conflicts there is not over when other lines follow.
  func ignorableTail(from start: Int, to scissors: Int) -> Int {
    var run = start
    var inConflicts = false
    var line = start
    while line < scissors {
      if bytes[line] == .numberSign || bytes[line] == .lineFeed {
        if run == start { run = line }
      } else if begins(line, Self.conflicts) {
        inConflicts = true
        if run == start { run = line }
      } else if !(inConflicts && bytes[line] == .tab), run != start {
        run = start
        inConflicts = false
      }
      line = next(line)
    }
    return run == start ? scissors : run
  }

  /// The title goes to the first blank line; trailers never start inside it.
  func titleEnd(from start: Int, to end: Int) -> Int {
    var line = start
    while line < end, !isBlank(line) { line = next(line) }
    return line
  }

  /// Walks up to the blank line above the last paragraph, counting; no paragraph further up is tried.
  func lastParagraph(from titleEnd: Int, to end: Int) -> (Range<Int>, holdsTrailers: Bool) {
    var count = LineCount()
    var anythingSeen = false
    var line = end
    while line > titleEnd {
      let below = line
      line = previous(below, from: titleEnd)
      if bytes[line] == .numberSign {
        count.comment()
      } else if isBlank(line) {
        if anythingSeen { return (below..<end, count.isBlock) }
      } else {
        anythingSeen = true
        if begins(line, Self.signedOff) || begins(line, Self.cherryPicked) {
          count.generated()
        } else if separator(line) != nil {
          count.trailer()
        } else if bytes[line].isWhite {
          count.continuation()
        } else {
          count.prose()
        }
      }
    }
    return (end..<end, false)
  }
}

/// What stands in a paragraph, counted from its last line up.
private struct LineCount {
  private var trailers = 0
  private var others = 0
  /// Continuations that belong to a line not yet seen.
  private var pending = 0
  /// Whether there is a line that git itself writes, which lets some prose pass.
  private var recognised = false

  mutating func trailer() {
    trailers += 1
    pending = 0
  }

  mutating func generated() {
    trailer()
    recognised = true
  }

  mutating func continuation() { pending += 1 }

  mutating func comment() {
    others += pending
    pending = 0
  }

  mutating func prose() {
    others += 1 + pending
    pending = 0
  }

  /// To be asked at the top, where pending continuations continue nothing.
  var isBlock: Bool {
    let others = others + pending
    return recognised && trailers * 3 >= others || trailers > 0 && others == 0
  }
}
