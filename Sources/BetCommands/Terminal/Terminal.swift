import BetReports
import Git
import Libc

/// One stream, and the only place that decides about colour and width.
///
/// Text is gathered and written at once. It is a `DisplayText`, or a document that escapes what it holds for itself.
final class Terminal: Page {
  let isTerminal: Bool
  let width: Int
  private let descriptor: Int32
  /// Whether escapes may be written, as far as stream and environment say.
  private let mayColour: Bool
  private(set) var text = ""

  /// `isPlain`: what is written is read elsewhere, whatever this end of it is.
  init(descriptor: Int32, isPlain: Bool = false) {
    self.descriptor = descriptor
    isTerminal = !isPlain && isatty(descriptor) == 1
    let noColour = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
    let isDumb = unsafe getenv("TERM").map { unsafe String(cString: $0) == "dumb" } ?? false
    mayColour = isTerminal && !noColour && !isDumb
    var size = winsize()
    if isTerminal, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      width = max(40, Int(size.ws_col))
    } else {
      width = unsafe getenv("COLUMNS").flatMap { unsafe Int(String(cString: $0)) }.map { max(40, $0) } ?? 80
    }
  }

  /// What `color.ui` says of a terminal: git's own answer, asked for once, when something is written to one.
  private static let gitWantsColour: Bool = {
    do { return try GitCommand.run(["config", "--get-colorbool", "color.ui", "true"]).text != "false" } catch
    {
      return true
    }
  }()

  var hasColour: Bool { mayColour && Terminal.gitWantsColour }

  /// Adds a line, or the lines of one text.
  func line(_ text: DisplayText = "") {
    self.text += text.rendered(inColour: hasColour) + "\n"
  }

  /// Adds a document whole.
  func write(_ document: some Document) { write(asIs: Array(document.text.utf8)) }

  /// Adds bytes that need no care, or must equal git's own output.
  func write(asIs bytes: [UInt8]) {
    flush()
    put(bytes)
  }

  func flush() {
    guard !text.isEmpty else { return }
    put(Array(text.utf8))
    text = ""
  }

  /// Why something could not be written, as `errno` has it; nothing is written from then on.
  private var failure: Int32?

  private func put(_ bytes: [UInt8]) {
    if failure == nil, !File.send(bytes, to: descriptor) { failure = errno }
  }

  /// Writes what is left; an answer of which a part is missing is none.
  func end() throws {
    flush()
    guard let failure else { return }
    // A reader who has seen enough went away: git ends without a word, too.
    if failure == EPIPE { throw Stop(status: .readerGone) }
    throw Refusal(
      "output-failed", "the answer could not be written: \(unsafe String(cString: strerror(failure)))")
  }

  /// Forgets what was gathered: somebody else has shown it.
  func discard() { text = "" }

  /// Cuts a line at the terminal's edge; what goes into a file or a pipe stays whole.
  func cut(_ text: String, used: Int = 0) -> DisplayText { "\(fitted(Text.printable(text), used: used))" }

  /// The same of a text that is printable already.
  func fitted(_ text: String, used: Int) -> String {
    isTerminal ? text.shortened(to: max(16, width - used)) : text
  }

  /// Breaks a sentence at spaces so that it fits, every further line with the given indentation.
  func wrapped(_ text: String, indent: Int = 0, first: Int? = nil) -> DisplayText {
    let room = max(16, width - indent)
    var lines: [String] = []
    var line = ""
    var left = width - (first ?? indent)
    for word in Text.printable(text).split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.columns + 1 + word.columns > left {
        lines.append(line)
        line = String(word)
        left = room
      } else {
        line += line.isEmpty ? String(word) : " \(word)"
      }
    }
    lines.append(line)
    return lines.map { "\($0)" }.joined(separator: "\n\(String(repeating: " ", count: indent))")
  }
}

extension String {
  /// Fills up with spaces; at least one is added, so that columns never touch.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - columns)) }

  /// Cuts what takes more columns than these.
  func shortened(to width: Int) -> String {
    guard columns > width else { return self }
    var (end, left) = (startIndex, width - 1)
    while end < endIndex, self[end].columns <= left {
      left -= self[end].columns
      end = index(after: end)
    }
    return self[..<end] + "…"
  }

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
