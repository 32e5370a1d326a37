#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program with its arguments, run from nothing but the given environment.
struct Child {
  /// Where the program lies: the search is not part of what is measured.
  let program: String
  let arguments: [String]
  let input: String
  let environment: [String]
  /// Where it runs.
  let directory: String

  /// How one run went.
  struct Sample {
    let status: Int32
    /// Milliseconds from start to end.
    let wall: Double
    /// Milliseconds of user and system time, its own children's included.
    let cpu: Double
    /// The largest amount of memory it held, in bytes; never less than this process holds.
    let peak: Int
  }

  init(
    _ program: String, _ arguments: [String], input: String = "/dev/null", environment: [String],
    in directory: String
  ) throws {
    self.program = program.contains("/") ? program : try Child.path(of: program)
    self.arguments = arguments
    self.input = input
    self.environment = environment
    self.directory = directory
  }

  /// The same with more in its environment, behind other words: those of a program that watches it.
  func with(_ variables: [String], behind words: [String] = []) throws -> Child {
    let all = words + [program] + arguments
    return try Child(
      all[0], Array(all.dropFirst()), input: input, environment: environment + variables, in: directory)
  }

  /// Runs it without a shell; what it says goes to the files.
  func run(output: String = "/dev/null", errors: String = "/dev/null") throws -> Sample {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }

    guard chdir(directory) == 0 else { throw Failure("cannot go to \(directory)") }
    let start = ContinuousClock.now
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, nil, &words, &variables)
    guard code == 0 else { throw Failure("\(program): \(String(cString: strerror(code)))") }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child, &status, 0, &usage) == child else { throw Failure("wait4: \(program)") }
    let time = ContinuousClock.now - start
    #if canImport(Darwin)
      let peak = usage.ru_maxrss
    #else
      let peak = usage.ru_maxrss * 1024
    #endif
    return Sample(
      status: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f,
      wall: time / .milliseconds(1), cpu: milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
      peak: peak)
  }

  private func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1000 + Double(time.tv_usec) / 1000
  }

  static func isOnPath(_ program: String) -> Bool {
    do { return try !path(of: program).isEmpty } catch { return false }
  }

  private static func path(of program: String) throws -> String {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    for folder in folders.split(separator: ":") where access("\(folder)/\(program)", X_OK) == 0 {
      return "\(folder)/\(program)"
    }
    throw Failure("\(program) is not on the PATH")
  }
}

/// Why nothing was measured.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
