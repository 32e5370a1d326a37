import GitFormats

/// Comments, whole ones and the rest of one that began above the hunk.
extension CodeReader {
  func beginsLineComment(_ at: Int) -> Bool {
    guard syntax.lineComments.contains(where: { has($0, at) }) else { return false }
    if code[at] == .numberSign, language == .php {
      if at + 1 < code.count, code[at + 1] == 0x5B { return false }
    }
    return !syntax.commentsStandFree || standsFree(at)
  }

  private func standsFree(_ at: Int) -> Bool {
    at == 0 || code[at - 1].isBlank || ";),>".utf8.contains(code[at - 1])
  }

  mutating func beginBlock(_ at: Int) -> Int? {
    guard
      let index = syntax.blocks.firstIndex(where: { block in
        has(block.start, at) && (!block.isLine || at == 0) && (!block.standsFree || standsFree(at))
      })
    else { return nil }
    let end = at + syntax.blocks[index].start.count
    blank(at..<end)
    frames.append(Frame(kind: .block, index: index, depth: 1))
    return end
  }

  /// The end of a comment that began above: all of the line up to it is comment.
  mutating func endAlone(_ at: Int) -> Int? {
    guard frames.isEmpty, let block = syntax.blocks.first(where: { $0.endsAlone && has($0.end, at) }) else {
      return nil
    }
    blank(0..<(at + block.end.count))
    return at + block.end.count
  }

  mutating func readBlock(_ start: Int) -> Int {
    let block = syntax.blocks[frames[frames.count - 1].index]
    var at = start
    while at < code.count {
      if code[at] == block.end[0], has(block.end, at) {
        blank(at..<(at + block.end.count))
        at += block.end.count
        frames[frames.count - 1].depth -= 1
        if frames[frames.count - 1].depth == 0 {
          frames.removeLast()
          return at
        }
      } else if block.nests, code[at] == block.start[0], has(block.start, at) {
        blank(at..<(at + block.start.count))
        at += block.start.count
        frames[frames.count - 1].depth += 1
      } else {
        code[at] = .space
        at += 1
      }
    }
    return at
  }

  /// ` * text` where no code came before in the hunk: a line of a comment that began above. It alone: it could be text.
  mutating func blankContinuedComment(_ start: Int) {
    guard code[start] == UInt8(ascii: "*"), language != .css, syntax.blocks.first?.start == [0x2F, 0x2A],
      start + 1 == code.count || code[start + 1].isBlank || code[start + 1] == UInt8(ascii: "*")
    else { return }
    let end = code.indices.dropFirst(start + 1).first {
      code[$0] == .slash && code[$0 - 1] == UInt8(ascii: "*")
    }
    blank(start..<(end.map { $0 + 1 } ?? code.count))
  }
}
