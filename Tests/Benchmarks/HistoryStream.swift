#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stream for `git fast-import` of a landscape's commits.
struct HistoryStream {
  private let landscape: Landscape
  private let file: UnsafeMutablePointer<FILE>
  private var marks = 0
  private var contents: [String: [String]] = [:]
  private var last = (file: "", line: 0)

  static func write(_ landscape: Landscape, to path: String) throws {
    guard let file = fopen(path, "w") else { throw Failure("cannot write \(path)") }
    var stream = HistoryStream(landscape: landscape, file: file)
    let main = stream.main()
    let contents = stream.contents
    for topic in landscape.topics {
      stream.contents = contents
      stream.add(topic, on: main)
    }
    fputs("done\n", file)
    guard fclose(file) == 0 else { throw Failure("cannot write \(path)") }
  }

  private init(landscape: Landscape, file: UnsafeMutablePointer<FILE>) {
    (self.landscape, self.file) = (landscape, file)
  }

  /// Returns the last commit.
  private mutating func main() -> Int {
    let (total, open) = (landscape.shipped * landscape.openBets, landscape.openBets)
    let closed = landscape.bets - open
    var shipped = 0
    return line(of: landscape.history, on: "refs/heads/main", from: nil) { stream, number, isSide in
      let isDue = shipped < total && number * total / stream.landscape.history > shipped
      if isDue, !isSide {
        defer { shipped += 1 }
        let place = stream.landscape.place(ofShipped: shipped / open, by: shipped % open)
        return (place, "Bet: open-\(shipped % open)")
      }
      return (
        stream.landscape.place(ofOther: number),
        closed > 0 && number % 2 == 0 ? "Bet: closed-\(number / 2 % closed)" : nil
      )
    }
  }

  private mutating func add(_ topic: Landscape.Topic, on main: Int) {
    let bet = topic.naming == .bet ? "Bet: \(landscape.bet)" : nil
    _ = line(
      of: topic.commits, on: "refs/heads/\(topic.branch)", from: main, hasTrailers: topic.naming != .link
    ) { stream, number, _ in
      (stream.landscape.place(of: number, in: topic), bet)
    }
  }

  typealias Place = (file: String, line: Int)

  /// Commits in a row, of which every tenth merges the one before it, which left the row four commits earlier. Returns
  /// the last.
  private mutating func line(
    of count: Int, on ref: String, from start: Int?, hasTrailers: Bool = true,
    _ make: (HistoryStream, Int, _ isSide: Bool) -> (Place, bet: String?)
  ) -> Int {
    var made: [Int] = []
    for number in 1...count {
      let parents: [Int]
      switch number % 10 {
      case 9: parents = [made[made.count - 4]]
      case 0: parents = [made[made.count - 2], made[made.count - 1]]
      default: parents = [made.last ?? start].compactMap { $0 }
      }
      if number % 10 == 0 {
        // A merge brings what its side had, and nothing of its own.
        commit(ref, parents, bet: nil, at: last, hasTrailers: false)
      } else {
        let (place, bet) = make(self, number, number % 10 == 9)
        let blank = blank(place.file)
        contents[place.file, default: blank][place.line] = "step \(marks + 1) of what stands here"
        last = place
        commit(ref, parents, bet: bet, at: place, hasTrailers: hasTrailers)
      }
      made.append(marks)
    }
    return made.last ?? 0
  }

  private func blank(_ file: String) -> [String] {
    (0..<landscape.lines).map { "line \($0) of \(file), as it was" }
  }

  private mutating func commit(
    _ ref: String, _ parents: [Int], bet: String?, at place: Place, hasTrailers: Bool
  ) {
    marks += 1
    let who = "Ada Author <ada@example.org> \(1_600_000_000 + marks * 60) +0000"
    var message =
      parents.count > 1
      ? "Merge branch 'side-\(marks)'\n"
      : """
      ranking: weigh step \(marks) of the results

      The old order put what was clicked first, which rewards whatever
      happened to stand there. Now age and text count too; the numbers
      are in the file that this touches.

      """
    if hasTrailers {
      message += "\n" + (bet.map { $0 + "\n" } ?? "")
      message +=
        "Reviewed-by: Grace Reviewer <grace@example.org>\nSigned-off-by: Ada Author <ada@example.org>\n"
    }
    var text = "commit \(ref)\nmark :\(marks)\nauthor \(who)\ncommitter \(who)\n"
    text += "data \(message.utf8.count)\n\(message)"
    for (index, parent) in parents.enumerated() { text += "\(index == 0 ? "from" : "merge") :\(parent)\n" }
    if parents.isEmpty { text += firstFiles() }
    let content = contents[place.file, default: []].joined(separator: "\n") + "\n"
    text += "M 100644 inline \(place.file)\ndata \(content.utf8.count)\n\(content)\n"
    fputs(text, file)
  }

  /// What was there before any bet: the quiet files, and those that open bets change.
  private func firstFiles() -> String {
    let quiet = (0..<landscape.quietFiles).map { number in
      (
        "lib/\(number % 50)/quiet-\(number)",
        number == landscape.quietFiles / 2 ? "track(\"\(Landscape.instrument)\")\n" : "quiet\n"
      )
    }
    let met = (0..<landscape.metFiles).map { number in
      let file = landscape.metFile(number)
      return (file, blank(file).joined(separator: "\n") + "\n")
    }
    return (quiet + met).map { "M 100644 inline \($0)\ndata \($1.utf8.count)\n\($1)\n" }.joined()
  }
}
