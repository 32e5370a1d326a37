import GitFormats

/// Words that stand in a hint where a person's own belong: a hint that is pasted as it stands decides nothing.
package enum Placeholder: String, CaseIterable, Sendable {
  case evidence = "what you saw"
  case feedback = "what they said"
  case change = "what has changed"
  case override = "why it cannot wait"
  case open = "why it is open"
  case value = "what holds"

  /// Quoted for a shell, as it stands in a command.
  package var quoted: String { "'\(rawValue)'" }

  private static let all = Set(allCases.map { $0.rawValue.lowercased() })

  /// Whether a text is one of them: white space and quotes at its ends aside, in any case.
  package static func isOne(_ text: some StringProtocol) -> Bool {
    all.contains(Text.unquoted(text).lowercased())
  }
}
