import Git

/// The rows of a territory, joined where one goes on from another: the same path and blob.
///
/// A line is then followed back from row to row, and each row's change is looked at once, whatever came after it.
struct TerritoryTrails {
  private struct Place: Hashable {
    let path: [UInt8]
    let blob: ObjectID
  }

  let rows: [Territory.Row]
  /// The row that a row goes on from.
  private let previous: [Int?]
  /// The rows from which no other goes on, by their paths.
  private(set) var ends: [[UInt8]: [Int]] = [:]

  init(_ territory: Territory) {
    rows = territory.rows
    var latest: [Place: Int] = [:]
    var previous: [Int?] = []
    var isEnd = Array(repeating: true, count: rows.count)
    for (number, row) in rows.enumerated() {
      let from = row.old.flatMap { latest[Place(path: row.oldPath ?? row.path, blob: $0)] }
      previous.append(from)
      if let from { isEnd[from] = false }
      latest[Place(path: row.path, blob: row.new)] = number
    }
    self.previous = previous
    for (number, row) in rows.enumerated() where isEnd[number] { ends[row.path, default: []].append(number) }
  }

  /// A row and those it goes on from, the youngest first.
  func trail(from end: Int) -> some Sequence<Territory.Row> {
    sequence(state: Optional(end)) { number in
      guard let current = number else { return nil }
      number = previous[current]
      return rows[current]
    }
  }
}
