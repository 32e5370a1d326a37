import ArgumentParser
import BetAttribution
import BetReports

struct Show: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one bet whole: claim, what is around it, observations, evidence, diary.")

  @OptionGroup var bet: BetArgument
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let bet = try context.bet(bet)
    let everything = try context.ledger.digests()
    let around = BetsAround(everything)
    let signatures = try Signatures(of: bet.diary.entries, context)
    let attribution = try context.attribution
    let shipment = try attribution.shipment(of: bet.id)
    let commits = try attribution.commits(of: bet.id)
    if json.isOn {
      context.output.answer([
        "bet": bet.json(today: context.today, around: around, shipment: shipment),
        "shippedCommits": .array(commits.map(\.json)),
        "diary": .array(bet.diary.entries) { $0.json(signatures) },
      ])
      return
    }
    let digests = Dictionary(uniqueKeysWithValues: everything.map { ($0.id, $0) })
    func standing(_ id: BetID) -> String { "\(id) (\(digests[id]?.standing(around) ?? "not declared"))" }
    let output = context.output
    let today = context.today
    var facts = ["\(max(0, today - Day(secondsSince1970: bet.declaredAt))) days old"]
    if bet.state.isUndecided, let check = bet.checkBy {
      facts.append(bet.isOverdue(on: today) ? "overdue since \(check)" : "check by \(check)")
    }
    facts.append(shipment.map { "shipped on \(Day(secondsSince1970: $0.time))" } ?? "not shipped")
    let digest = BetDigest(bet)
    if let lost = around.lostBelow(digest) { facts.append("\(lost) below it is lost") }
    if digest.isDue(shipment, on: today) {
      facts.append("due")
    } else if bet.stage(shipment, on: today) == .measuring {
      facts.append("measuring")
    }
    let start = bet.id.name.columns + bet.state.rawValue.columns + 4
    output.line(
      "\(bet.id.name, .bold)  \(bet.state.rawValue, bet.state.style)  \(output.wrapped(facts.joined(separator: ", "), indent: 2, first: start), .faint)"
    )
    output.line("  \("Title".padded(to: 15), .faint)\(output.wrapped(bet.title, indent: 17))")
    output.line()
    for field in TrailerName.claim where field != .buildsOn {
      for value in bet.all(field) {
        let label = "  \(field.rawValue)".padded(to: 17)
        output.line("\(label, .faint)\(output.wrapped(value, indent: 17))")
      }
    }
    section("rests on", bet.buildsOn.map(standing), on: output)
    section("waiting on it", around.waiting(on: bet.id).map(standing), on: output)
    section("branches", try branches(of: bet, context), on: output)
    let shipped = Set(commits.map(\.id))
    section("linked commits", bet.linkedCommits.subtracting(shipped).sorted().map(\.short), on: output)
    section("commits shipped", try lines(commits, context.repository), on: output)
    section("elsewhere", bet.linkedElsewhere.map { "\($0.repository): \($0.place)" }, on: output)
    if let last = bet.lastObservation {
      output.line()
      let line = Sparkline.of(bet.observations.map(\.value))
      output.line(
        "\(output.wrapped("observed  \(line)  last \(last.text) on \(last.day)", indent: 2, first: 0))")
    }
    for entry in bet.verdicts {
      guard let event = entry.readable, event.kind == .closed else { continue }
      let call =
        "\(event.first(.verdict) ?? "") by \(entry.writer) on \(Day(secondsSince1970: entry.time))"
      section(
        call,
        [TrailerName.evidence, .learned, .decision].flatMap { name in
          event.all(name).map { "\(name.rawValue): \($0)" }
        } + (signatures.words(entry).map { ["it \($0)"] } ?? []),
        on: output)
    }
    section(
      "moved goalposts",
      bet.movedGoalposts(shipment).map {
        "\(Day(secondsSince1970: $0.time))  \($0.field.rawValue): \($0.from.isEmpty ? "(none)" : $0.from) → \($0.to.isEmpty ? "(none)" : $0.to)\($0.isAfter(shipment) ? ", after it had shipped" : "")"
      }, on: output)
    for dispute in bet.disputes {
      section("contested \(dispute.subject): clones say different things", dispute.sides, on: output)
      output.line("  settle it, on top of both:")
      // A command is pasted: a line that is broken would be another one.
      for way in dispute.ways { output.line("    \(way.command, .cyan)") }
    }
    output.line()
    output.line("diary")
    for entry in bet.diary.entries.reversed() {
      output.line("  \(output.cut(DiaryLine.text(entry), used: 2))")
      if let words = signatures.words(entry) {
        output.line("    \(output.cut("it \(words)", used: 4), .faint)")
      }
    }
    if let note = signatures.note { output.line("  \(note)") }
    try context.page()
  }

  /// Those that this clone knows, by their names of today, and those that only the ledger names.
  private func branches(of bet: Bet, _ context: Context) throws -> [String] {
    let here = try context.settings.branchBets.filter {
      $0.value == bet.id.name && !bet.linkedBranches.contains($0.key)
    }
    let renamed = here.keys.sorted().map {
      "\($0), in this clone alone; for all: git bet link \(bet.id) \(Text.shellOperands($0))"
    }
    let known = try bet.linkedBranches.sorted().map { name in
      let isHere = try !here.isEmpty || context.repository.reference("refs/heads/\(name)") != nil
      return try isHere && context.repository.reference("refs/heads/\(name)") == nil
        ? "\(name), which is gone here" : name
    }
    return renamed + known
  }

  private static let mostCommits = 10

  /// The newest commits, a line each: id, day, title, and how it is known to belong here unless it says so.
  private func lines(_ commits: [Attribution.Commit], _ repository: Repository) throws -> [String] {
    var lines = try commits.suffix(Show.mostCommits).reversed().map { commit in
      let message = try repository.commit(commit.id)?.shownMessage ?? []
      let title = WorkCommit(id: commit.id, message: message).title
      let how = commit.source == .trailer ? "" : " (\(commit.source.rawValue))"
      return "\(commit.id.short)  \(Day(secondsSince1970: commit.time))  \(title)\(how)"
    }
    if commits.count > lines.count { lines.append("and \(commits.count - lines.count) older") }
    return lines
  }

  private func section(_ title: String, _ lines: [String], on output: Terminal) {
    guard !lines.isEmpty else { return }
    output.line()
    output.line("\(output.wrapped(title, indent: 2, first: 0))")
    for line in lines { output.line("  \(output.wrapped(line, indent: 4, first: 2))") }
  }
}

extension Attribution.Commit {
  fileprivate var json: JSON {
    ["id": .string(id.hex), "time": .integer(Int(time)), "source": .string(source.rawValue)]
  }
}

/// One line for an event.
enum DiaryLine {
  static func text(_ entry: Entry) -> String {
    let start = "\(Day(secondsSince1970: entry.time))  \(entry.id.short)  "
    switch entry.event {
    case .success(let event):
      let also = [event.first(.weight).map { "weight \($0)" }, event.first(.source).map { "from \($0)" }]
        .compactMap(\.self).joined(separator: ", ")
      // Before the words, which may be cut.
      return start + event.kind.name.padded(to: 10) + (also.isEmpty ? " " : " (\(also)) ")
        + "\(words(event))  (\(entry.writer))"
    case .failure(let problem): return start + "damaged: \(problem.diagnostic.message)"
    }
  }
}

extension DiaryLine {
  /// The subject without the verb, which stands before it.
  private static func words(_ event: Event) -> String {
    for verb in [event.kind.name, "note:", "link", "unlink", "amend", "reopen"]
    where event.subject.hasPrefix(verb + " ") {
      return String(event.subject.dropFirst(verb.count + 1))
    }
    return event.subject
  }
}

/// Measurements as a line of blocks.
enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// The last forty values, scaled between the smallest and the largest.
  static func of(_ values: [Double]) -> String {
    let shown = values.suffix(40)
    guard let low = shown.min(), let high = shown.max() else { return "" }
    return String(
      shown.map { value in
        guard high > low else { return blocks[3] }
        return blocks[min(7, max(0, Int((value - low) / (high - low) * 7.999)))]
      })
  }
}
