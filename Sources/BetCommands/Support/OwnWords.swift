import BetLedger

/// Words that have to be a person's own: evidence and reasons. What stands in a hint in their place is none.
extension Context {
  /// A reason as it was given; asked for in the editor on a terminal where it is missing or a hint's.
  ///
  /// Elsewhere the command line is wrong without it: a reason is what people read later.
  func reason(_ given: String?, for what: String) throws -> String {
    let text = Text.trimmed(given ?? "")
    let isOwn = !text.isEmpty && !Placeholder.isOne(text)
    if isOwn { return text }
    guard isInteractive else {
      try refusePlaceholder(text)
      throw Refusal(EventProblem.missingReason.diagnostic, exitStatus: .usage)
    }
    let template =
      "\n# Why \(Text.printable(what))? It is what people read later.\n# Lines that begin with '#' are left out.\n"
    let file = try repository.gitDirectory + "/BET_REASON"
    let edited = try edit(template, in: file) ?? ""
    let lines = edited.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let reason = Text.trimmed(lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n"))
    try refusePlaceholder(reason)
    guard !reason.isEmpty else { throw EventProblem.missingReason }
    return reason
  }

  /// Refuses evidence that names a commit or a file which is not here.
  func checkEvidence(_ texts: [String]) throws {
    for text in texts.map({ Text.trimmed($0) }) {
      let word = String(text.prefix { !$0.isWhitespace })
      if word.hasPrefix("commit:") {
        _ = try commit(String(word.dropFirst("commit:".count)))
      } else if text.hasPrefix("file:") {
        let paths = [text, word].map { String($0.dropFirst("file:".count)) }
        guard try paths.contains(where: { try isFile($0) }) else {
          throw Refusal(
            "unknown-file", "'\(Text.printable(paths[0]))' is no file here",
            notes: ["evidence that names a file is read later: it has to be there"])
        }
      }
    }
  }

  /// Whether a file is in the work tree, from the current directory, or in `HEAD`, from either end.
  private func isFile(_ path: String) throws -> Bool {
    guard !path.isEmpty else { return false }
    if File.exists(path) { return true }
    return try ["HEAD:\(path)", "HEAD:./\(path)"].contains {
      try GitCommand.run(["cat-file", "-e", $0]).status == 0
    }
  }
}

/// Refuses words that stand in a hint where a person's own belong.
func refusePlaceholder(_ text: String) throws {
  guard Placeholder.isOne(text) else { return }
  throw Refusal(
    "placeholder", "'\(Text.printable(Text.unquoted(text)))' stands for words of your own",
    notes: ["it is what people read later: say what was seen, or why"], exitStatus: .usage)
}

extension Diagnostic {
  /// The same, and where the text is: nothing that was typed into an editor is lost, whatever was wrong with it.
  func keeping(_ file: String) -> Diagnostic {
    var told = self
    told.notes.append("what you typed is kept in \(Text.printable(file))")
    return told
  }
}
