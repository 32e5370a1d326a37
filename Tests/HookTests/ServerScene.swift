import TestSupport
import Testing

/// A bare repository with the gate, and a clone whose pushes go round its own: they are judged on the server alone.
struct ServerScene {
  let clone: TestRepository
  let server: TestRepository

  /// `hook` is a pre-receive hook that was there before.
  init(hook: String? = nil) throws {
    (clone, server) = try TestRepository.withRemote(installed: false)
    // The clone's own hooks write the trailers; its gate is gone round by every push.
    try clone.bet("install")
    if let hook { try server.write("hooks/pre-receive", hook, executable: true) }
    server.knowBet()
    try server.bet("install", "--bare")
  }

  func pushLedger() throws { try clone.git("push", "-q", "--no-verify", "origin", "refs/bets/*") }

  /// Expects that the server refuses this push with this code and is as before, objects included.
  @discardableResult
  func refused(_ arguments: String..., by code: String, at location: SourceLocation = #_sourceLocation) throws
    -> Run
  {
    try refused(arguments, by: code, at: location)
  }

  func refused(_ arguments: [String], by code: String, at location: SourceLocation) throws -> Run {
    let before = try server.refs()
    let objects = try objects()
    let run = try clone.tryGit(["push", "--no-verify"] + arguments)
    #expect(run.status == 1, "\(arguments): \(run.errorText)", sourceLocation: location)
    #expect(run.says(code), "\(arguments): \(run.errorText)", sourceLocation: location)
    #expect(!run.errorText.contains("\u{1B}[3"), sourceLocation: location)
    #expect(try server.refs() == before, sourceLocation: location)
    #expect(try self.objects() == objects, sourceLocation: location)
    return run
  }

  @discardableResult
  func taken(_ arguments: String..., at location: SourceLocation = #_sourceLocation) throws -> Run {
    let run = try clone.tryGit(["push", "--no-verify"] + arguments)
    #expect(run.status == 0, "\(arguments): \(run.errorText)", sourceLocation: location)
    return run
  }

  private func objects() throws -> String {
    try server.run("sh", ["-c", "find objects -type f | sort"]).text
  }
}
