import Bets

extension Bet {
  /// The bet as every `--json` prints it; times are seconds since 1970.
  package func json(today: Day, waiting: [BetID], shipment: Shipment?) -> JSON {
    .object([
      ("id", .string(id.name)),
      ("title", .string(title)),
      ("state", .string(state.rawValue)),
      ("declaredAt", .integer(Int(declaredAt))),
      ("declaredBy", .string(declaredBy)),
      ("age", .integer(max(0, today - Day(secondsSince1970: declaredAt)))),
      ("overdue", .bool(isOverdue(on: today))),
      ("stage", .string(stage(shipment, on: today).rawValue)),
      (
        "shipped",
        shipment.map {
          .object([
            ("commits", .integer($0.commits)), ("first", .string($0.commit.hex)),
            ("since", .integer(Int($0.time))),
          ])
        } ?? .null
      ),
      (
        "claim",
        .object(
          TrailerName.claim.compactMap { name in
            claim[name].flatMap { values in
              values.isEmpty ? nil : (name.rawValue, name.repeats ? .strings(values) : .string(values[0]))
            }
          })
      ),
      ("buildsOn", .strings(buildsOn.map(\.name))),
      ("waiting", .strings(waiting.map(\.name))),
      ("branches", .strings(linkedBranches.sorted())),
      ("commits", .strings(linkedCommits.sorted().map(\.hex))),
      (
        "elsewhere",
        .array(
          linkedElsewhere.map {
            .object([("repository", .string($0.repository)), ("place", .string($0.place))])
          })
      ),
      (
        "observations",
        .array(
          observations.map { observation in
            .object([
              ("value", .number(observation.value)), ("on", .string(observation.day.description)),
              ("metric", .optional(observation.metric)), ("source", .optional(observation.source)),
            ])
          })
      ),
      (
        "verdicts",
        .array(verdicts.filter { state == .contested || $0.readable?.kind == .closed }.map(\.json))
      ),
      (
        "movedGoalposts",
        .array(
          movedGoalposts.map { moved in
            .object([
              ("field", .string(moved.field.rawValue)), ("from", .string(moved.from)),
              ("to", .string(moved.to)),
              ("time", .integer(Int(moved.time))), ("author", .string(moved.author)),
              ("afterShipping", .bool(moved.isAfter(shipment))),
            ])
          })
      ),
      (
        "contests",
        .array(
          contests.map { contest in
            .object([
              ("field", .string(contest.field.rawValue)),
              ("values", .array(contest.values.map { .strings($0) })),
              ("sides", .array(contest.sides.map(\.json))),
            ])
          })
      ),
      ("damaged", .array(diary.damaged.map { .string($0.id.hex) })),
    ])
  }
}

extension Entry {
  package var json: JSON { json() }

  /// With more fields at the end.
  package func json(_ more: (String, JSON)...) -> JSON {
    var fields: [(String, JSON)] = [
      ("id", .string(id.hex)), ("author", .string(author)), ("time", .integer(Int(time))),
    ]
    switch event {
    case .success(let event):
      fields += [
        ("event", .string(event.kind.name)), ("diary", .string(event.diary)), ("seq", .integer(event.seq)),
        ("subject", .string(event.subject)), ("body", .string(event.body)), ("agent", .optional(event.agent)),
        (
          "trailers",
          .array(
            event.values.map { .object([("key", .string($0.name.rawValue)), ("value", .string($0.text))]) })
        ),
      ]
    case .failure(let problem):
      fields.append(("damaged", .string(problem.diagnostic.message)))
    }
    return .object(fields + more)
  }
}
