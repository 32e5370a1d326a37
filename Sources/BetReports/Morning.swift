import Bets

/// What a person wants to know first: which bets wait for a decision, how the others are doing, what to do next.
///
/// Every text in it is printable.
package struct Morning: Sendable {
  package enum Section: String, CaseIterable, Sendable {
    case due, measuring, blocked, unshipped
  }

  package struct Line: Sendable {
    package let bet: BetDigest
    /// Why it stands in its section, in a few words.
    package let words: String
    /// Whether the words tell of something lost or gone by.
    package let isBad: Bool
    /// The bets that wait on it.
    package let waiting: [BetID]
  }

  /// Those that have lines, in order; what most waits on comes first.
  package let sections: [(section: Section, lines: [Line])]
  /// In one sentence.
  package let headline: String
  /// How many are closed, by state.
  package let closed: [(state: Bet.State, count: Int)]
  /// What to do, or to wait for; nil where nothing is open.
  package let next: String?

  /// `shipments` are those of the undecided bets. Linear in bets and edges, but for one sorting.
  package init(_ bets: [BetDigest], shipments: [BetID: Shipment], on today: Day) {
    let around = BetsAround(bets)
    let graph = BetGraph(Dictionary(bets.map { ($0.id, $0) }) { $1 })
    let undecided = bets.filter(\.state.isUndecided)
    var sorted: [Section: [Line]] = [:]
    for bet in undecided {
      let told = Telling(bet, shipments[bet.id], around: around, graph: graph, on: today)
      sorted[told.section, default: []].append(
        Line(bet: bet, words: told.words, isBad: told.isBad, waiting: around.waiting(on: bet.id)))
    }
    sections = Section.allCases.compactMap { section in
      sorted[section].map { (section, $0.sorted { Morning.isBefore($0, $1) }) }
    }
    let due = sorted[.due]?.map(\.bet.id) ?? []
    let behind = around.waiting(behind: due).count
    headline =
      switch (due.count, undecided.count) {
      case (0, 0): "nothing is open"
      case (0, 1): "nothing is due; 1 bet is open"
      case (0, let open): "nothing is due; \(open) bets are open"
      case (let due, _):
        "\(due.of("decision")) \(due == 1 ? "is" : "are") due"
          + (behind == 0
            ? ""
            : "; \(behind.of("bet")) \(behind == 1 ? "waits" : "wait") behind \(due == 1 ? "it" : "them")")
      }
    closed = [Bet.State.validated, .invalidated, .inconclusive, .abandoned].compactMap { state in
      let count = bets.count { $0.state == state }
      return count == 0 ? nil : (state, count)
    }
    next = Morning.next(sections.flatMap(\.lines), isDue: !due.isEmpty, around: around, on: today)
  }

  private static func isBefore(_ left: Line, _ right: Line) -> Bool {
    func keys(_ line: Line) -> (Int, Int, Int64) {
      (-line.waiting.count, line.bet.checkBy?.number ?? .max, line.bet.declaredAt)
    }
    return keys(left) == keys(right) ? left.bet.id < right.bet.id : keys(left) < keys(right)
  }

  private static func next(_ lines: [Line], isDue: Bool, around: BetsAround, on today: Day) -> String? {
    guard let first = lines.first?.bet else { return nil }
    if isDue { return first.contested.isEmpty ? "git bet close \(first.id)" : "git bet show \(first.id)" }
    if let stranded = lines.first(where: { around.lostBelow($0.bet) != nil }) {
      return "git bet show \(stranded.bet.id)"
    }
    let dated = lines.compactMap { line in line.bet.checkBy.map { (bet: line.bet.id, day: $0) } }
    guard let nearest = dated.min(by: { $0.day < $1.day }) else {
      return "git bet amend \(first.id) --check-by 14d"
    }
    if nearest.day < today { return "git bet show \(nearest.bet)" }
    return
      "\(nearest.bet) is to be checked by \(nearest.day), \(Telling.distance(to: nearest.day, from: today))"
  }
}

/// How one undecided bet is told.
private struct Telling {
  let section: Morning.Section
  let words: String
  let isBad: Bool

  init(
    _ bet: BetDigest, _ shipment: Shipment?, around: BetsAround, graph: BetGraph<BetDigest>, on today: Day
  ) {
    let below = graph.foundations(of: bet.buildsOn)
    let reading = Telling.reading(of: bet)
    let lost = around.lostBelow(bet)
    if bet.isDue(shipment, on: today) {
      section = .due
      isBad = true
      words =
        if !bet.contested.isEmpty {
          bet.standing
        } else if let reached = bet.reached {
          "\(reached == .kill ? "stop line" : "target") met: \(reading ?? "")"
        } else {
          Telling.sentence("overdue by \(Telling.days(bet.checkBy, before: today))", reading ?? "no reading")
        }
    } else if shipment != nil {
      section = .measuring
      isBad = lost != nil
      words = Telling.sentence(
        bet.checkBy.map { "\(Telling.days(today, before: $0)) left" } ?? "no day to check by",
        lost.map { "\($0) below it is lost" } ?? reading ?? (bet.target == nil ? nil : "no reading yet"))
    } else if !below.isEmpty {
      section = .blocked
      isBad = lost != nil
      let names = below.prefix(3).map { "\($0.bet)" + ($0.state?.isLost ?? false ? " (lost)" : "") }
      let rest = below.count > 3 ? ["\(below.count - 3) more"] : []
      let hidden = lost.map { lost in
        below.prefix(3).contains { $0.bet == lost } ? "" : ", and \(lost) is lost"
      }
      words = "rests on \(Telling.list(names + rest))\(hidden ?? "")"
    } else {
      section = .unshipped
      isBad = bet.isOverdue(on: today)
      let age = today - Day(secondsSince1970: bet.declaredAt)
      let check = bet.checkBy.map {
        bet.isOverdue(on: today)
          ? "overdue by \(Telling.days($0, before: today))" : "\(Telling.days(today, before: $0)) left"
      }
      words = Telling.sentence(age <= 0 ? "declared today" : "\(age.of("day")) old", check)
    }
  }

  private static func reading(of bet: BetDigest) -> String? {
    guard let last = bet.lastObservation.map({ Words.plain($0) }) else { return nil }
    return bet.target.map { "\(last), \(Words.plain($0)) wanted" } ?? last
  }

  private static func sentence(_ first: String, _ rest: String?) -> String {
    rest.map { "\(first): \($0)" } ?? first
  }

  private static func days(_ day: Day?, before later: Day?) -> String {
    guard let day, let later else { return "" }
    return max(0, later - day).of("day")
  }

  static func distance(to day: Day, from today: Day) -> String {
    day == today ? "today" : "in \((day - today).of("day"))"
  }

  private static func list(_ names: [String]) -> String {
    names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }
}
