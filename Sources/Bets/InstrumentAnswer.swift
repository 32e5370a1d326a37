/// Whether a string that a bet's effect is measured by stands in the tree that would ship.
public enum InstrumentAnswer: Hashable, Sendable {
  case found
  case missing
  /// It could not be looked for; why, in git's own words.
  case unknown(String)
}
