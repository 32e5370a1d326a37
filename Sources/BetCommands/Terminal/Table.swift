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
      var line = ""
      var used = 0
      for (position, column) in columns.enumerated() {
        let cell = row[column]
        let isLast = position == columns.count - 1
        let text = isLast ? terminal.cut(cell.text, used: used) : cell.text
        line += cell.style.map { terminal.style(text, $0) } ?? text
        if !isLast { line += String(repeating: " ", count: widths[position] - text.count + 2) }
        used += widths[position] + 2
      }
      while line.hasSuffix(" ") { line.removeLast() }
      terminal.line(line)
    }
  }
}
