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
    let waiting = Waiting(everything)
    let today = context.today
    var bets = everything.filter { outcome == nil || $0.outcome == outcome }
    let undecided = bets.filter(\.state.isUndecided)
    if open || !all && !undecided.isEmpty { bets = undecided }
    bets = bets.map { (order: Order($0, waiting: waiting, on: today), bet: $0) }.sorted {
      $0.order < $1.order
    }.map(\.bet)
    let shipments = try shipments(of: bets, context)
    if json.isOn {
      let texts = try context.ledger.texts(of: bets.map(\.id), version: Bet.jsonVersion) {
        $0.openJSON?.printed(indent: 4) ?? ""
      }
      let ledger = try context.ledger
      try context.output.answer(
        "bets", of: bets,
        each: { bet in
          let now = BetNow(
            bet, today: today, waiting: waiting.on(bet.id), shipment: shipments[bet.id])
          guard let text = texts[bet.id], text.isEmpty else {
            return texts[bet.id].map { now.filled($0, indent: 4) }
          }
          return try ledger.bet(bet.id).map {
            let json = $0.json(today: today, waiting: waiting.on(bet.id), shipment: shipments[bet.id])
            return Array(json.printed(indent: 4).utf8)
          }
        }, then: ["damaged": .strings(damaged.map(\.name))])
      return
    }
    for id in damaged {
      context.errors.show(.damagedBet(id))
    }
    guard !bets.isEmpty else {
      context.output.line(
        everything.isEmpty
          ? "no bets yet\nnext: git bet declare search --if 'we build X' --expect 'Y rises from 2 to 3' --because 'Z is true'"
          : "no bet like that; git bet list --all shows every one")
      return
    }
    table(bets, waiting: waiting, shipments: shipments, context)
    let hidden = everything.count - bets.count
    if hidden > 0, !open, outcome == nil {
      context.output.line("\("\(hidden) closed; git bet list --all shows them", .faint)")
    }
    try context.offerLinks(for: bets.map(\.id))
    if let age = try context.ageOfExchange() { context.output.line("\(age, .faint)") }
    try context.page()
  }

  private func shipments(of bets: [BetDigest], _ context: Context) throws -> [BetID: Shipment] {
    guard !bets.isEmpty else { return [:] }
    let attribution = try context.attribution
    return try bets.reduce(into: [:]) { $0[$1.id] = try attribution.shipment(of: $1.id) }
  }

  private func table(
    _ bets: [BetDigest], waiting: Waiting, shipments: [BetID: Shipment], _ context: Context
  ) {
    let today = context.today
    var table = Table([
      "bet", "state", "age", "check by", "last / target", "shipped", "waiting on it", "title",
    ])
    for bet in bets {
      let overdue = bet.isOverdue(on: today)
      let check = bet.state.isUndecided ? bet.checkBy.map { overdue ? "\($0) !" : "\($0)" } ?? "-" : ""
      table.add([
        .init(bet.id.name, .bold), .init(bet.standing, bet.contested.isEmpty ? bet.state.style : .red),
        .init("\(max(0, today - Day(secondsSince1970: bet.declaredAt)))d"),
        .init(check, overdue ? .red : nil),
        .init(bet.progress), .init(shipments[bet.id].map { "\($0.commits)" } ?? "-"),
        .init(waiting.on(bet.id).map(\.name).joined(separator: ",")),
        .init(bet.title, .faint),
      ])
    }
    table.print(to: context.output)
  }

  /// What needs a decision first: contested, overdue, then what the most work waits on, then the oldest.
  private struct Order: Comparable {
    let keys: (Int, Int, Int, Int64)
    let name: String

    init(_ bet: BetDigest, waiting: Waiting, on today: Day) {
      let isContested = bet.state.isUndecided && !bet.contested.isEmpty
      let rank = isContested ? 0 : bet.isOverdue(on: today) ? 1 : bet.state == .open ? 2 : 3
      keys = (rank, rank == 1 ? bet.checkBy?.number ?? 0 : 0, -waiting.on(bet.id).count, bet.declaredAt)
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

/// Which undecided work waits on which bet.
struct Waiting {
  private let byBet: [BetID: [BetID]]

  init(_ bets: [BetDigest]) {
    var byBet: [BetID: [BetID]] = [:]
    for bet in bets where bet.state.isUndecided {
      for below in bet.buildsOn { byBet[below, default: []].append(bet.id) }
    }
    self.byBet = byBet
  }

  func on(_ id: BetID) -> [BetID] { byBet[id] ?? [] }
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
