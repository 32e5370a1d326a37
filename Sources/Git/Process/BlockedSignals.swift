import Libc

/// The signals that end a program, held back while something is written.
///
/// libgit2 leaves its lock files behind when it is interrupted; git cleans up after itself.
package struct BlockedSignals {
  private var previous = sigset_t()

  package init() {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&blocked, signal) }
    pthread_sigmask(SIG_BLOCK, &blocked, &previous)
  }

  /// Lets them through again; one that came meanwhile acts now.
  package func restore() {
    var previous = previous
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }
}
