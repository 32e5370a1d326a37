import Bets

/// Where text for people goes: it knows its width, and whether there is colour.
package protocol Page {
  func line(_ text: DisplayText)
  /// Whether somebody sees it: then a sentence is broken where it fits, and in a file or a pipe it is one line.
  var isTerminal: Bool { get }
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
    func told(_ text: String, behind label: String) -> DisplayText {
      isTerminal ? wrapped(text, indent: 2, first: label.columns + 1) : "\(text)"
    }
    let message = told(
      "\(diagnostic.message) [\(diagnostic.code)]", behind: diagnostic.severity.rawValue + ":")
    line("\(label, .bold, colour) \(message)")
    for note in diagnostic.notes { line("\("note:", .blue) \(told(note, behind: "note:"))") }
    for hint in diagnostic.hints { line("\("hint:", .cyan) \(hint)") }
  }
}
