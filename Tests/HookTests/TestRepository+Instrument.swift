import TestSupport

extension TestRepository {
  /// The open bet `search`, measured by these strings, and its branch, checked out.
  func measure(_ texts: String...) throws {
    try declare("search")
    try measureBy(texts.isEmpty ? [""] : texts)
    try bet("start", "search")
  }

  func measureBy(_ texts: [String]) throws {
    try tryBet(["amend", "search"] + texts.flatMap { ["--instrument", $0] }).succeeded("amend")
  }

  /// What the gate says of the branch here on its way to `main`.
  func check() throws -> Run { try tryBet("check", "--into", "main") }

  /// Commits nothing but this file on a branch of its own, which belongs to `search`.
  func branch(_ name: String, file: String, content: String) throws {
    try git("switch", "-q", "-c", "feature/search/\(name)", "main")
    try commit("\(name)\n", file: file, content: content)
  }
}

/// The commands that a message prints and that begin like this.
func commands(_ start: String, in run: Run) -> [String] {
  run.errorText.split(separator: "\n").map { line in
    let text = line.drop { $0 == " " }
    return String(text.hasPrefix("hint: ") ? text.dropFirst("hint: ".count) : text)
  }.filter { $0.hasPrefix(start) }
}
