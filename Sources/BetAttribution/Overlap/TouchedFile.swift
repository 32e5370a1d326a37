import Git
import SourceText

/// A file that work changes, and the telling lines of it that are touched.
struct TouchedFile {
  /// The path and the blob that the work found.
  let path: [UInt8]
  let blob: ObjectID
  /// The lines that are deleted or replaced.
  let rewritten: RangeSet<Int>
  /// Where something is put in between two of them and nothing is taken out: the number of the line that follows.
  let places: [Int]

  init(_ change: FileChange, _ store: LineStore) throws(LineStore.Unreadable) {
    path = change.oldPath ?? change.path
    blob = change.oldBlob ?? .emptyBlob
    let lines = try store.text(blob).lines
    func isTelling(_ line: Int) -> Bool {
      lines.indices.contains(line - 1) && TellingLine.isTelling(lines[line - 1])
    }
    var touched = TouchedLines()
    if let new = change.newBlob {
      touched = TouchedLines(try store.hunks(from: blob, to: new))
    } else {
      touched.rewritten = RangeSet(lines: lines.count)
    }
    rewritten = RangeSet(touched.rewritten.ranges.joined().filter(isTelling).map { $0..<($0 + 1) })
    places = touched.insertions.filter { isTelling($0 - 1) && isTelling($0) }
  }

  /// How many lines are concerned, an insertion counting as one.
  var lineCount: Int { rewritten.lineCount + places.count }
}
