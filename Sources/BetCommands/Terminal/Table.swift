import BetReports

/// Aligned columns; the last one takes what is left of the width.
struct Table {
  struct Cell {
    let text: String
    let style: Style?
    /// In characters.
    let width: Int

    /// Takes text from anywhere: it is made printable here.
    init(_ text: String, _ style: Style? = nil) {
      self.text = Text.printable(text)
      self.style = style
      // What is ASCII and printable has a character for each byte.
      width = self.text.utf8.allSatisfy { $0 < 0x80 } ? self.text.utf8.count : self.text.count
    }
  }

  private let header: [Cell]
  private var rows: [[Cell]] = []

  init(_ header: [String]) { self.header = header.map { Cell($0, .faint) } }

  mutating func add(_ row: [Cell]) { rows.append(row) }

  /// Columns without any content are left out.
  func print(to terminal: Terminal) {
    let columns = header.indices.filter { column in rows.contains { !$0[column].text.isEmpty } }
    let widths = columns.map { column in
      rows.reduce(header[column].width) { max($0, $1[column].width) }
    }
    for row in [header] + rows {
      var line: DisplayText = ""
      /// What has no style is one piece with the space around it.
      var plain = ""
      var used = 0
      let last = columns.lastIndex { !row[$0].text.isEmpty } ?? 0
      for (position, column) in columns.enumerated() where position <= last {
        let cell = row[column]
        let isLast = position == columns.count - 1
        let text = isLast ? terminal.fitted(cell.text, used: used) : cell.text
        if let style = cell.style, terminal.hasColour {
          line += "\(plain)\(text, style)"
          plain = ""
        } else {
          plain += text
        }
        if position < last { plain += String(repeating: " ", count: widths[position] - cell.width + 2) }
        used += widths[position] + 2
      }
      terminal.line("\(line)\(plain)")
    }
  }
}
