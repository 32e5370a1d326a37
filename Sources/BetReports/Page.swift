import Bets

/// Where text for people goes: it knows its width, and whether there is colour.
package protocol Page {
  func line(_ text: DisplayText)
  /// Cuts a line at the page's edge, where it has one.
  func cut(_ text: String, used: Int) -> DisplayText
  /// Breaks a sentence at spaces so that it fits, every further line with the given indentation.
  func wrapped(_ text: String, indent: Int, first: Int?) -> DisplayText
}

extension Page {
  /// Prints a diagnostic: `error: … [code]`, then notes, then hints.
  package func show(_ diagnostic: Diagnostic) {
    let (label, colour): (DisplayText, Style) =
      switch diagnostic.severity {
      case .error: ("error:", .red)
      case .warning: ("warning:", .yellow)
      case .note: ("note:", .blue)
      }
    line("\(label, .bold, colour) \(diagnostic.message) \("[\(diagnostic.code)]", .faint)")
    for note in diagnostic.notes { line("\("note:", .blue) \(note)") }
    for hint in diagnostic.hints { line("\("hint:", .cyan) \(hint)") }
  }
}
