import GitFormats
import TestSupport
import Testing

struct TracedLinesTests {
  @Test func `lines between two hunks move as one`() {
    // Three lines became one, and two came in before line 9, which was 11.
    let hunks: [LineHunk] = [(2..<5, 2..<3), (11..<11, 9..<11)]
    var lines = TracedLines(RangeSet(1..<14))
    let brought = lines.goBack(through: hunks)
    #expect(brought.map(\.origin) == [2..<3, 9..<11])
    #expect(brought.map(\.lines) == [2..<3, 9..<11])
    #expect(lines.goBack(through: [(1..<1, 1..<20)]).map(\.origin) == [1..<2, 3..<9, 11..<14])
    #expect(lines.isEmpty)
  }

  @Test func `a line keeps the number that it had where the search began`() {
    var lines = TracedLines(RangeSet([3..<4, 8..<9]))
    #expect(lines.goBack(through: [(1..<1, 1..<3)]).isEmpty)
    let found = lines.goBack(through: [(4..<9, 4..<9)])
    #expect(found.map(\.origin) == [8..<9])
    #expect(found.map(\.lines) == [6..<7])
  }

  /// A text of a hundred lines is changed at random, many times; each line knows where it came from.
  @Test(arguments: 0..<20) func `every line is found in the change that brought it`(seed: Int) {
    var dice = SystemRandomNumberGenerator()
    var text = (0..<40).map { (change: 0, line: $0 + 1) }
    var changes: [[LineHunk]] = []
    for change in 1...15 {
      var hunks: [LineHunk] = []
      var new: [(change: Int, line: Int)] = []
      var old = 0
      while old < text.count {
        let kept = min(Int.random(in: 1...12, using: &dice), text.count - old)
        new += text[old..<(old + kept)]
        old += kept
        let gone = min(Int.random(in: 0...3, using: &dice), text.count - old)
        let come = Int.random(in: gone == 0 ? 1...3 : 0...3, using: &dice)
        hunks.append((old + 1..<old + 1 + gone, new.count + 1..<new.count + 1 + come))
        for _ in 0..<come { new.append((change, new.count + 1)) }
        old += gone
      }
      text = new
      changes.append(hunks)
    }
    var lines = TracedLines(RangeSet(1..<(text.count + 1)))
    for change in (1...15).reversed() {
      let found = lines.goBack(through: changes[change - 1])
      let expected = text.enumerated().filter { $1.change == change }
      #expect(found.flatMap { Array($0.origin) } == expected.map { $0.offset + 1 })
      #expect(found.flatMap { Array($0.lines) } == expected.map(\.element.line))
    }
    let first = lines.goBack(through: [(1..<1, 1..<41)])
    #expect(first.flatMap { Array($0.lines) } == text.filter { $0.change == 0 }.map(\.line))
    #expect(lines.isEmpty)
  }

  @Test func `hunks that are no hunks trap nothing`() {
    for hunks: [LineHunk] in [[(5..<9, 0..<3), (1..<2, 1..<2)], [(3..<3, 3..<3)], [(1..<1, 1..<Int.max)]] {
      var lines = TracedLines(RangeSet(1..<10))
      _ = lines.goBack(through: hunks)
      _ = lines.goBack(through: hunks)
    }
  }

  @Test func `an insertion is told from a replacement`() {
    let touched = TouchedLines([(2..<4, 2..<3), (7..<7, 6..<8), (9..<10, 10..<10)])
    #expect(touched.rewritten == RangeSet([2..<4, 9..<10]))
    #expect(touched.insertions == [7])
  }
}
