import Bets
import Testing

/// Work that rewrites lines of bets that are open; one row per sentence.
@Suite struct GateOverlapTests {
  @Test(arguments: try overlapRows()) func `work that rewrites an open bet's lines overlaps`(_ row: GateRow)
    throws
  { try check(row) }

  static func overlap(_ name: BetName, _ files: (bet: String, path: String)...) -> Facts {
    var facts = Facts()
    facts.overlaps[name] = files.compactMap { file in
      BetID(ifValid: file.bet).map { OverlappedFile(bet: $0, path: file.path, lines: 2) }
    }
    return facts
  }

  static func overlapRows() throws -> [GateRow] {
    let bets = try [bet("search"), bet("topics"), bet("ranking"), bet("done", .validated)]
    let (ranking, work) = (BetName("ranking"), [commit("ranking")])
    let meets = "overlap ranking: search open"
    let one = overlap(ranking, ("search", "a.swift"))
    func row(
      _ sentence: String, knowing found: Facts = one, of commits: [WorkCommit] = work,
      to remote: String = "main", config: [String] = [], gate: [GateEvent] = [],
      by authority: Settings.Authority = .clone, _ findings: [String] = [],
      _ state: Decision.State = .satisfied
    ) -> GateRow {
      GateRow(
        sentence, bets, commits, to: remote, config: config, gate: gate, by: authority, knowing: found,
        findings, state)
    }
    let block = GateEvent.policy("overlap=block")
    let two = overlap(
      ranking, ("search", "a.swift"), ("topics", "a.swift"), ("search", "b.swift"), ("topics", "c.swift"))
    var unjudged = Facts()
    unjudged.unjudged[ranking] = ["big.swift is too large"]
    var both = one
    both.unjudged = unjudged.unjudged
    return try [
      row("lines of an open bet", ["\(meets) (warn)"]),
      row(
        "files that could not be looked at only warn, whatever the level", knowing: unjudged, gate: [block],
        ["overlap ranking (warn)"]),
      row(
        "beside lines that were found they change nothing", knowing: both, gate: [block], [meets],
        .unsatisfied),
      row("no lines", knowing: overlap(ranking)),
      row("what nobody looked for is not judged", knowing: Facts()),
      row(
        "several files of one bet", knowing: overlap(ranking, ("search", "a"), ("search", "b")),
        ["\(meets) (warn)"]),
      row(
        "several files of several bets name each bet once", knowing: two,
        ["overlap ranking: search open, topics open (warn)"]),
      row(
        "work of no bet", knowing: overlap(.none, ("search", "a")), of: [commit()],
        ["overlap -: search open (warn)"]),
      row(
        "work that belongs to none, said aloud", knowing: overlap(.none, ("search", "a")),
        of: [commit("none")],
        ["overlap -: search open (warn)"]),
      row(
        "work of a bet that is not open overlaps all the same",
        knowing: overlap(BetName("done"), ("search", "a")), of: [commit("done")],
        ["overlap done: search open (warn)"]),
      row("another bet's overlap is not its own", of: [commit("search")]),
      row(
        "each bet of a push is asked by itself", of: [commit("search"), commit("ranking"), commit("topics")],
        ["\(meets) (warn)"]),
      row("on a draft branch it is a note", to: "wip/x", ["\(meets) (warn) (draft)"]),
      row("it need not ship", to: "feature/x", ["\(meets) (warn)"]),
      row("off by policy", gate: [.policy("overlap=off")]),
      row("off by configuration", config: ["bet.rule.overlap=off"]),
      row("block by configuration", config: ["bet.rule.overlap=block"], [meets], .unsatisfied),
      row("block by policy, where the ledger decides", gate: [block], by: .ledger, [meets], .unsatisfied),
      row(
        "an override that names every bet in the way covers it", knowing: two,
        gate: [block, .override("overlap", for: "ranking", blockedBy: ["search", "topics"])],
        ["overlap ranking: search open, topics open (overridden)"], .overridden),
      row(
        "one that leaves a bet out does not", knowing: two,
        gate: [block, .override("overlap", for: "ranking", blockedBy: ["search"])],
        ["overlap ranking: search open, topics open"], .unsatisfied),
      row(
        "work of no bet can be let through", knowing: overlap(.none, ("search", "a")), of: [commit()],
        gate: [block, .override("overlap", for: "none", blockedBy: ["search"])],
        ["overlap -: search open (overridden)"], .overridden),
      GateRow(
        "a contested bet counts as open", [bet("search", .contested), bet("ranking")], work, knowing: one,
        ["overlap ranking: search contested (warn)"], .satisfied),
    ]
  }
}
