import Bets

extension Bet {
  /// The bet as every `--json` prints it; times are seconds since 1970.
  package func json(today: Day, around: BetsAround, shipment: Shipment?) -> JSON {
    let now = BetNow(BetDigest(self), today: today, around: around, shipment: shipment)
    return json(moved: movedGoalposts(shipment)) { now.json($0) }
  }

  /// The same as the diary alone tells it: what ``BetNow`` knows is left open. Nil where that says which goalposts were moved:
  /// a first value of a field is one as soon as the bet has shipped.
  package var openJSON: JSON? {
    movedGoalposts.contains { $0.from.isEmpty } ? nil : json(moved: movedGoalposts) { $0.placeholder }
  }

  /// Of ``openJSON``, which is kept: raised when it says anything else of the same diary.
  package static let jsonVersion: UInt32 = 2

  private func json(moved: [MovedGoalpost], _ told: (Passing) -> JSON) -> JSON {
    [
      "id": .string(id.name),
      "title": .string(title),
      "state": .string(state.rawValue),
      "declaredAt": .integer(Int(declaredAt)),
      "declaredBy": .string(declaredBy),
      "age": told(.age),
      "overdue": told(.overdue),
      "due": told(.due),
      "stage": told(.stage),
      "shipped": told(.shipped),
      "claim": .object(
        TrailerName.claim.compactMap { name in
          let values = all(name)
          return values.isEmpty
            ? nil : (name.rawValue, name.repeats ? .strings(values) : .string(values[0]))
        }),
      "buildsOn": .strings(buildsOn.map(\.name)),
      "waiting": told(.waiting),
      "lostBelow": told(.lostBelow),
      "branches": .strings(linkedBranches.sorted()),
      "commits": .strings(linkedCommits.sorted().map(\.hex)),
      "elsewhere": .array(linkedElsewhere) {
        ["repository": .string($0.repository), "place": .string($0.place)]
      },
      "observations": .array(observations) {
        [
          "value": .number($0.value), "on": .string($0.day.description),
          "metric": .optional($0.metric), "source": .optional($0.source),
        ]
      },
      "verdicts": .array(
        verdicts.filter { state == .contested || $0.readable?.kind == .closed }.map(\.json)),
      "movedGoalposts": .array(moved) {
        [
          "field": .string($0.field.rawValue), "from": .string($0.from), "to": .string($0.to),
          "time": .integer(Int($0.time)), "author": .string($0.author),
          "afterShipping": told(.wasOut($0.time)),
        ]
      },
      "contests": .array(contests) {
        [
          "field": .string($0.field.rawValue), "values": .array($0.values) { .strings($0) },
          "sides": .array($0.sides.map(\.json)),
        ]
      },
      "damaged": .strings(diary.damaged.map(\.id.hex)),
    ]
  }
}

extension Shipment {
  var json: JSON {
    [
      "commits": .integer(commits), "first": .string(commit.hex), "since": .integer(Int(time)),
    ]
  }
}

extension Entry {
  package var json: JSON {
    let start: JSON = ["id": .string(id.hex), "author": .string(author), "time": .integer(Int(time))]
    switch event {
    case .success(let event):
      return start.with([
        "event": .string(event.kind.name), "diary": .string(event.diary), "seq": .integer(event.seq),
        "subject": .string(event.subject), "body": .string(event.body), "agent": .optional(event.agent),
        "trailers": .array(event.values) {
          ["key": .string($0.name.rawValue), "value": .string($0.text)]
        },
      ])
    case .failure(let problem): return start.with(["damaged": .string(problem.diagnostic.message)])
    }
  }
}
