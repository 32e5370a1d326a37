import Bets

extension Decision {
  /// The decision as `git bet check --json` prints it.
  package var json: JSON {
    [
      "state": .string(state.rawValue), "blocked": .bool(isBlocked),
      "findings": .array(findings.map(\.json)),
      "elsewhere": elsewhere.map { ["remote": .string($0.remote), "branch": .string($0.branch)] } ?? .null,
      "notLookedAt": .array(notLookedAt) {
        ["rule": .string($0.rule.name), "what": .string($0.what), "why": .string($0.why)]
      },
      "removed": .array(removed) {
        ["commit": .string($0.commit.hex), "bet": .string($0.bet.name), "how": $0.isOut ? "out" : "removal"]
      },
      "remarks": .array(
        remarks.flatMap { remark in
          remark.trailers.map { trailer in
            [
              "code": .string(remark.kind.rawValue), "commit": .string(remark.commit.id.hex),
              "key": .string(trailer.key), "line": .integer(trailer.line), "value": .string(trailer.value),
              "reason": .string(trailer.reason.sentence),
            ] as JSON
          }
        }),
    ]
  }
}

extension Finding {
  package var json: JSON {
    [
      "rule": .string(rule.name), "level": .string(level.level.name), "origin": .string(level.origin),
      "blocks": .bool(blocks), "draft": .bool(isDraft), "ref": .string(update.remoteRef),
      "sentence": .string(sentence), "work": .string(work), "bet": .optional(bet?.description),
      "blockedBy": .array(blockers) {
        [
          "bet": .string($0.bet.description), "state": .optional($0.state?.rawValue),
          "path": .strings($0.path.map(\.name)),
        ]
      },
      "commits": .array(commits.map(\.json)),
      "override": override.map {
        [
          "id": .string($0.id.hex), "author": .string($0.author), "reason": .string($0.reason),
          "until": .optional($0.until?.description),
        ]
      } ?? .null,
      "covered": cover.map { ["override": .string($0.override.id.hex), "how": .string($0.how.rawValue)] }
        ?? .null,
      "details": .strings(details), "doubts": .array(doubts.map(\.json)),
    ]
  }
}

extension WorkCommit {
  package var json: JSON { ["id": .string(id.hex), "title": .string(title)] }
}

extension Doubt {
  package var json: JSON {
    let event: JSON = ["event": .string(reliance.event.hex)]
    return event.with(reliance.role.json).with([
      "author": .string(reliance.author), "email": .string(reliance.email),
      "time": .integer(Int(reliance.time)), "signature": trust.json,
    ])
  }
}

extension Reliance.Role {
  fileprivate var json: JSON {
    switch self {
    case .verdict(let bet): ["role": "verdict", "bet": .string(bet.name)]
    case .override: ["role": "override"]
    case .policy(let rule, let level):
      ["role": "policy", "rule": .string(rule), "level": .string(level.name)]
    case .setting(let key, let value):
      ["role": "policy", "key": .string(key), "value": .string(value.description)]
    case .change(let bet, let kind):
      ["role": "change", "bet": .string(bet.name), "event": .string(kind.name)]
    }
  }
}

extension SignatureTrust {
  package var json: JSON {
    ["trust": .string(word), "signer": .optional(signer), "sentence": .string(sentence)]
  }
}
