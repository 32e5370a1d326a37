#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What it costs to know which commits belong to which bet: reading a whole history, then a commit more, and what the
/// gate pays for a commit that names no bet when there are many bets.
struct AttributionSite {
  private let path: String
  private let binary: String
  private let environment: [String]
  private let tip: String

  /// A bare copy of a repository that shares its objects and whose only ship branch is its HEAD; it becomes the
  /// current directory.
  init(of repository: String, binary: String) throws {
    self.binary = binary
    path = try Site.temporaryFolder()
    environment = Site.environment(home: path)
    let clone = path + "/history.git"
    try Site.succeed(
      Child(
        "git", ["clone", "-q", "--bare", "--shared", "--single-branch", repository, clone], environment),
      in: path)
    guard chdir(clone) == 0 else { throw Failure("cannot go to \(clone)") }
    tip = try Site.succeed(Child("git", ["rev-parse", "HEAD"], environment), in: path)
    try Site.succeed(Child("git", ["update-ref", "refs/heads/aside", "HEAD"], environment), in: path)
    try declare(1)
  }

  func remove() throws { _ = try Child("rm", ["-rf", path], environment).run() }

  /// Writes bets through git itself, all at once: ten thousand processes would take their time.
  func declare(_ count: Int) throws {
    var stream = ""
    for number in 1...count {
      let message = """
        Bet \(number)

        Event: declared
        Bet: many-\(number)
        Seq: 1
        Ledger-Version: 1
        If: we build it
        Expect: it rises
        Because: people asked

        """
      stream += "commit refs/bets/many-\(number)\ncommitter A <a@example.org> 1700000000 +0000\n"
      stream += "data \(message.utf8.count)\n\(message)\n"
    }
    let file = path + "/stream"
    try Site.write(stream, to: file)
    try Site.succeed(Child("git", ["fast-import", "--quiet"], input: file, environment), in: path)
    try Site.succeed(Child("git", ["pack-refs", "--all"], environment), in: path)
  }

  private func shell(_ script: String) throws -> Child {
    try Child("sh", ["-c", script, "sh", binary, tip], environment)
  }

  /// Puts a new commit on a branch; every process has a number of its own.
  private func grow(_ ref: String) -> String {
    #"git update-ref \#(ref) "$(git commit-tree -p \#(ref) -m "$$" "$2^{tree}")" && "#
  }

  /// All of the history, by git and by us; then nothing new, one commit new, and a command that needs none of it.
  func scan(rounds: Int) throws {
    let children = try [
      Child("git", ["log", "--format=%H %(trailers)", tip], environment),
      shell(#"rm -f bet/index; exec "$1" list"#),
      shell(#"exec "$1" list"#),
      shell(grow("HEAD") + #"exec "$1" list"#),
      shell(grow("refs/heads/aside") + #"exec "$1" rules"#),
    ]
    let result = try Rounds(children, count: rounds)
    let count = try Site.succeed(Child("git", ["rev-list", "--count", tip], environment), in: path)
    let ratio = result.ratio(of: 1, to: 0)
    print(
      """

      \(count) commits: `git log` with trailers \(result.time(of: 0).median.formatted(0)) ms, the first scan \
      \(result.time(of: 1).median.formatted(0)) ms, ratio \(ratio.median.formatted(2)) \
      (\(ratio.low.formatted(2))–\(ratio.high.formatted(2))); peak MiB \(result.peakMiB(of: 0).formatted(0)) / \
      \(result.peakMiB(of: 1).formatted(0)). Nothing new: \(result.time(of: 2).median.formatted(1)) ms; a commit \
      more costs \(result.difference(of: 3, to: 4).median.formatted(1)) ms above a command that reads no history.
      """)
  }

  /// One commit that names no bet, judged with the links kept, and without.
  func links(rounds: Int) throws {
    let zero = String(repeating: "0", count: 40)
    let update = path + "/update"
    try Site.write("refs/heads/x \(tip) refs/heads/x \(zero)\n", to: update)
    try Site.succeed(
      Child("git", ["update-ref", "refs/remotes/origin/main", "\(tip)~1"], environment), in: path)
    try Site.succeed(Child("git", ["config", "remote.origin.url", "/nowhere"], environment), in: path)
    let gate = #""$1" hook pre-push origin /nowhere <"# + update
    let result = try Rounds(
      [shell("rm -f bet/none; exec \(gate)"), shell("rm -f bet/digests; exec \(gate)")], count: rounds)
    print(
      """

      A push of one commit that names no bet, with 10,000 bets: \(result.time(of: 0).median.formatted(1)) ms; when \
      all of them have to be read first \(result.time(of: 1).median.formatted(1)) ms.
      """)
  }
}

/// Measures attribution on a copy of somebody's repository.
func measureAttribution(_ binary: String, on repository: String, isQuick: Bool) throws {
  let site = try AttributionSite(of: repository, binary: binary)
  try site.scan(rounds: isQuick ? 3 : 7)
  try site.declare(10_000)
  try site.links(rounds: isQuick ? 5 : 21)
  try site.remove()
}
