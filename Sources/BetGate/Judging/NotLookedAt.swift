import Bets

/// Work that cannot be judged, because a rule that blocks could not look at all that it asks for.
struct NotLookedAt: Error {
  let rule: Rule
  let work: Work
  let why: String
}

extension NotLookedAt: DiagnosticError {
  var diagnostic: Diagnostic {
    Diagnostic(
      "not-looked-at", "what '\(rule.name)' asks about '\(Text.printable(work.name))' could not be looked at",
      notes: [
        Text.printable(why, upTo: 200), "the rule blocks here: what it has not seen it does not let pass",
      ])
  }
}
