#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A real repository in a scratch directory, driven by the real git.
///
/// Children see an environment built from nothing, with a fixed identity and a clock of its own, so equal
/// steps give equal object ids. Clones and remotes lie beside it and share its scratch directory.
package final class TestRepository {
  package let path: String
  package let scratch: ScratchDirectory
  package let isBare: Bool
  /// What every child gets, and all it gets; change it to try another user, date or configuration.
  package var environment: [String: String]
  private var minutes = 0

  /// Makes a repository with `git init -b main`; `arguments` go to that command.
  package convenience init(bare: Bool = false, arguments: [String] = []) throws {
    let scratch = try ScratchDirectory()
    try self.init(scratch, name: bare ? "repository.git" : "repository", bare: bare)
    try git(["init", "-q", "-b", "main"] + (bare ? ["--bare"] : []) + arguments + ["."])
  }

  private init(_ scratch: ScratchDirectory, name: String, bare: Bool) throws {
    self.scratch = scratch
    path = scratch.path + "/" + name
    isBare = bare
    environment = TestRepository.environment(home: scratch.home)
    try makeDirectory(path)
    setClock()
  }

  /// The environment of a child whose user lives in `home`; without dates.
  package static func environment(home: String) -> [String: String] {
    [
      "PATH": searchPath, "HOME": home, "XDG_CONFIG_HOME": home + "/.config", "GIT_CONFIG_NOSYSTEM": "1",
      "LC_ALL": "C", "TZ": "UTC", "TERM": "dumb",
      "GIT_AUTHOR_NAME": "Ada Author", "GIT_AUTHOR_EMAIL": "ada@example.org",
      "GIT_COMMITTER_NAME": "Carl Committer", "GIT_COMMITTER_EMAIL": "carl@example.org",
    ]
  }

  /// Moves the clock on; `commit` does it by one minute each time.
  package func advanceClock(minutes: Int = 1) {
    self.minutes += minutes
    setClock()
  }

  /// 2025-01-01 00:00 UTC and the minutes gone since.
  private func setClock() {
    let date = "\(1_735_689_600 + minutes * 60) +0000"
    environment["GIT_AUTHOR_DATE"] = date
    environment["GIT_COMMITTER_DATE"] = date
  }
}

// MARK: Running

/// A command that should have succeeded.
package struct CommandFailed: Error, CustomStringConvertible {
  package let command: [String]
  package let run: Run

  package var description: String {
    "\(command.joined(separator: " ")): status \(run.status)\n\(run.errorText)\(run.text)"
  }
}

extension TestRepository {
  /// Runs git here; throws `CommandFailed` with what it said when its status is not 0.
  @discardableResult
  package func git(_ arguments: String..., input: String = "") throws -> Run {
    try git(arguments, input: Array(input.utf8))
  }

  @discardableResult
  package func git(_ arguments: [String], input: [UInt8] = []) throws -> Run {
    let run = try tryGit(arguments, input: input)
    guard run.status == 0 else { throw CommandFailed(command: ["git"] + arguments, run: run) }
    return run
  }

  /// Runs git here and leaves its status to the caller.
  package func tryGit(_ arguments: String..., input: String = "") throws -> Run {
    try tryGit(arguments, input: Array(input.utf8))
  }

  package func tryGit(_ arguments: [String], input: [UInt8] = []) throws -> Run {
    try run("git", arguments, input: input)
  }

  /// Runs a program in `directory`, or in the work tree, with this repository's environment and `extra`.
  ///
  /// When `limit` has passed, the program and all that it started are killed and `TimeLimitExceeded` is
  /// thrown: a push through a hook that cannot be executed would hang for ever.
  package func run(
    _ program: String, _ arguments: [String] = [], input: [UInt8] = [], directory: String? = nil,
    environment extra: [String: String] = [:], limit: Duration = .seconds(60)
  ) throws -> Run {
    try spawn(
      program, arguments, input: input, directory: directory ?? path,
      environment: environment.merging(extra) { $1 }, limit: limit)
  }
}

// MARK: Contents

extension TestRepository {
  /// Commits with exactly this message, and the file if one is named; returns the id.
  @discardableResult
  package func commit(_ message: String, file: String? = nil, content: String = "") throws -> String {
    advanceClock()
    var arguments = ["commit", "-q", "--cleanup=verbatim", "--allow-empty-message", "-F", "-"]
    if let file {
      try write(file, content)
      try git("add", "--", file)
    } else {
      arguments.append("--allow-empty")
    }
    try git(arguments, input: Array(message.utf8))
    return try id("HEAD")
  }

  /// Makes a branch of so many commits without a word about bets, unrelated to anything.
  package func flood(_ branch: String, with count: Int) throws {
    let commits = (1...count).map {
      "commit refs/heads/\(branch)\ncommitter Eve <eve@example.org> \(1_700_000_000 + $0) +0000\ndata 2\nx\n\n"
    }
    try git("fast-import", "--quiet", "--force", input: commits.joined())
  }

  /// The object id that `revision` names.
  package func id(_ revision: String) throws -> String {
    let text = try git("rev-parse", "--verify", revision).text
    return String(text.prefix { $0 != "\n" })
  }

  /// Writes a file, and the directories above it; the path counts from the work tree unless it is absolute.
  package func write(_ file: String, _ content: String, executable: Bool = false) throws {
    try writeFile(absolute(file), Array(content.utf8), mode: executable ? 0o777 : 0o666)
  }

  package func read(_ file: String) throws -> String {
    String(decoding: try readFile(absolute(file)), as: UTF8.self)
  }

  private func absolute(_ file: String) -> String {
    file.hasPrefix("/") ? file : path + "/" + file
  }

  /// All refs with what they point to, and HEAD: equal before and after means that no ref was written.
  package func refs() throws -> String {
    let refs = try git("for-each-ref", "--format=%(objectname) %(refname) %(symref)").text
    let head = try tryGit("rev-parse", "--symbolic-full-name", "HEAD").text
    return refs + head
  }
}

// MARK: Neighbours

extension TestRepository {
  /// Clones this repository into a neighbour; the clone starts with this one's environment and clock.
  package func clone(
    named name: String = "clone", bare: Bool = false, arguments: [String] = []
  ) throws -> TestRepository {
    let clone = try neighbour(name, bare: bare)
    try git(["clone", "-q"] + (bare ? ["--bare"] : []) + arguments + ["--", "file://" + path, clone.path])
    return clone
  }

  /// Makes an empty bare neighbour and adds it as a remote.
  package func addRemote(named name: String = "origin") throws -> TestRepository {
    let remote = try neighbour(name + ".git", bare: true)
    try remote.git("init", "-q", "-b", "main", "--bare", ".")
    try git("remote", "add", name, remote.path)
    return remote
  }

  private func neighbour(_ name: String, bare: Bool) throws -> TestRepository {
    let neighbour = try TestRepository(scratch, name: name, bare: bare)
    neighbour.environment = environment
    neighbour.minutes = minutes
    return neighbour
  }
}
