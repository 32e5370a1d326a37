/// What a host said to each ref of a push, as `git push --porcelain` prints it.
struct PushAnswer {
  /// The refs, by their name there, that did not go in, and why in the host's or git's own words.
  private(set) var refused: [String: String] = [:]
  /// The refs, by their name there, that stand as they were sent.
  private(set) var taken: Set<String> = []

  init(taken: Set<String> = [], refused: [String: String] = [:]) {
    self.taken = taken
    self.refused = refused
  }

  /// Whether a hook refused the push as a whole, as hooks do because of any one ref.
  var isDeclinedWhole: Bool { taken.isEmpty && refused.values.allSatisfy { $0.contains("declined") } }

  /// Reads lines of `<flag> TAB <from>:<to> TAB <summary>`; others are for people.
  ///
  /// `words` is what came on standard error: lines of `remote:` say why a hook declined.
  init(porcelain text: String, words: String) {
    let remarks = words.split(separator: "\n").filter { $0.hasPrefix("remote: ") }
      .map { $0.dropFirst("remote: ".count) }.prefix(4).joined(separator: "; ")
    for line in text.utf8.split(separator: .lineFeed) {
      // Those that stood there already, as most do that a pattern names, were not sent.
      if line.starts(with: "=\t".utf8) { continue }
      let fields = Substring(line).split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, let colon = fields[1].lastIndex(of: ":") else { continue }
      let ref = String(fields[1][fields[1].index(after: colon)...])
      if fields[0] == "!" {
        refused[ref] = String(fields[2]) + (remarks.isEmpty ? "" : ": \(remarks)")
      } else {
        taken.insert(ref)
      }
    }
  }
}
