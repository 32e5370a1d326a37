/// Lines of one text, looked for in older and older versions of it.
///
/// They keep the numbers they had where the search began. Hunks come in order; whatever they are, nothing traps.
package struct TracedLines: Sendable {
  /// Lines that a change brought: their numbers where the search began, and right after the change.
  package typealias Found = (origin: Range<Int>, lines: Range<Int>)

  /// Lines that have stayed together.
  private struct Segment {
    /// Their numbers in the version that the search has come to.
    var lines: Range<Int>
    /// What takes these numbers back to where the search began.
    var offset: Int

    var origin: Range<Int> { (lines.lowerBound + offset)..<(lines.upperBound + offset) }
  }

  private var segments: [Segment]

  package init(_ lines: RangeSet<Int>) {
    segments = lines.ranges.map { Segment(lines: $0, offset: 0) }
  }

  /// Whether no line is left to look for.
  package var isEmpty: Bool { segments.isEmpty }

  /// Goes back to the older side of a change: what the change brought is returned, and no longer looked for.
  ///
  /// What lies between two hunks moves as one, by as much as the hunk before it moved its end.
  package mutating func goBack(through hunks: [LineHunk]) -> [Found] {
    var brought: [Found] = []
    var older: [Segment] = []
    var next = 0
    var shift = 0
    for segment in segments {
      var start = segment.lines.lowerBound
      let end = segment.lines.upperBound
      while start < end {
        while next < hunks.count, hunks[next].new.upperBound <= start {
          shift = hunks[next].old.upperBound - hunks[next].new.upperBound
          next += 1
        }
        let hunk = next < hunks.count ? hunks[next].new : end..<end
        let quiet = start..<max(start, min(end, hunk.lowerBound))
        if !quiet.isEmpty {
          let lines = (quiet.lowerBound + shift)..<(quiet.upperBound + shift)
          older.append(Segment(lines: lines, offset: segment.offset - shift))
        }
        let loud = quiet.upperBound..<max(quiet.upperBound, min(end, hunk.upperBound))
        if !loud.isEmpty {
          brought.append((Segment(lines: loud, offset: segment.offset).origin, loud))
        }
        start = loud.upperBound
      }
    }
    segments = older
    return brought
  }
}

/// The lines of a text that a change concerns.
package struct TouchedLines: Equatable, Sendable {
  /// Those that are deleted or replaced.
  package var rewritten = RangeSet<Int>()
  /// Where lines are put in and none is taken out: the number of the line that follows.
  package var insertions: [Int] = []

  package init() {}

  package init(_ hunks: [LineHunk]) {
    for hunk in hunks {
      if hunk.old.isEmpty {
        insertions.append(hunk.old.lowerBound)
      } else {
        rewritten.insert(contentsOf: hunk.old)
      }
    }
  }
}

extension RangeSet<Int> {
  /// All lines of a text with so many.
  package init(lines count: Int) { self.init(1..<(1 + Swift.max(count, 0))) }

  /// How many lines there are.
  package var lineCount: Int { ranges.reduce(0) { $0 + $1.count } }
}
