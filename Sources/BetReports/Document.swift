/// A report in a format that programs read: it escapes for itself what it holds.
package protocol Document {
  /// Ended by a line feed.
  var text: String { get }
}

extension JUnit: Document {}
extension GitHubAnnotations: Document {}
extension Mermaid: Document {}
extension Dot: Document {}

extension JSON: Document {
  package var text: String { printed() + "\n" }
}
