/// What a repository looks like in which something is measured. The same landscape has the same ids every time.
///
/// `main` has `history` commits, every tenth a merge. Of them `shipped` belong to each open bet: all bets have shipped
/// what is on `main`, which is the remote's. Each open bet has files of its own under `met/`, and wrote their first
/// lines; others have changed those files since.
struct Landscape {
  var history = 30_000
  /// Without the one that builds on another.
  var bets = 40
  var openBets = 10
  var shipped = 100
  /// Files that open bets have changed.
  var metFiles = 100
  /// Lines of a file: the open bets have those in the first half, topics change those in the last quarter.
  var lines = 60
  /// Files that are there and that nobody changes.
  var quietFiles = 0
  var topics: [Topic] = []

  /// A branch on top of `main`, to be pushed.
  struct Topic {
    enum Naming {
      case bet, nothing
      /// Its commits have no trailers; the ledger links the branch.
      case link
    }

    let commits: Int
    let naming: Naming
    /// Whether it changes the files of open bets, and lines that none of them wrote; else files that only it has.
    let meets: Bool

    init(_ commits: Int, _ naming: Naming, meets: Bool = false) {
      (self.commits, self.naming, self.meets) = (commits, naming, meets)
    }

    var branch: String { "topic-\(commits)-\(naming)\(meets ? "-meets" : "")" }
  }

  /// The bet that topics name: open, and without a bet below it.
  var bet: String { "open-\(openBets - 1)" }
  /// A bet that builds on another: its work must be stopped.
  static let followOn = "follow-on"
  /// What `bet` is measured by, in one of the quiet files.
  static let instrument = "search_performed"

  /// Which file of an open bet its commit number `index` changes, and which line.
  func place(ofShipped index: Int, by bet: Int) -> (file: String, line: Int) {
    let own = max(1, metFiles / openBets)
    let sharing = bet / metFiles
    return (
      metFile((bet * own + index % own) % metFiles), (sharing * shipped + index / own) % max(1, lines / 2)
    )
  }

  /// Which file and line a topic's commit number `index` changes.
  func place(of index: Int, in topic: Topic) -> (file: String, line: Int) {
    let quarter = max(1, lines / 4)
    return (
      topic.meets ? metFile(index % metFiles) : "own/\(index % 20)/file-\(index % 200)",
      lines - 1 - index / metFiles % quarter
    )
  }

  /// Which file and line a commit of no open bet changes.
  func place(ofOther index: Int) -> (file: String, line: Int) {
    index % 4 == 0
      ? (metFile(index / 4 % metFiles), lines / 2 + index % max(1, lines / 4))
      : ("src/\(index % 20)/file-\(index % 200)", index % lines)
  }

  func metFile(_ number: Int) -> String { "met/\(number % 10)/file-\(number)" }
}
