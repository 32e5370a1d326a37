import Clibgit2
import Libc

/// A pipe whose ends close with it and never reach another child.
struct Pipe: ~Copyable {
  private(set) var reading: Int32
  private(set) var writing: Int32

  init() throws(GitError) {
    var ends: [Int32] = [-1, -1]
    #if os(Linux)
      let code = pipe2(&ends, O_CLOEXEC)
    #else
      let code = pipe(&ends)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #endif
    guard code == 0 else { throw .system("pipe", "pipe", errno: errno) }
    reading = ends[0]
    writing = ends[1]
  }

  mutating func closeReading() {
    if reading >= 0 { close(reading) }
    reading = -1
  }

  mutating func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  deinit {
    if reading >= 0 { close(reading) }
    if writing >= 0 { close(writing) }
  }
}

/// Feeds a child and listens to it at the same time, so that neither waits for the other for ever.
struct Exchange {
  private var input: ArraySlice<UInt8>
  private let end: ContinuousClock.Instant?
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(input: [UInt8], end: ContinuousClock.Instant? = nil) {
    self.input = input[...]
    self.end = end
  }

  /// Runs until the child has closed both of its streams; returns `errno` of a failed `poll`, and `ETIMEDOUT` at the end
  /// of the time.
  mutating func run(stdin: inout Pipe, stdout: inout Pipe, stderr: inout Pipe) -> Int32? {
    _ = fcntl(stdin.writing, F_SETFL, O_NONBLOCK)
    while stdin.writing >= 0 || stdout.reading >= 0 || stderr.reading >= 0 {
      if input.isEmpty { stdin.closeWriting() }
      // A negative descriptor is passed over.
      var waiting = [
        pollfd(fd: stdin.writing, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: stdout.reading, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stderr.reading, events: Int16(POLLIN), revents: 0),
      ]
      if waiting.allSatisfy({ $0.fd < 0 }) { break }
      let ready = retrying { poll(&waiting, nfds_t(waiting.count), patience) }
      guard ready >= 0 else { return errno }
      if ready == 0 { return ETIMEDOUT }
      if waiting[0].revents != 0, !feed(stdin.writing) { stdin.closeWriting() }
      if waiting[1].revents != 0, !listen(stdout.reading, \.output) { stdout.closeReading() }
      if waiting[2].revents != 0, !listen(stderr.reading, \.errors) { stderr.closeReading() }
    }
    return nil
  }

  /// The milliseconds that are left; -1 for any number of them.
  private var patience: Int32 {
    guard let end else { return -1 }
    let left = ContinuousClock.now.duration(to: end)
    return Int32(max(0, min(left / .milliseconds(1), 1e9)))
  }

  /// Writes some input; false once the child takes no more.
  private mutating func feed(_ descriptor: Int32) -> Bool {
    let count = withoutBrokenPipeSignal {
      input.withUnsafeBytes { bytes in retrying { write(descriptor, bytes.baseAddress, bytes.count) } }
    }
    if count > 0 { input = input.dropFirst(count) }
    return count >= 0 || errno == EAGAIN
  }

  /// Reads some output; false at its end.
  private mutating func listen(_ descriptor: Int32, _ sink: WritableKeyPath<Exchange, [UInt8]>) -> Bool {
    let count = retrying { read(descriptor, &buffer, buffer.count) }
    guard count > 0 else { return false }
    self[keyPath: sink] += buffer[..<count]
    return true
  }
}

/// Calls `body` so that writing to a closed pipe is an error and not the end of this process.
private func withoutBrokenPipeSignal(_ body: () -> Int) -> Int {
  var pipeSignal = sigset_t()
  var previous = sigset_t()
  var pending = sigset_t()
  sigemptyset(&pipeSignal)
  sigaddset(&pipeSignal, SIGPIPE)
  sigpending(&pending)
  let wasPending = sigismember(&pending, SIGPIPE) == 1
  pthread_sigmask(SIG_BLOCK, &pipeSignal, &previous)
  let result = body()
  let reason = errno
  if result < 0 && reason == EPIPE && !wasPending {
    // Taken off the queue before it is let through; absent when the process ignores it.
    sigpending(&pending)
    var signal: Int32 = 0
    if sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipeSignal, &signal) }
  }
  pthread_sigmask(SIG_SETMASK, &previous, nil)
  errno = reason
  return result
}
