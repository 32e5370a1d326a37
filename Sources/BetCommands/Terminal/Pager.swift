import Bets
import Git
import Libc

extension Context {
  /// Shows what was gathered through git's own pager when it is longer than the terminal; prints it otherwise.
  func page() throws {
    var size = winsize()
    guard output.isTerminal, unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0,
      output.text.utf8.count(where: { $0 == 0x0A }) >= Int(size.ws_row)
    else { return }
    let pager = try GitCommand.run(["var", "GIT_PAGER"])
    guard pager.status == 0, !["", "cat"].contains(pager.text) else { return }
    // Where nothing can be written there is no pager, and the text is printed as it is.
    let file = try repository.gitDirectory + "/BET_PAGE"
    do { try TextFile.write(output.text, to: file) } catch is Refusal { return }
    defer { unsafe _ = unlink(file) }
    // git's own defaults for less: keep colours, leave when it fits, do not clear the screen.
    let status = try GitCommand.passThrough(
      ["-c", "LESS=${LESS-FRX} LV=${LV--c}; export LESS LV; \(pager.text) <\"$0\"", file], program: "sh")
    if status != 126, status != 127 { output.discard() }
  }

  /// Asks a yes/no question on the terminal; anything but y is no.
  func asks(_ question: String) -> Bool {
    answer(to: "\(question) [y/N]").map { ["y", "yes"].contains(Text.trimmed($0).lowercased()) } ?? false
  }

  /// What a person types; nil at the end of the input.
  func answer(to question: String) -> String? {
    output.flush()
    errors.line("\(errors.wrapped(question, indent: 2, first: 0))")
    errors.flush()
    return readLine()
  }
}
