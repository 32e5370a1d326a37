#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A repository with history, remote and bets, in which things are measured.
final class Site {
  let landscape: Landscape
  /// The temporary folder that holds everything.
  let path: String
  let work: String
  let url: String
  let binary: String
  let environment: [String]

  init(_ landscape: Landscape, binary: String) throws {
    self.landscape = landscape
    self.binary = binary
    path = try Site.temporaryFolder()
    work = path + "/work"
    url = path + "/remote.git"
    // No configuration of the user, and the machine's as in any push.
    environment = [
      "PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"),
      "HOME=" + path, "XDG_CONFIG_HOME=" + path, "LC_ALL=C", "TZ=UTC",
      "GIT_AUTHOR_NAME=Ada Author", "GIT_AUTHOR_EMAIL=ada@example.org",
      "GIT_COMMITTER_NAME=Ada Author", "GIT_COMMITTER_EMAIL=ada@example.org",
      "GIT_AUTHOR_DATE=1700000000 +0000", "GIT_COMMITTER_DATE=1700000000 +0000",
    ]
    try make()
  }

  private static func temporaryFolder() throws -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/git-bet-bench.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
      throw Failure("no temporary directory in \(parent)")
    }
    defer { free(real) }
    return String(cString: real)
  }

  deinit { _ = try? child("rm", ["-rf", path], in: "/").run() }

  private func make() throws {
    try succeed(child("git", ["init", "-q", "--bare", "-b", "main", url], in: path))
    try succeed(child("git", ["init", "-q", "-b", "main", work], in: path))
    // One thread: how objects are packed is then the same every time.
    for (key, value) in [("gc.auto", "0"), ("pack.threads", "1"), ("remote.origin.url", url)] {
      try git(["config", key, value])
    }
    let stream = path + "/stream"
    try HistoryStream.write(landscape, to: stream)
    try git(["fast-import", "--quiet", "--done"], input: stream)
    unlink(stream)
    try fastImport(LedgerStream(landscape))
    try git(["update-ref", "refs/remotes/origin/main", "main"])
    try git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"])
    if landscape.history > 100_000 {
      // To pack a million commits anew takes minutes, and changes nothing for a push.
      try git(["pack-refs", "--all"])
      try git(["commit-graph", "write", "--reachable"])
    } else {
      try git(["gc", "-q", "--prune=now"])
    }
  }

  // MARK: What is varied

  func fastImport(_ stream: LedgerStream) throws {
    let file = path + "/ledger"
    try write(stream.text + "done\n", to: file)
    try git(["fast-import", "--quiet", "--done"], input: file)
  }

  /// Lets the remote have that many more branches, spread along `main`.
  func addRemoteBranches(_ count: Int) throws {
    let list = path + "/refs"
    try succeed(child("git", ["rev-list", "--first-parent", "main"], in: work), output: list)
    let ids = try Site.lines(of: list)
    let all = (0..<count).map { "create refs/remotes/origin/side-\($0) \(ids[$0 * ids.count / count])\n" }
    try write(all.joined(), to: list)
    try git(["update-ref", "--stdin"], input: list)
    try git(["pack-refs", "--all"])
  }

  /// Puts the file away that spares git from reading commits, or back.
  func setCommitGraph(_ isThere: Bool) throws {
    let (graph, away) = (work + "/.git/objects/info/commit-graph", path + "/commit-graph")
    guard (isThere ? rename(away, graph) : rename(graph, away)) == 0 else {
      throw Failure("git gc has written no commit-graph")
    }
  }

  /// Takes away all that earlier runs have kept.
  func forget() throws { try succeed(child("rm", ["-rf", work + "/.git/bet"], in: path)) }

  // MARK: What is measured

  /// What a hook in shell would do: git's own trailers of what a push brings.
  func log(_ topic: Landscape.Topic) throws -> Child {
    try child(
      "git", ["log", "--format=%H%x00%(trailers)", topic.branch, "--not", "--remotes=origin"], in: work)
  }

  /// The gate, told of a branch as git tells it: as a new one, or onto the remote's `main`.
  func gate(_ topic: Landscape.Topic, ontoMain: Bool = false) throws -> Child {
    try gate(topic.branch, ontoMain: ontoMain)
  }

  private func gate(_ branch: String, ontoMain: Bool = false) throws -> Child {
    let (id, main) = (try git(["rev-parse", branch]), try git(["rev-parse", "main"]))
    let file = path + "/update-\(branch)\(ontoMain ? "-onto-main" : "")"
    let (target, old) = ontoMain ? ("main", main) : (branch, String(repeating: "0", count: 40))
    try write("refs/heads/\(branch) \(id) refs/heads/\(target) \(old)\n", to: file)
    return try gate(input: file)
  }

  func gate(input: String) throws -> Child {
    try child(binary, ["hook", "pre-push", "origin", url], input: input, in: work)
  }

  /// Holds the answers against what they must be: silence for these commits, a stop for follow-on work on top.
  func check(_ topic: Landscape.Topic, ontoMain: Bool = false) throws {
    let said = path + "/said"
    let sample = try gate(topic, ontoMain: ontoMain).run(output: said, errors: said)
    let words = try Site.read(said)
    // Where more meets the files of open bets than is looked at, it is told.
    let isTold = topic.meets && words.contains("not looked at:")
    guard sample.status == 0, words.isEmpty || isTold else {
      throw Failure("\(topic) should pass in silence: status \(sample.status)\n\(words)")
    }
    let message = path + "/message"
    try write("weigh more\n\nBet: \(Landscape.followOn)\n", to: message)
    let tip = try git(["commit-tree", "-p", topic.branch, topic.branch + "^{tree}"], input: message)
    try git(["branch", "-f", "stopped", tip])
    let stop = try gate("stopped").run(output: said, errors: said)
    guard stop.status == 1, try Site.read(said).contains("follow-on") else {
      throw Failure("follow-on work should be stopped: status \(stop.status)\n\(try Site.read(said))")
    }
    try git(["branch", "-q", "-D", "stopped"])
  }

  // MARK: Files and git

  func child(
    _ program: String, _ arguments: [String], input: String = "/dev/null", in directory: String
  ) throws -> Child {
    try Child(program, arguments, input: input, environment: environment, in: directory)
  }

  /// Runs git in the repository and returns the first line it prints.
  @discardableResult
  func git(_ arguments: [String], input: String = "/dev/null") throws -> String {
    try succeed(child("git", arguments, input: input, in: work))
  }

  /// Runs it and returns the first line it prints; `output` takes all of them.
  @discardableResult
  func succeed(_ child: Child, output: String? = nil) throws -> String {
    let (output, errors) = (output ?? path + "/output", path + "/errors")
    let status = try child.run(output: output, errors: errors).status
    guard status == 0 else {
      throw Failure("status \(status): \(child.program) \(child.arguments)\n\(try Site.read(errors))")
    }
    return String(try Site.read(output, upTo: 4096).prefix { $0 != "\n" })
  }

  func write(_ text: String, to file: String) throws { try Site.write(text, to: file) }

  static func write(_ text: String, to file: String) throws {
    guard let stream = fopen(file, "w"), fputs(text, stream) >= 0, fclose(stream) == 0 else {
      throw Failure("cannot write \(file)")
    }
  }

  static func read(_ file: String, upTo limit: Int = 1 << 22) throws -> String {
    guard let stream = fopen(file, "r") else { throw Failure("cannot read \(file)") }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = fread(&bytes, 1, bytes.count, stream)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  static func lines(of file: String) throws -> [Substring] { try read(file).split(separator: "\n") }
}
