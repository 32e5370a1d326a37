import ArgumentParser
import BetAttribution
import BetLedger
import BetReports

/// `git bet` without a word: the morning's screen.
struct Today: BetCommand {
  @OptionGroup var location: Location

  /// So many lines a section; more are counted.
  private static let mostLines = 8
  private static let mostReadings = 12
  private static let mostNames = 5

  func run(in context: Context) throws {
    let output = context.output
    let bets = try context.ledger.digests { context.errors.show(.damagedBet($0)) }
    guard !bets.isEmpty else { return List.tellNone(context) }
    let undecided = bets.filter(\.state.isUndecided)
    let morning = Morning(bets, shipments: try context.shipments(of: undecided), on: context.today)
    output.line("\(morning.headline, .bold)")
    if !morning.sections.isEmpty {
      output.line()
      try table(of: morning, context).print(to: output)
    }
    if !morning.closed.isEmpty {
      let counts = morning.closed.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
      output.line("\(output.wrapped("~ \(counts): git bet list --all", indent: 2, first: 0), .faint)")
    }
    let unsent = try context.onlyHere()
    if !unsent.isEmpty || morning.next != nil { output.line() }
    if !unsent.isEmpty {
      let rest = unsent.count > Today.mostNames ? " and \(unsent.count - Today.mostNames) more" : ""
      let names = unsent.prefix(Today.mostNames).joined(separator: ", ")
      output.line("\(output.wrapped("only here: \(names)\(rest): git bet sync", indent: 2, first: 0))")
    }
    if let next = morning.next { output.line("next: \(next, .cyan)") }
    try context.page()
  }

  private func table(of morning: Morning, _ context: Context) throws -> Table {
    let here = try context.betHere()?.id
    var table = Table([
      .init(title: ""), .init(title: "", least: 30), .init(title: "", rank: 0), .init(title: ""),
    ])
    for (section, lines) in morning.sections {
      table.add(heading: "\(section.rawValue, .faint)")
      for line in lines.prefix(Today.mostLines) {
        let names = line.waiting.prefix(3).map(\.name).joined(separator: ", ")
        let more = line.waiting.count > 3 ? " and \(line.waiting.count - 3) more" : ""
        table.add([
          .init((line.bet.id == here ? "* " : "  ") + line.bet.id.name, .bold),
          .init(line.words, line.isBad ? .red : nil), .init(try readings(of: line.bet, context), .faint),
          .init(
            line.waiting.isEmpty ? "" : "\(names)\(more) \(line.waiting.count == 1 ? "waits" : "wait")",
            short: line.waiting.isEmpty ? nil : "+\(line.waiting.count)"),
        ])
      }
      if lines.count > Today.mostLines {
        table.add(
          [
            .init("  and \(lines.count - Today.mostLines) more", .faint), .init("git bet list"), .init(""),
            .init(""),
          ])
      }
    }
    return table
  }

  private func readings(of bet: BetDigest, _ context: Context) throws -> String {
    guard bet.lastObservation != nil, let whole = try context.ledger.bet(bet.id),
      whole.observations.count > 1
    else { return "" }
    return Sparkline.of(whole.observations.suffix(Today.mostReadings).map(\.value))
  }
}

extension Context {
  func shipments(of bets: [BetDigest]) throws -> [BetID: Shipment] {
    guard !bets.isEmpty else { return [:] }
    let attribution = try attribution
    return try bets.reduce(into: [:]) { $0[$1.id] = try attribution.shipment(of: $1.id) }
  }

  /// The diaries of which something is only in this clone, as far as was fetched; none where nobody is exchanged with.
  func onlyHere() throws -> [String] {
    let peers = try LedgerPeer.all(in: config)
    return peers.isEmpty ? [] : try ledger.onlyHere(besides: peers)
  }
}
