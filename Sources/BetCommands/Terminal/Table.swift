import BetReports

/// Aligned columns; the last one takes what is left of the width.
struct Table {
  struct Cell {
    let text: String
    let style: Style?

    /// Takes text from anywhere: it is made printable here.
    init(_ text: String, _ style: Style? = nil) {
      self.text = Text.printable(text)
      self.style = style
    }
  }

  private let header: [Cell]
  private var rows: [[Cell]] = []

  init(_ header: [String]) { self.header = header.map { Cell($0, .faint) } }

  mutating func add(_ row: [Cell]) { rows.append(row) }

  /// Columns without any content are left out.
  func print(to terminal: Terminal) {
    let columns = header.indices.filter { column in rows.contains { !$0[column].text.isEmpty } }
    let widths = columns.map { column in ([header] + rows).map { $0[column].text.count }.max() ?? 0 }
    for row in [header] + rows {
      var line: DisplayText = ""
      var used = 0
      let last = columns.lastIndex { !row[$0].text.isEmpty } ?? 0
      for (position, column) in columns.enumerated() where position <= last {
        let cell = row[column]
        let isLast = position == columns.count - 1
        let text = isLast ? terminal.cut(cell.text, used: used) : "\(cell.text)"
        line += cell.style.map { "\(text, $0)" } ?? text
        let gap = widths[position] - cell.text.count + 2
        if position < last { line += "\(String(repeating: " ", count: gap))" }
        used += widths[position] + 2
      }
      terminal.line(line)
    }
  }
}
