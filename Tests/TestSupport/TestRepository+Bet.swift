import GitFormats

/// Repositories in which `git bet` can be typed, and the bets that most tests need.
extension TestRepository {
  /// A repository with one commit that its bare remote `origin` has too, and `git bet` on the `PATH`.
  package static func withRemote(installed: Bool = true) throws -> (TestRepository, remote: TestRepository) {
    let repository = try TestRepository()
    repository.knowBet()
    try repository.commit("start\n", file: "start", content: "start\n")
    let remote = try repository.addRemote()
    try repository.git("push", "-q", "origin", "main")
    if installed { try repository.bet("install") }
    return (repository, remote)
  }

  /// Puts the freshly built program on the `PATH` of the children.
  package func knowBet() {
    let program = binary("git-bet")
    let directory = program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex)
    environment["PATH"] = "\(directory):\(environment["PATH"] ?? "")"
  }

  /// Runs `git bet` here; throws `CommandFailed` when its status is not 0.
  @discardableResult
  package func bet(_ arguments: String..., input: String = "") throws -> Run {
    let run = try tryBet(arguments, input: input)
    guard run.status == 0 else { throw CommandFailed(command: ["git-bet"] + arguments, run: run) }
    return run
  }

  /// Runs `git bet` here and leaves its status to the caller.
  package func tryBet(_ arguments: String..., input: String = "") throws -> Run {
    try tryBet(arguments, input: input)
  }

  package func tryBet(_ arguments: [String], input: String = "") throws -> Run {
    try run(binary("git-bet"), arguments, input: Array(input.utf8))
  }

  /// Whether a child can be given a terminal of its own here.
  package func hasTerminals() throws -> Bool { try run("sh", ["-c", "command -v script"]).status == 0 }

  /// Runs `git bet` here on a terminal of its own, where this is typed; both outputs come as one.
  package func onTerminal(_ arguments: [String], typing text: String, columns: Int? = nil) throws -> Run {
    let words = ([binary("git-bet")] + arguments).map(Text.singleQuoted)
    let size = columns.map { "stty cols \($0); " } ?? ""
    return try run(
      "script", ["-qec", size + words.joined(separator: " "), "/dev/null"], input: Array(text.utf8))
  }

  /// Places a bet that lacks nothing, resting on `below`; what it is measured by stands in the first commit.
  package func declare(_ id: String, on below: String...) throws {
    try tryBet(
      [
        "declare", id, "--if", "we build \(id)", "--expect", "starts rise from 2 to 3", "--because",
        "people asked for it", "--metric", "starts", "--target", ">= 3", "--check-by", "2099-01-01",
        "--instrument", "start",
      ] + below.flatMap { ["--builds-on", $0] }
    ).succeeded("git-bet declare \(id)")
  }

  /// The bet `search`, open; `ranking`, which rests on it; and its branch `bet/ranking` with one commit, checked out.
  package func placeChain() throws {
    try declare("search")
    try declare("ranking", on: "search")
    try bet("start", "ranking")
    try commit("rank results\n", file: "ranking", content: "1\n")
  }

  /// Every file of the git directory with its checksum and mode: equal means the same bytes.
  ///
  /// Without the log of decisions, which every judged push adds to.
  package func snapshot() throws -> String {
    let all = "find . -path ./bet -prune -o"
    return try files(
      "\(all) -type f -print0 | sort -z | xargs -0 sha256sum; \(all) -printf '%m %p\\n' | sort")
  }

  /// Every file of the git directory with its size and times: equal before and after means that nothing was written.
  ///
  /// Without the log of decisions, which every judged push adds to.
  package func fingerprint() throws -> String {
    try files("find . -path ./bet -prune -o -type f -printf '%p %m %s %i %T@ %C@\\n' | sort")
  }

  private func files(_ script: String) throws -> String {
    let directory = try git("rev-parse", "--absolute-git-dir").text.prefix { $0 != "\n" }
    return try run("sh", ["-c", script], directory: String(directory)).succeeded(script).text
  }

  /// The trailers of one commit, as git reads them.
  package func trailers(_ revision: String = "HEAD") throws -> String {
    let text = try git("log", "-1", "--format=%(trailers:only,unfold)", revision).text
    return String(text.reversed().drop { $0 == "\n" }.reversed())
  }

  /// The whole message of one commit.
  package func message(_ revision: String = "HEAD") throws -> String {
    try git("log", "-1", "--format=%B", revision).text
  }
}

extension Run {
  /// Throws `CommandFailed` when the status is not 0.
  @discardableResult
  package func succeeded(_ command: String) throws -> Run {
    guard status == 0 else { throw CommandFailed(command: [command], run: self) }
    return self
  }

  /// Whether a diagnostic with this code was printed.
  package func says(_ code: String) -> Bool { errorText.contains("[\(code)]") }

  /// Whether it succeeded and had nothing to say.
  package var isSilent: Bool { status == 0 && err.isEmpty }

  /// Whether it was stopped and said so: what was let through all the same prints the code as well.
  package func stops(_ code: String, status: Int32 = 1) -> Bool { self.status == status && says(code) }
}
