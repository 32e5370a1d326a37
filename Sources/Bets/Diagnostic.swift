/// One thing to tell a person: what is so, why we think so, and what can be typed next.
///
/// Lower case, no full stop. A hint is a command that works when it is pasted.
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// It stops something; it is worth a look; it is only said.
    case error, warning, note
  }

  /// How bad it is.
  public var severity: Severity
  /// Stable, kebab-case: scripts may rely on it.
  public var code: String
  /// What is so, in one line.
  public var message: String
  /// Why we think so, one line each.
  public var notes: [String]
  /// Commands that work when they are pasted.
  public var hints: [String]

  /// Makes one of its parts.
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
  /// How it is told.
  var diagnostic: Diagnostic { get }
}
