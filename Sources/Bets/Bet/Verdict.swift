/// The call that a person makes about a bet.
package enum Verdict: String, CaseIterable, Hashable, Sendable {
  case validated, invalidated, inconclusive, abandoned
}
