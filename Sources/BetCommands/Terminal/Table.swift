import BetReports

/// Aligned columns that fit the terminal; in a file or a pipe every cell is whole.
struct Table {
  struct Column {
    let title: String
    /// Where there is no room the column with the lowest rank goes first; one without a rank stays.
    var rank: Int?
    /// Set for the column that takes what the others leave of the width, and is cut: so much room is made for it. Without
    /// such a column the last one is it.
    var least: Int?
    /// Goes on in further lines instead of being cut.
    var wraps = false
  }

  struct Cell {
    let text: String
    let style: Style?
    /// In columns.
    let width: Int
    /// Said in place of the text where that has no room.
    let short: String?

    /// Takes text from anywhere: it is made printable here.
    init(_ text: String, _ style: Style? = nil, short: String? = nil) {
      self.text = Text.printable(text)
      self.style = style
      self.short = short
      width = self.text.columns
    }
  }

  private let columns: [Column]
  private var rows: [[Cell]] = []
  /// Lines that stand above a row, by its number.
  private var headings: [Int: DisplayText] = [:]

  init(_ columns: [Column]) { self.columns = columns }
  init(_ titles: [String]) { self.init(titles.map { Column(title: $0) }) }

  mutating func add(_ row: [Cell]) { rows.append(row) }

  /// Adds a line of its own above the row that comes next.
  mutating func add(heading: DisplayText) { headings[rows.count] = heading }

  /// Columns without any content are left out.
  func print(to terminal: Terminal) {
    let layout = Layout(columns, rows, room: terminal.isTerminal ? terminal.width : nil)
    let titles = columns.map { Cell($0.title, .faint) }
    if columns.contains(where: { !$0.title.isEmpty }) {
      terminal.line(line(titles, layout, hasColour: terminal.hasColour))
    }
    for (number, row) in rows.enumerated() {
      if let heading = headings[number] { terminal.line(heading) }
      for row in layout.wrapped(row, columns) {
        terminal.line(line(row, layout, hasColour: terminal.hasColour))
      }
    }
  }

  private func line(_ row: [Cell], _ layout: Layout, hasColour: Bool) -> DisplayText {
    var line: DisplayText = ""
    /// What has no style is one piece with the space around it.
    var plain = ""
    let last = layout.columns.lastIndex { !row[$0.number].text.isEmpty } ?? 0
    for (position, column) in layout.columns.enumerated() where position <= last {
      let cell = row[column.number]
      let (text, width) = layout.text(of: cell, in: column)
      if let style = cell.style, hasColour {
        line += "\(plain)\(text, style)"
        plain = ""
      } else {
        plain += text
      }
      if position < last { plain += String(repeating: " ", count: column.width - width + 2) }
    }
    return "\(line)\(plain)"
  }
}

extension Table {
  /// Which columns are shown, and how wide.
  fileprivate struct Layout {
    private(set) var columns: [(number: Int, width: Int)]
    private let isShort: Bool
    private let isCut: Bool

    init(_ columns: [Column], _ rows: [[Cell]], room: Int?) {
      var shown = columns.indices.filter { column in rows.contains { !$0[column].text.isEmpty } }
      func widths(_ width: (Cell) -> Int) -> [Int] {
        columns.indices.map { column in
          rows.reduce(columns[column].title.columns) { max($0, width($1[column])) }
        }
      }
      var width = widths(\.width)
      let elastic = shown.first { columns[$0].least != nil } ?? shown.last
      func least(_ column: Int) -> Int {
        column == elastic ? min(width[column], columns[column].least ?? 12) : width[column]
      }
      func needed() -> Int { shown.reduce(-2) { $0 + 2 + least($1) } }
      let yielding = shown.filter { columns[$0].rank != nil }.sorted {
        columns[$0].rank ?? 0 < columns[$1].rank ?? 0
      }
      if let room {
        for column in yielding where needed() > room { shown.removeAll { $0 == column } }
      }
      isShort = room.map { needed() > $0 } ?? false
      if isShort { width = widths { $0.short?.columns ?? $0.width } }
      isCut = room != nil
      if let room, let elastic, shown.contains(elastic) {
        width[elastic] = min(width[elastic], max(1, room - needed() + least(elastic)))
      }
      // What is still too wide is cut at the edge.
      var used = 0
      self.columns = shown.compactMap { column in
        let left = room.map { $0 - used } ?? .max
        guard left > 0 else { return nil }
        used += width[column] + 2
        return (column, min(width[column], left))
      }
    }

    /// The row, and a row more for each further line of a cell that wraps.
    func wrapped(_ row: [Cell], _ columns: [Column]) -> [[Cell]] {
      guard isCut, let wrapping = self.columns.first(where: { columns[$0.number].wraps }),
        row[wrapping.number].width > wrapping.width
      else { return [row] }
      let cell = row[wrapping.number]
      return Text.folded(cell.text, to: wrapping.width).enumerated().map { number, line in
        row.indices.map { column in
          column == wrapping.number ? Cell(line, cell.style) : number == 0 ? row[column] : Cell("")
        }
      }
    }

    func text(of cell: Cell, in column: (number: Int, width: Int)) -> (text: String, width: Int) {
      if isShort, let short = cell.short { return (short, short.columns) }
      guard isCut, cell.width > column.width else { return (cell.text, cell.width) }
      let text = cell.text.shortened(to: column.width)
      return (text, text.columns)
    }
  }
}
