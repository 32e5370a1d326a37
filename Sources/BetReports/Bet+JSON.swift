import Bets

extension Bet {
  /// The bet as every `--json` prints it; times are seconds since 1970.
  package func json(today: Day, waiting: [BetID], shipment: Shipment?) -> JSON {
    [
      "id": .string(id.name),
      "title": .string(title),
      "state": .string(state.rawValue),
      "declaredAt": .integer(Int(declaredAt)),
      "declaredBy": .string(declaredBy),
      "age": .integer(max(0, today - Day(secondsSince1970: declaredAt))),
      "overdue": .bool(isOverdue(on: today)),
      "stage": .string(stage(shipment, on: today).rawValue),
      "shipped": shipment?.json ?? .null,
      "claim": .object(
        TrailerName.claim.compactMap { name in
          let values = all(name)
          return values.isEmpty
            ? nil : (name.rawValue, name.repeats ? .strings(values) : .string(values[0]))
        }),
      "buildsOn": .strings(buildsOn.map(\.name)),
      "waiting": .strings(waiting.map(\.name)),
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
      "movedGoalposts": .array(movedGoalposts(shipment)) {
        [
          "field": .string($0.field.rawValue), "from": .string($0.from), "to": .string($0.to),
          "time": .integer(Int($0.time)), "author": .string($0.author),
          "afterShipping": .bool($0.isAfter(shipment)),
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
  fileprivate var json: JSON {
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
