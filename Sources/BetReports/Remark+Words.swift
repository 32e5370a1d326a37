import Bets

extension Remark {
  /// More are counted, not named.
  private static let mostNamed = 3

  /// What is so, in one line; the foreign text in it is printable.
  package var sentence: String { "commit \(commit.id.short) \(predicate)" }

  /// The same without its subject, for a message that is no commit yet.
  package var predicate: String {
    var said: [String] = []
    for trailer in trailers {
      let text = "'\(trailer.key): \(Words.plain(trailer.value, upTo: 60))'"
      if !said.contains(text) { said.append(text) }
    }
    let named = said.prefix(Remark.mostNamed).joined(separator: ", ")
    let more = said.count > Remark.mostNamed ? " and \(said.count - Remark.mostNamed) more" : ""
    let (it, does, counts) = said.count == 1 ? ("it", "does", "counts") : ("they", "do", "count")
    return
      "says \(named)\(more) outside its trailers; \(it) \(kind == .buried ? counts : "\(does) not count")"
  }

  /// Why git does not read the lines, for those who want to know: one line each.
  package var reasons: [String] {
    trailers.prefix(Remark.mostNamed).map { "line \($0.line): \($0.reason.sentence)" }
  }

  /// What takes the word away where the line is prose.
  package var waysOut: [String] {
    guard kind == .buried else { return [] }
    var bets: [String] = []
    for trailer in trailers where !bets.contains(trailer.value) { bets.append(trailer.value) }
    return bets.prefix(Remark.mostNamed).map { "git bet unlink \($0) --commit \(commit.id.short)" }
  }
}
