import ArgumentParser
import BetLedger
import BetReports

struct List: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the bets; undecided ones first, what needs a decision at the top.",
    discussion: "Closed bets are left out unless --all is given or nothing is undecided.")

  @Flag(help: "Only bets that are open or contested.")
  var open = false
  @Flag(help: "Closed bets as well.")
  var all = false
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Only bets that serve this outcome.", valueName: "text"))
  var outcome: String?
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    var damaged: [BetID] = []
    let everything = try context.ledger.digests { damaged.append($0) }
    let around = BetsAround(everything)
    let today = context.today
    var bets = everything.filter { outcome == nil || $0.outcome == outcome }
    let undecided = bets.filter(\.state.isUndecided)
    if open || !all && !undecided.isEmpty { bets = undecided }
    bets = bets.map { (order: Order($0, around, on: today), bet: $0) }.sorted {
      $0.order < $1.order
    }.map(\.bet)
    let shipments = try context.shipments(of: bets)
    if json.isOn {
      let texts = try context.ledger.texts(of: bets.map(\.id), version: Bet.jsonVersion) {
        $0.openJSON?.printed(indent: 4) ?? ""
      }
      let ledger = try context.ledger
      try context.output.answer(
        "bets", of: bets,
        each: { bet in
          let now = BetNow(
            bet, today: today, around: around, shipment: shipments[bet.id])
          guard let text = texts[bet.id], text.isEmpty else {
            return texts[bet.id].map { now.filled($0, indent: 4) }
          }
          return try ledger.bet(bet.id).map {
            let json = $0.json(today: today, around: around, shipment: shipments[bet.id])
            return Array(json.printed(indent: 4).utf8)
          }
        }, then: ["damaged": .strings(damaged.map(\.name))])
      return
    }
    for id in damaged {
      context.errors.show(.damagedBet(id))
    }
    guard !bets.isEmpty else {
      if everything.isEmpty {
        List.tellNone(context)
      } else {
        context.output.line("no bet like that; git bet list --all shows every one")
      }
      return
    }
    table(bets, around: around, shipments: shipments, context)
    let hidden = everything.count - bets.count
    if hidden > 0, !open, outcome == nil {
      context.output.line("\("\(hidden) closed; git bet list --all shows them", .faint)")
    }
    try context.offerLinks(for: bets.map(\.id))
    if let age = try context.ageOfExchange() { context.output.line("\(age, .faint)") }
    try context.page()
  }

  static func tellNone(_ context: Context) {
    context.output.line("no bets yet")
    // On a terminal what is missing is asked for in the editor.
    let claim =
      context.isInteractive ? "" : " --if 'we build X' --expect 'Y rises from 2 to 3' --because 'Z is true'"
    context.output.line("next: git bet declare search\(claim)")
  }

  private func table(
    _ bets: [BetDigest], around: BetsAround, shipments: [BetID: Shipment], _ context: Context
  ) {
    let today = context.today
    var table = Table([
      .init(title: "bet"), .init(title: "state"), .init(title: "age", rank: 0), .init(title: "check by"),
      .init(title: "last / target", rank: 2), .init(title: "shipped", rank: 1),
      .init(title: "waiting on it"), .init(title: "title", rank: 3, least: 12),
    ])
    for bet in bets {
      let overdue = bet.isOverdue(on: today)
      let check = bet.state.isUndecided ? bet.checkBy.map { overdue ? "\($0) !" : "\($0)" } ?? "-" : ""
      let standing = bet.standing(around)
      let isPlain = standing == bet.state.rawValue
      let waiting = around.waiting(on: bet.id)
      table.add([
        .init(bet.id.name, .bold), .init(standing, isPlain ? bet.state.style : .red),
        .init("\(max(0, today - Day(secondsSince1970: bet.declaredAt)))d"),
        .init(check, overdue ? .red : nil),
        .init(bet.progress), .init(shipments[bet.id].map { "\($0.commits)" } ?? "-"),
        .init(
          waiting.map(\.name).joined(separator: ","),
          short: waiting.isEmpty ? nil : waiting.count.of("bet")),
        .init(bet.title, .faint),
      ])
    }
    table.print(to: context.output)
  }

  /// What needs a decision first: contested, overdue, then what the most work waits on, then the oldest.
  private struct Order: Comparable {
    let keys: (Int, Int, Int, Int64)
    let name: String

    init(_ bet: BetDigest, _ around: BetsAround, on today: Day) {
      let isContested = bet.state.isUndecided && !bet.contested.isEmpty
      let rank = isContested ? 0 : bet.isOverdue(on: today) ? 1 : bet.state == .open ? 2 : 3
      keys = (
        rank, rank == 1 ? bet.checkBy?.number ?? 0 : 0, -around.waiting(on: bet.id).count, bet.declaredAt
      )
      name = bet.id.name
    }

    static func == (left: Order, right: Order) -> Bool { left.keys == right.keys && left.name == right.name }
    static func < (left: Order, right: Order) -> Bool {
      left.keys == right.keys ? left.name < right.name : left.keys < right.keys
    }
  }
}

extension Diagnostic {
  static func damagedBet(_ id: BetID) -> Diagnostic {
    Diagnostic(
      "damaged-bet", "'\(id)' has no readable declaration", severity: .warning, hints: ["git bet log \(id)"])
  }
}

extension Bet.State {
  var style: Style {
    switch self {
    case .open: .yellow
    case .contested: .red
    case .validated: .green
    case .invalidated, .abandoned: .faint
    case .inconclusive: .blue
    }
  }
}

extension BetDigest {
  /// The last measurement against the target: `2.4 / >= 2.6`.
  var progress: String {
    switch (lastObservation, target) {
    case (let last?, let target?): "\(last) / \(target)"
    case (let last?, nil): last
    case (nil, let target?): "- / \(target)"
    case (nil, nil): "-"
    }
  }
}
