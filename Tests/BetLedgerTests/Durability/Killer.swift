import TestSupport

/// Runs `git-bet` in a repository and ends it at one of its steps.
struct Killer {
  /// What a declaration needs.
  static let claim = [
    "--if", "we build it", "--expect", "starts rise from 2 to 3", "--because", "people asked", "--metric",
    "starts", "--check-by", "2099-01-01",
  ]

  private let repository: TestRepository
  private let signal: Int32

  init(_ repository: TestRepository, signal: Int32 = 9) {
    self.repository = repository
    self.signal = signal
  }

  struct Outcome {
    let status: Int32
    let text: String
    /// The system call that the program was about to make; nil when it has fewer steps, and ended by itself.
    let call: String?
  }

  func run(at step: Int, _ arguments: [String]) throws -> Outcome {
    let run = try repository.run(
      binary("killed-at"), ["-s", "\(signal)", "\(step)", binary("git-bet")] + arguments)
    let line = run.errorText.split(separator: "\n").first { $0.hasPrefix("killed-at: ") }
    return Outcome(status: run.status, text: run.text, call: line.map { String($0.dropFirst(11)) })
  }
}
