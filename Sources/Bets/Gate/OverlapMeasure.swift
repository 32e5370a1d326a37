/// How much work changes, for telling an overlap from what only looks like one.
///
/// Found by looking at what the rule named in a large project's history: a false alarm costs more than a silence.
package struct OverlapMeasure: Sendable {
  /// A single line counts only for work that touches no more than two lines in no more than two files: then it is
  /// what the work is about.
  static let smallest = 2
  package static let countedFiles = 2
  /// Work that changes more than so many files for each line of the bet that it meets is a sweep over everything.
  static let filesPerLine = 25

  private let files: Int
  private let lines: Int?

  /// `lines`: how many telling lines the work touches in all; nil when it was not counted.
  package init(files: Int, lines: Int?) {
    self.files = files
    self.lines = lines
  }

  /// Whether so many lines of one bet, in all files together, are an overlap.
  package func isOverlap(_ count: Int) -> Bool {
    guard count > 0, count * OverlapMeasure.filesPerLine >= files else { return false }
    return count >= OverlapMeasure.smallest || lines.map { $0 <= OverlapMeasure.smallest } ?? false
  }
}
