/// One thing to tell a person: what is so, why we think so, and what can be typed next.
///
/// Lower case, no full stop. A hint is a command that works when it is pasted.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable {
    case error, warning, note
  }

  package var severity: Severity
  /// Stable, kebab-case: scripts may rely on it.
  package var code: String
  package var message: String
  package var notes: [String]
  package var hints: [String]

  package init(
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
package protocol DiagnosticError: Error {
  var diagnostic: Diagnostic { get }
}
