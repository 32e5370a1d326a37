import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a child process said and how it ended.
package struct Run: Sendable {
  /// The exit status, or 128 plus the number of the signal that ended the child.
  package let status: Int32
  package let out: [UInt8]
  package let err: [UInt8]

  package init(status: Int32, out: [UInt8], err: [UInt8]) {
    self.status = status
    self.out = out
    self.err = err
  }

  package var text: String { String(decoding: out, as: UTF8.self) }
  package var errorText: String { String(decoding: err, as: UTF8.self) }
}

/// A child that could not be waited for: it and all that it started have been killed.
package struct TimeLimitExceeded: Error, CustomStringConvertible {
  package let description: String
}

/// The `PATH` of every child: the only thing taken from our own environment.
let searchPath = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"

/// Runs a program found on the `PATH` of `environment`, and nothing else of ours reaches it.
///
/// The child leads a process group of its own, so one signal ends it with all that it started. When `limit`
/// has passed that is done, and `TimeLimitExceeded` thrown.
func spawn(
  _ program: String, _ arguments: [String], input: [UInt8] = [], directory: String = "/",
  environment: [String: String], limit: Duration = .seconds(60)
) throws -> Run {
  _ = ignoringBrokenPipes
  let command = ["env", "-C", directory, program] + arguments
  let (child, stdin, stdout, stderr) = try spawning.withLock { _ in try start(command, environment) }
  stdin.stopReading()
  stdout.stopWriting()
  stderr.stopWriting()

  let deadline = ContinuousClock.now + limit
  guard let (out, err) = exchange(stdin, input, stdout, stderr, until: deadline),
    let status = wait(for: child, until: deadline)
  else {
    kill(-child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    let line = command.dropFirst(3).joined(separator: " ")
    throw TimeLimitExceeded(description: "killed after \(limit): \(line) (in \(directory))")
  }
  return Run(status: status, out: out, err: err)
}

/// Held from the making of a pipe to the spawning of its child: a descriptor cannot be made close-on-exec in
/// one step on every system, and a child of another test that inherits one keeps the pipe open.
private let spawning = Mutex(())

/// A child may go before it has read its input; that is no reason for the tests to die.
private let ignoringBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

/// Two descriptors that no other child inherits, closed at the latest when they go out of scope.
private final class Pipe {
  private(set) var reading: Int32
  private(set) var writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError("pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }

  func stopReading() {
    if reading >= 0 { close(reading) }
    reading = -1
  }

  func stopWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  deinit {
    stopReading()
    stopWriting()
  }
}

/// Feeds the input and reads both outputs as they come, so that no side waits for the other.
private func exchange(
  _ stdin: Pipe, _ input: [UInt8], _ stdout: Pipe, _ stderr: Pipe, until deadline: ContinuousClock.Instant
) -> (out: [UInt8], err: [UInt8])? {
  // A write must not block: the child may be busy filling the pipe that we should be emptying.
  _ = fcntl(stdin.writing, F_SETFL, fcntl(stdin.writing, F_GETFL) | O_NONBLOCK)
  var sent = 0
  var out: [UInt8] = []
  var err: [UInt8] = []
  if input.isEmpty { stdin.stopWriting() }
  while stdout.reading >= 0 || stderr.reading >= 0 {
    var watched = [
      pollfd(fd: stdin.writing, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: stdout.reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stderr.reading, events: Int16(POLLIN), revents: 0),
    ]
    let left = (deadline - .now) / .milliseconds(1)
    guard left > 0 else { return nil }
    _ = poll(&watched, 3, Int32(left) + 1)
    if watched[0].revents != 0 {
      let count = input[sent...].withUnsafeBytes { write(stdin.writing, $0.baseAddress, $0.count) }
      if count >= 0 { sent += count }
      let gone = count < 0 && errno != EAGAIN && errno != EINTR
      if gone || sent == input.count { stdin.stopWriting() }
    }
    if watched[1].revents != 0, !drain(stdout.reading, into: &out) { stdout.stopReading() }
    if watched[2].revents != 0, !drain(stderr.reading, into: &err) { stderr.stopReading() }
  }
  return (out, err)
}

/// Reads once; false at the end.
private func drain(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
  let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { chunk in
    let count = read(descriptor, chunk.baseAddress, chunk.count)
    if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
    return count
  }
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN))
}

private func wait(for child: pid_t, until deadline: ContinuousClock.Instant) -> Int32? {
  var status: Int32 = 0
  while true {
    let waited = waitpid(child, &status, WNOHANG)
    if waited == child { break }
    if ContinuousClock.now > deadline { return nil }
    usleep(500)
  }
  let signal = status & 0x7f
  return signal == 0 ? (status >> 8) & 0xff : 128 + signal
}

private func start(
  _ command: [String], _ environment: [String: String]
) throws -> (child: pid_t, stdin: Pipe, stdout: Pipe, stderr: Pipe) {
  let (stdin, stdout, stderr) = (try Pipe(), try Pipe(), try Pipe())

  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, stdin.reading, 0)
  posix_spawn_file_actions_adddup2(&actions, stdout.writing, 1)
  posix_spawn_file_actions_adddup2(&actions, stderr.writing, 2)

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  sigaddset(&signals, SIGPIPE)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  posix_spawnattr_setpgroup(&attributes, 0)
  let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
  posix_spawnattr_setflags(&attributes, Int16(flags))

  var child: pid_t = 0
  let code = withCStrings(command) { arguments in
    withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
      posix_spawn(&child, "/usr/bin/env", &actions, &attributes, arguments, environment)
    }
  }
  guard code == 0 else { throw SystemError(command.joined(separator: " "), code: code) }
  return (child, stdin, stdout, stderr)
}

private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
