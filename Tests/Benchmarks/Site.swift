#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A repository with history, remote and bets, in which things are measured; it becomes the current directory.
final class Site {
  let size: Int
  let path: String
  let binary: String
  let environment: [String]
  private let url: String

  static let bets = (0..<9).map { "search-\($0)" }
  /// A bet that builds on another: its work must be stopped.
  static let followOn = "search-9"

  init(size: Int, topics: [Int], binary: String) throws {
    self.size = size
    self.binary = binary
    path = try Site.temporaryFolder()
    url = path + "/remote.git"
    environment = Site.environment(home: path)
    try make(topics)
  }

  static func temporaryFolder() throws -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/git-bet-bench.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
      throw Failure("no temporary directory in \(parent)")
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// No configuration of the user, and the machine's as in any push.
  static func environment(home: String) -> [String] {
    [
      "PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"),
      "HOME=" + home, "XDG_CONFIG_HOME=" + home, "LC_ALL=C", "TZ=UTC",
      "GIT_AUTHOR_NAME=Ada Author", "GIT_AUTHOR_EMAIL=ada@example.org",
      "GIT_COMMITTER_NAME=Ada Author", "GIT_COMMITTER_EMAIL=ada@example.org",
      "GIT_AUTHOR_DATE=1700000000 +0000", "GIT_COMMITTER_DATE=1700000000 +0000",
    ]
  }

  deinit { _ = try? Child("rm", ["-rf", path], environment).run() }

  private func make(_ topics: [Int]) throws {
    try git(["init", "-q", "--bare", "-b", "main", url])
    try git(["init", "-q", "-b", "main", path + "/work"])
    guard chdir(path + "/work") == 0 else { throw Failure("cannot go to \(path)") }
    try git(["config", "gc.auto", "0"])
    try git(["remote", "add", "origin", url])
    let stream = path + "/stream"
    try HistoryStream.write(size: size, topics: topics, bets: Site.bets, to: stream)
    try git(["fast-import", "--quiet", "--done"], input: stream)
    try git(["update-ref", "refs/remotes/origin/main", "main"])
    try git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"])
    for bet in Site.bets + [Site.followOn] {
      let claim = ["--if", "we weigh age", "--expect", "clicks rise from 2 to 3", "--because", "old is dull"]
      let below = bet == Site.followOn ? ["--builds-on", Site.bets[0]] : []
      try succeed(Child(binary, ["declare", bet] + claim + below, environment))
    }
    try git(["gc", "-q"])
  }

  // MARK: What is varied

  /// Leaves `main` as the only branch that is known of the remote.
  func forgetSideBranches() throws {
    let list = path + "/refs"
    let sides = (0..<HistoryStream.sideBranches).map { "delete refs/remotes/origin/side-\($0)\n" }
    try write(sides.joined(), to: list)
    try git(["update-ref", "--stdin"], input: list)
    try git(["pack-refs", "--all"])
  }

  /// Puts the file away that spares git from reading commits, or back.
  func setCommitGraph(_ isThere: Bool) throws {
    let (graph, away) = (".git/objects/info/commit-graph", path + "/commit-graph")
    let code = isThere ? rename(away, graph) : rename(graph, away)
    guard code == 0 else { throw Failure("git gc has written no commit-graph") }
  }

  // MARK: What is measured

  /// The smallest thing that git can be asked, and what any process costs.
  func floor() throws -> Child { try Child("git", ["rev-parse", "HEAD"], environment) }

  /// What a hook in shell would do: git's own trailers of what a push brings.
  func log(_ topic: String) throws -> Child {
    let format = "--format=%H%x00%(trailers)"
    return try Child("git", ["log", format, topic, "--not", "--remotes=origin"], environment)
  }

  /// The gate, told of a new branch as git tells it.
  func gate(_ topic: String) throws -> Child {
    let id = try git(["rev-parse", topic])
    let (update, zero) = (path + "/update-" + topic, String(repeating: "0", count: 40))
    try write("refs/heads/\(topic) \(id) refs/heads/\(topic) \(zero)\n", to: update)
    return try gate(input: update)
  }

  /// The gate with nothing to decide.
  func idleGate() throws -> Child { try gate(input: "/dev/null") }

  private func gate(input: String) throws -> Child {
    try Child(binary, ["hook", "pre-push", "origin", url], input: input, environment)
  }

  /// Holds the answers against what they must be: silence for these commits, a stop for follow-on work on top.
  func check(_ topic: String) throws {
    let said = path + "/said"
    let sample = try gate(topic).run(output: said, errors: said)
    guard sample.status == 0, try read(said).isEmpty else {
      throw Failure("\(topic) should pass in silence: status \(sample.status)\n\(try read(said))")
    }
    let message = path + "/message"
    try write("weigh more\n\nBet: \(Site.followOn)\n", to: message)
    let tip = try git(["commit-tree", "-p", topic, "\(topic)^{tree}"], input: message)
    try git(["branch", "-f", "follow-on", tip])
    let stop = try gate("follow-on").run(output: said, errors: said)
    guard stop.status == 1, try read(said).contains("follow-on") else {
      throw Failure("follow-on work should be stopped: status \(stop.status)\n\(try read(said))")
    }
    try git(["branch", "-q", "-D", "follow-on"])
  }

  // MARK: Files and git

  @discardableResult
  func git(_ arguments: [String], input: String = "/dev/null") throws -> String {
    try succeed(Child("git", arguments, input: input, environment))
  }

  @discardableResult
  func succeed(_ child: Child) throws -> String { try Site.succeed(child, in: path) }

  /// Runs it and returns the first line it prints; `path` is a folder that takes what it says.
  @discardableResult
  static func succeed(_ child: Child, in path: String) throws -> String {
    let (output, errors) = (path + "/output", path + "/errors")
    let status = try child.run(output: output, errors: errors).status
    guard status == 0 else {
      throw Failure("status \(status): \(child.program) \(child.arguments)\n\(try read(errors))")
    }
    let text = try read(output)
    return String(text.prefix { $0 != "\n" })
  }

  func write(_ text: String, to file: String) throws { try Site.write(text, to: file) }

  static func write(_ text: String, to file: String) throws {
    guard let stream = fopen(file, "w"), fputs(text, stream) >= 0, fclose(stream) == 0 else {
      throw Failure("cannot write \(file)")
    }
  }

  private func read(_ file: String) throws -> String { try Site.read(file) }

  /// The first 4 KiB.
  private static func read(_ file: String) throws -> String {
    guard let stream = fopen(file, "r") else { throw Failure("cannot read \(file)") }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, stream)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
