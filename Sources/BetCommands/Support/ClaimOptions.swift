import ArgumentParser
import Bets

/// The fields of a claim as flags, for `declare` and `amend`.
struct ClaimOptions: ParsableArguments {
  @Option(
    name: .customLong("if"), parsing: .unconditional, help: ArgumentHelp("What we build.", valueName: "text"))
  var ifWeBuild: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("What moves, which way and how far.", valueName: "text"))
  var expect: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("The belief that makes it so.", valueName: "text"))
  var because: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("What is measured.", valueName: "name"))
  var metric: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("What it is today.", valueName: "number"))
  var baseline: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("What would prove it: '>= 2.6'.", valueName: "comparison"))
  var target: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("What would disprove it: '< 2.2'.", valueName: "comparison"))
  var kill: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("When to look: 2026-12-15, or 14d from today.", valueName: "date"))
  var checkBy: String?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("An event name that must be in the shipped tree.", valueName: "text"))
  var instrument: [String] = []
  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("A bet that this one rests on.", valueName: "bet"),
    completion: .bets)
  var buildsOn: [String] = []
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A bet that this one does not rest on.", valueName: "bet"),
    completion: .bets)
  var independentOf: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What it is worth: '15 commits', '800 lines'.", valueName: "amount"))
  var appetite: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("The result it serves.", valueName: "text"))
  var outcome: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("How many it reaches.", valueName: "number"))
  var reach: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("How much it does for each.", valueName: "number"))
  var impact: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("How sure we are: '80 %'.", valueName: "number"))
  var confidence: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("What it costs.", valueName: "number"))
  var effort: String?

  /// The fields that were given, in the order in which they are stored.
  var values: [Event.Value] {
    func one(_ name: TrailerName, _ text: String?) -> [Event.Value] {
      text.map { [Event.Value(name, $0)] } ?? []
    }
    func many(_ name: TrailerName, _ texts: [String]) -> [Event.Value] { texts.map { Event.Value(name, $0) } }
    return one(.if, ifWeBuild) + one(.expect, expect) + one(.because, because) + one(.metric, metric)
      + one(.baseline, baseline) + one(.target, target) + one(.kill, kill) + one(.checkBy, checkBy)
      + many(.instrument, instrument) + many(.buildsOn, buildsOn) + many(.independentOf, independentOf)
      + one(.appetite, appetite) + one(.outcome, outcome) + one(.reach, reach) + one(.impact, impact)
      + one(.confidence, confidence) + one(.effort, effort)
  }
}

extension Context {
  /// Refuses ids that are not declared, and a bet that would come to rest on itself.
  func checkFoundations(of id: BetID, _ values: [Event.Value]) throws {
    let ledger = try ledger
    for text in values.all(.buildsOn) + values.all(.independentOf) where !text.isEmpty {
      let below = try BetID(text)
      if below == id { throw Refusal("cycle", "a bet cannot rest on itself: '\(id)'") }
      guard try ledger.bet(below) != nil else {
        throw Refusal.unknownBet(text, candidates: [], among: try ledger.ids())
      }
    }
    let below = try values.all(.buildsOn).filter { !$0.isEmpty }.map { try BetID($0) }
    if let loop = loop(through: id, below, in: try ledger.bets(below)) {
      throw Refusal(
        "cycle", "'\(id)' would rest on itself", notes: [loop.map(\.name).joined(separator: " → ")],
        hints: loop.count > 2 ? ["git bet show \(loop[1])"] : [])
    }
  }

  /// The way from a bet back to itself, when it is put on top of `below`.
  private func loop(through id: BetID, _ below: [BetID], in bets: [BetID: Bet]) -> [BetID]? {
    var cameFrom: [BetID: BetID] = [:]
    var queue = below
    for bet in below { cameFrom[bet] = id }
    while let bet = queue.popLast() {
      for next in bets[bet]?.buildsOn ?? [] {
        if next == id {
          var path = [id]
          var step = bet
          while step != id, let above = cameFrom[step] {
            path.append(step)
            step = above
          }
          return Array((path + [id]).reversed())
        }
        if cameFrom[next] == nil {
          cameFrom[next] = bet
          queue.append(next)
        }
      }
    }
    return nil
  }
}
