import Libc

/// The user's own git, for what it alone can do or say.
package enum GitCommand {
  /// Tells a command of ours in a hook that git runs meanwhile that this program waits for it.
  package static let guardVariable = "GIT_BET_EXCHANGING"

  /// What a command answered.
  package struct Output: Sendable {
    /// The exit status, or 128 and the number of the signal that ended the command.
    package let status: Int32
    package let standardOutput: [UInt8]
    package let standardError: [UInt8]

    /// Standard output as text, without one line feed at its end.
    package var text: String {
      let feed = standardOutput.last == UInt8(ascii: "\n")
      return String(decoding: feed ? standardOutput.dropLast() : standardOutput[...], as: UTF8.self)
    }
  }

  /// Runs git with an argument vector, no shell, and collects what it says.
  ///
  /// `environment` changes this process's own for the child; nil takes a variable away. `settings` is configuration for
  /// this one command; keys may hold anything. `showsErrors` leaves standard error where this process's own goes, for
  /// progress. With a `limit` the child and all that it starts have no
  /// terminal to ask on, and are ended when the time is up: the error's code is then `tooSlow`. A failure of the
  /// command is a status, not an error; a command that cannot be started is an error.
  package static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String?] = [:],
    settings: [(key: String, value: String)] = [], program: String = "git", showsErrors: Bool = false,
    limit: Duration? = nil
  ) throws(GitError) -> Output {
    let environment = environment.merging(variables(for: settings)) { $1 }
    var stdin = try Pipe()
    var stdout = try Pipe()
    var stderr = try Pipe()
    let child = try spawn(
      program, arguments, environment: environment,
      descriptors: [(stdin.reading, 0), (stdout.writing, 1)]
        + (showsErrors ? [] : [(stderr.writing, Int32(2))]),
      withoutTerminal: limit != nil)
    stdin.closeReading()
    stdout.closeWriting()
    stderr.closeWriting()
    var exchange = Exchange(input: input, end: limit.map { ContinuousClock.now + $0 })
    let failure = exchange.run(stdin: &stdin, stdout: &stdout, stderr: &stderr)
    stdin.closeWriting()
    if failure == ETIMEDOUT { end(child) }
    let status = wait(for: child)
    if failure == ETIMEDOUT {
      throw GitError(code: .tooSlow, function: program, message: "no answer in \(limit ?? .zero)")
    }
    if let failure { throw .system("poll", program, errno: failure) }
    return Output(status: status, standardOutput: exchange.output, standardError: exchange.errors)
  }

  /// `POSIX_SPAWN_SETSID`, which is not imported everywhere.
  #if canImport(Darwin)
    private static let newSession: Int16 = 0x400
  #else
    private static let newSession: Int16 = 0x80
  #endif

  /// Ends a child that leads a session of its own, with all that it started: first so that git can take its locks away.
  private static func end(_ child: pid_t) {
    kill(-child, SIGTERM)
    usleep(200_000)
    kill(-child, SIGKILL)
  }

  /// Runs git on this process's own streams and returns its exit status, or 128 and the signal.
  package static func passThrough(
    _ arguments: [String], environment: [String: String?] = [:], program: String = "git"
  ) throws(GitError) -> Int32 {
    wait(for: try spawn(program, arguments, environment: environment, descriptors: []))
  }

  private static func spawn(
    _ program: String, _ arguments: [String], environment changes: [String: String?],
    descriptors: [(Int32, Int32)], withoutTerminal: Bool = false
  ) throws(GitError) -> pid_t {
    guard !([program] + arguments).contains(where: { $0.utf8.contains(0) }) else {
      throw GitError(code: .invalid, function: "posix_spawnp", message: "an argument holds a NUL")
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (from, to) in descriptors { posix_spawn_file_actions_adddup2(&actions, from, to) }
    // This process may ignore or block signals; the child starts as from a shell.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    if withoutTerminal { flags |= newSession }
    posix_spawnattr_setflags(&attributes, flags)

    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment(with: changes).map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    var child = pid_t()
    let code = posix_spawnp(&child, program, &actions, &attributes, &words, &variables)
    guard code == 0 else { throw .system("posix_spawnp", program, errno: code) }
    return child
  }

  /// This process's environment with changes, as `NAME=value`.
  private static func environment(with changes: [String: String?]) -> [String] {
    var result: [String] = []
    var entry = environ
    while let text = entry.pointee {
      let variable = String(cString: text)
      let name = String(variable.prefix { $0 != "=" })
      if changes[name] == nil { result.append(variable) }
      entry += 1
    }
    for case (let name, let value?) in changes { result.append("\(name)=\(value)") }
    return result
  }

  /// Configuration as variables, behind what this process was given in the same way.
  private static func variables(for settings: [(key: String, value: String)]) -> [String: String?] {
    guard !settings.isEmpty else { return [:] }
    let given = environmentValue("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0
    var variables: [String: String?] = ["GIT_CONFIG_COUNT": String(given + settings.count)]
    for (index, setting) in settings.enumerated() {
      variables["GIT_CONFIG_KEY_\(given + index)"] = setting.key
      variables["GIT_CONFIG_VALUE_\(given + index)"] = setting.value
    }
    return variables
  }

  private static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    guard retrying({ waitpid(child, &status, 0) }) == child else { return 255 }
    // The macros of <sys/wait.h>, which are not imported.
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }
}
