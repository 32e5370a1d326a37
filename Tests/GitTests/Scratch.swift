import Git
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of its own for one test, and git in an environment built from nothing.
final class Scratch {
  /// The folder that goes away with the test.
  let root: String
  /// The repository in it.
  let path: String

  /// Makes an empty repository; `arguments` go to `git init`.
  init(_ arguments: String...) throws {
    var template = Array("/tmp/git-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let resolved = realpath(template, nil) else {
      throw Failed(text: "mkdtemp")
    }
    root = String(cString: resolved)
    free(resolved)
    path = root + "/repository"
    guard mkdir(root + "/home", 0o755) == 0 else { throw Failed(text: "mkdir") }
    try run(["init", "-q", "-b", "main"] + arguments + [path])
  }

  deinit { _ = try? GitCommand.run(["-rf", root], program: "rm") }

  struct Failed: Error { let text: String }

  /// The environment of children: nothing of this process's own but where programs are.
  func environment(_ changes: [String: String?] = [:]) -> [String: String?] {
    var result: [String: String?] = [:]
    var entry = environ
    while let text = entry.pointee {
      let name = String(String(cString: text).prefix { $0 != "=" })
      if name != "PATH" { result.updateValue(nil, forKey: name) }
      entry += 1
    }
    let fixed = [
      "HOME": root + "/home", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "TZ": "UTC",
      "GIT_AUTHOR_NAME": "A U Thor", "GIT_AUTHOR_EMAIL": "author@example.com",
      "GIT_COMMITTER_NAME": "C O Mitter", "GIT_COMMITTER_EMAIL": "committer@example.com",
      "GIT_AUTHOR_DATE": "1700000000 +0000", "GIT_COMMITTER_DATE": "1700000000 +0000",
    ]
    for (name, value) in fixed { result.updateValue(value, forKey: name) }
    for (name, value) in changes { result.updateValue(value, forKey: name) }
    return result
  }

  /// Runs git, whatever comes of it.
  func attempt(
    _ arguments: [String], input: String = "", environment changes: [String: String?] = [:]
  ) throws -> GitCommand.Output {
    try GitCommand.run(arguments, input: Array(input.utf8), environment: environment(changes))
  }

  /// Runs git, which must succeed, and returns what it prints.
  @discardableResult
  func run(
    _ arguments: [String], input: String = "", environment changes: [String: String?] = [:]
  ) throws -> String {
    let output = try attempt(arguments, input: input, environment: changes)
    guard output.status == 0 else {
      throw Failed(text: "\(arguments): " + String(decoding: output.standardError, as: UTF8.self))
    }
    return output.text
  }

  /// Runs git in the repository.
  @discardableResult
  func git(_ arguments: String..., input: String = "", date: Int = 1_700_000_000) throws -> String {
    try run(
      ["-C", path] + arguments, input: input,
      environment: ["GIT_COMMITTER_DATE": "\(date) +0000", "GIT_AUTHOR_DATE": "\(date) +0000"])
  }

  /// Runs git in the repository and reads the id it prints.
  func id(_ arguments: String..., input: String = "") throws -> ObjectID {
    let text = try run(["-C", path] + arguments, input: input)
    guard let id = ObjectID(hex: text) else { throw Failed(text: text) }
    return id
  }

  /// Makes an empty commit on the current branch.
  @discardableResult
  func commit(_ message: String = "a change", date: Int = 1_700_000_000) throws -> ObjectID {
    try git("commit", "-q", "--allow-empty", "-m", message, date: date)
    return try id("rev-parse", "HEAD")
  }

  func repository() throws -> Repository { try Repository.open(at: path, trust: .gitHasAgreed) }

  /// Writes a file below the root.
  func write(_ text: String, to file: String) throws {
    guard let stream = fopen(root + "/" + file, "w") else { throw Failed(text: file) }
    defer { fclose(stream) }
    fputs(text, stream)
  }

  /// Reads a file below the root.
  func read(_ file: String) throws -> String {
    try GitCommand.run([root + "/" + file], program: "cat").text
  }
}

/// The author of everything that tests write.
let writer = Signature(name: "A U Thor", email: "author@example.com", time: 1_700_000_000, offset: 60)
