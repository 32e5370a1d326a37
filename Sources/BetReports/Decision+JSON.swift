import Bets

extension Decision {
  /// The decision as `git bet check --json` prints it.
  package var json: JSON {
    .answer([
      ("state", .string(state.rawValue)), ("blocked", .bool(isBlocked)),
      ("findings", .array(findings.map(\.json))),
      (
        "remarks",
        .array(
          remarks.map { remark in
            .object([
              ("code", .string(remark.kind.rawValue)), ("commit", .string(remark.commit.id.hex)),
              ("line", .integer(remark.trailer.line)), ("value", .string(remark.trailer.value)),
              ("reason", .string(remark.trailer.reason.sentence)),
            ])
          })
      ),
    ])
  }
}

extension Finding {
  package var json: JSON {
    .object([
      ("rule", .string(rule.name)), ("level", .string(level.level.name)),
      ("origin", .string(level.origin)),
      ("blocks", .bool(blocks)), ("draft", .bool(isDraft)), ("ref", .string(update.remoteRef)),
      ("sentence", .string(sentence)), ("work", .string(work)), ("bet", .optional(bet?.description)),
      (
        "blockedBy",
        .array(
          blockers.map { blocker in
            .object([
              ("bet", .string(blocker.bet.description)), ("state", .optional(blocker.state?.rawValue)),
              ("path", .strings(blocker.path.map(\.name))),
            ])
          })
      ),
      (
        "commits",
        .array(commits.map { .object([("id", .string($0.id.hex)), ("title", .string($0.title))]) })
      ),
      (
        "override",
        override.map { override in
          .object([
            ("id", .string(override.id.hex)), ("author", .string(override.author)),
            ("reason", .string(override.reason)),
            ("until", .optional(override.until?.description)),
          ])
        } ?? .null
      ),
      ("details", .strings(details)), ("doubts", .array(doubts.map(\.json))),
    ])
  }
}

extension Doubt {
  package var json: JSON {
    let what: [(String, JSON)] =
      switch reliance.role {
      case .verdict(let bet): [("role", .string("verdict")), ("bet", .string(bet.name))]
      case .override: [("role", .string("override"))]
      case .policy(let rule, let level):
        [("role", .string("policy")), ("rule", .string(rule)), ("level", .string(level.name))]
      }
    return .object(
      [("event", .string(reliance.event.hex))] + what + [
        ("author", .string(reliance.author)), ("email", .string(reliance.email)),
        ("time", .integer(Int(reliance.time))), ("signature", trust.json),
      ])
  }
}

extension SignatureTrust {
  package var json: JSON {
    .object([
      ("trust", .string(word)), ("signer", .optional(signer)), ("sentence", .string(sentence)),
    ])
  }
}
