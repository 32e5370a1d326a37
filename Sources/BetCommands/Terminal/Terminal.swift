import BetReports
import Git
import Libc

/// One stream, and the only place that decides about colour and width.
///
/// Text is gathered and written at once. What comes from a repository goes through `Text.printable` before it
/// gets here; only our own words carry colour.
final class Terminal: Page {
  let isTerminal: Bool
  let width: Int
  private let descriptor: Int32
  private let hasColour: Bool
  private(set) var text = ""

  /// `isPlain`: what is written is read elsewhere, whatever this end of it is.
  init(descriptor: Int32, isPlain: Bool = false) {
    self.descriptor = descriptor
    isTerminal = !isPlain && isatty(descriptor) == 1
    let noColour = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
    hasColour = isTerminal && !noColour
    var size = winsize()
    if isTerminal, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      width = max(40, Int(size.ws_col))
    } else {
      width = unsafe getenv("COLUMNS").flatMap { unsafe Int(String(cString: $0)) }.map { max(40, $0) } ?? 80
    }
  }

  func style(_ text: String, _ styles: Style...) -> String {
    guard hasColour, !styles.isEmpty, !text.isEmpty else { return text }
    return "\u{1B}[\(styles.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
  }

  func line(_ text: String = "") { self.text += text + "\n" }

  /// Adds bytes as they are: for what must equal git's own output.
  func write(_ bytes: [UInt8]) {
    flush()
    put(bytes)
  }

  func flush() {
    guard !text.isEmpty else { return }
    put(Array(text.utf8))
    text = ""
  }

  /// A reader that went away ends the output, nothing else.
  private func put(_ bytes: [UInt8]) { _ = File.send(bytes, to: descriptor) }

  /// Forgets what was gathered: somebody else has shown it.
  func discard() { text = "" }

  /// Cuts a line at the terminal's edge; what goes into a file or a pipe stays whole.
  func cut(_ text: String, used: Int = 0) -> String {
    isTerminal ? text.shortened(to: max(16, width - used)) : text
  }

  /// Breaks a sentence at spaces so that it fits, every further line with the given indentation.
  func wrapped(_ text: String, indent: Int = 0, first: Int? = nil) -> String {
    let room = max(30, width - indent)
    var lines: [String] = []
    var line = ""
    var left = width - (first ?? indent)
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      // What a CI host takes for a command of its own never begins a line.
      let isCommand = word.hasPrefix("::") || word.hasPrefix("##")
      if !line.isEmpty, !isCommand, line.count + 1 + word.count > left {
        lines.append(line)
        line = String(word)
        left = room
      } else {
        line += line.isEmpty ? String(word) : " \(word)"
      }
    }
    lines.append(line)
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// Prints a diagnostic: `error: … [code]`, then notes, then hints.
  func show(_ diagnostic: Diagnostic) {
    let (label, colour): (String, Style) =
      switch diagnostic.severity {
      case .error: ("error", .red)
      case .warning: ("warning", .yellow)
      case .note: ("note", .blue)
      }
    line(
      "\(style(label + ":", .bold, colour)) \(diagnostic.message) \(style("[\(diagnostic.code)]", .faint))")
    for note in diagnostic.notes { line("\(style("note:", .blue)) \(note)") }
    for hint in diagnostic.hints { line("\(style("hint:", .cyan)) \(hint)") }
  }
}

extension String {
  /// Fills up with spaces; at least one is added, so that columns never touch.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }

  func shortened(to width: Int) -> String { count <= width ? self : prefix(max(1, width - 1)) + "…" }

  func replacingFirst(_ text: String, by other: String) -> String {
    firstRange(of: text).map { self[..<$0.lowerBound] + other + self[$0.upperBound...] } ?? self
  }

  func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
