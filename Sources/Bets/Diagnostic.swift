/// One thing to tell a person: what is so, why we think so, and what can be typed next.
///
/// Lower case, no full stop. A hint is a command that works when it is pasted.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Sendable {
    case error, warning, note
  }

  public var severity: Severity
  /// Stable, kebab-case: scripts may rely on it.
  public var code: String
  public var message: String
  public var notes: [String]
  public var hints: [String]

  public init(
    _ code: String, _ message: String, severity: Severity = .error, notes: [String] = [], hints: [String] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.notes = notes
    self.hints = hints
  }
}

/// An error that knows how it is told.
public protocol DiagnosticError: Error {
  var diagnostic: Diagnostic { get }
}
