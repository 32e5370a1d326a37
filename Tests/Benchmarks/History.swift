#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stream for `git fast-import`: the same commits with the same ids every time.
///
/// `main` has `size` commits, every tenth a merge. `origin` has `main` and a hundred branches of one commit each,
/// spread along it. On top of `main`, `topic-<N>` has N commits. Every message has a body and three trailers. The
/// commits of a topic belong to one bet, as those of a branch do; on `main` the bets take turns.
struct HistoryStream {
  static let sideBranches = 100

  private let file: UnsafeMutablePointer<FILE>
  private var marks = 0

  static func write(size: Int, topics: [Int], bets: [String], to path: String) throws {
    guard let file = fopen(path, "w") else { throw Failure("cannot write \(path)") }
    var stream = HistoryStream(file: file)
    let main = stream.line(of: size, on: "refs/heads/main", from: [], bets)
    for side in 0..<sideBranches {
      let start = main[side * main.count / sideBranches]
      stream.commit("refs/remotes/origin/side-\(side)", [start], bets[side % bets.count])
    }
    for count in topics {
      _ = stream.line(of: count, on: "refs/heads/topic-\(count)", from: main.suffix(1), [bets[0]])
    }
    fputs("done\n", file)
    guard fclose(file) == 0 else { throw Failure("cannot write \(path)") }
  }

  private init(file: UnsafeMutablePointer<FILE>) { self.file = file }

  /// Commits in a row, of which every tenth merges the one before it, which left the row four commits earlier.
  private mutating func line(of count: Int, on ref: String, from start: ArraySlice<Int>, _ bets: [String])
    -> [Int]
  {
    var made: [Int] = []
    for number in 1...count {
      let parents: [Int]
      switch number % 10 {
      case 9: parents = [made[made.count - 4]]
      case 0: parents = [made[made.count - 2], made[made.count - 1]]
      default: parents = made.last.map { [$0] } ?? Array(start)
      }
      made.append(commit(ref, parents, bets[number % bets.count]))
    }
    return made
  }

  @discardableResult
  private mutating func commit(_ ref: String, _ parents: [Int], _ bet: String) -> Int {
    marks += 1
    let who = "Ada Author <ada@example.org> \(1_600_000_000 + marks * 60) +0000"
    let message = """
      ranking: weigh step \(marks) of the results

      The old order put what was clicked first, which rewards whatever happened to stand there.
      Now age and text count too; the numbers are in the file that this touches.

      Bet: \(bet)
      Reviewed-by: Grace Reviewer <grace@example.org>
      Signed-off-by: Ada Author <ada@example.org>

      """
    var text = "commit \(ref)\nmark :\(marks)\nauthor \(who)\ncommitter \(who)\n"
    text += "data \(message.utf8.count)\n\(message)"
    for (index, parent) in parents.enumerated() { text += "\(index == 0 ? "from" : "merge") :\(parent)\n" }
    let content = "step \(marks)\n"
    text += "M 100644 inline src/\(marks % 20)/file-\(marks % 200)\ndata \(content.utf8.count)\n\(content)\n"
    fputs(text, file)
    return marks
  }
}
