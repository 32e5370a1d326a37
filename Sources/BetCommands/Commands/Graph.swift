import ArgumentParser
import BetLedger
import BetReports

struct Graph: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show who builds on whom, coloured by state.",
    discussion: """
      Below each bet stands what it rests on. With a bet, only what is connected with it: what it rests on, and what \
      rests on it. A mermaid flowchart holds at most 60 bets, as GitHub draws it; dot is for Graphviz.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, mermaid, dot
  }

  @Argument(
    help: ArgumentHelp("The bet's id, or the beginning of one that is unique.", valueName: "bet"),
    completion: .bets)
  var bet: String?
  @Option(help: "text, mermaid or dot.")
  var format: Format = .text
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let center = try bet.map { try context.bet($0).id }
    var damaged: Set<BetID> = []
    let bets = try context.ledger.digests { damaged.insert($0) }
    let map = BetMap(bets, around: center, damaged: damaged, on: context.today)
    if json.isOn {
      context.output.answer(map.json(on: context.today))
      return
    }
    for id in damaged.sorted() { context.errors.show(.damagedBet(id)) }
    switch format {
    case .mermaid: context.output.write(Mermaid(map))
    case .dot: context.output.write(Dot(map))
    case .text where map.nodes.isEmpty: context.output.line("no bets yet")
    case .text:
      draw(map, context.output)
      try context.page()
    }
  }

  private func draw(_ map: BetMap, _ output: Terminal) {
    let longest = map.nodes.map(\.name.count).max() ?? 0
    let standings = map.nodes.map(\.standing.count).max() ?? 0
    let room = output.width - longest - max(standings, "see above".count) - 4
    let tree = BetTree(map, deepest: min(16, max(3, room / 3)))
    func start(_ line: BetTree.Line) -> Int { line.lead.count + map.nodes[line.node].name.count }
    let whole = tree.lines.filter { $0.kind == .whole }
    let names = min(whole.map(start).max() ?? 0, max(16, output.width - standings - 4))
    // A few letters of a title tell nothing.
    let hasRoom = !output.isTerminal || output.width - names - standings >= 20
    for line in tree.lines {
      let node = map.nodes[line.node]
      let lead: DisplayText = "\(line.lead, .faint)"
      guard line.kind == .whole else {
        let place = line.kind == .above ? "see above" : "see below"
        output.line("\(lead)\(node.name)  \(place, .faint)")
        continue
      }
      let gap = String(repeating: " ", count: max(2, names - start(line) + 2))
      let style = node.marks.isEmpty ? node.bet?.state.style ?? .red : .red
      let title = node.bet.map { hasRoom ? Text.printable($0.title) : "" } ?? ""
      let standing = title.isEmpty ? node.standing : node.standing.padded(to: standings + 2)
      output.line(
        "\(lead)\(node.name, .bold)\(gap)\(standing, style)"
          + "\(output.cut(title, used: names + standings + 4), .faint)")
    }
    for loop in map.loops {
      output.line("loop: \(output.wrapped(loop.map(\.name).joined(separator: " → "), indent: 6))")
    }
  }
}

extension BetMap {
  fileprivate func json(on today: Day) -> JSON {
    [
      "bets": .array(nodes) { node in
        [
          "id": .string(node.name), "title": .optional(node.bet?.title), "state": .string(node.state),
          "overdue": .bool(node.bet?.isOverdue(on: today) ?? false),
          "contested": .strings(node.bet?.contested ?? []),
        ]
      },
      "edges": .array(
        zip(nodes, below).flatMap { node, below in
          below.map { ["bet": .string(node.name), "buildsOn": .string(nodes[$0].name)] }
        }),
      "loops": .array(loops) { .strings($0.map(\.name)) },
    ]
  }
}
