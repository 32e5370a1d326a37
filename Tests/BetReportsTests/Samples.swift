import BetReports
import TestSupport
import Testing

/// Text of somebody who wants more than to be read.
let hostile = [
  "::error::forged", "::stop-commands::x", "##vso[task.complete]", "##[add-mask]a", "##teamcity[x]",
  "a\n::add-mask::b", "a\r::set-output::b", "100% %0A::error::x", "<script>alert(1)</script>",
  "![i](http://example.org/i.png)", "[l](javascript:x)", "@team and #12",
  "https://example.org www.example.org",
  "`a` ``b`` ```", "``` \n# head", "a | b \\| c \\", "\"]:::x; click n0 \"javascript:x\"", "end",
  "&amp; \" ' <b",
  "\u{0}\u{1}\u{B}\u{1B}[31m\u{7F}\u{85}\u{202E}", "\u{FFFE}\u{FFFF}\u{FFFD}", "]]> <!-- -->",
  "e" + String(repeating: "\u{301}", count: 3_000), String(repeating: "long ", count: 2_000), "",
]

let today = Day(number: 20_500)

/// An open bet, folded from its declaration.
func openBet(_ name: String, title: String = "title", claim: String = "x", on below: [String] = []) throws
  -> (
    BetID, Bet
  )
{
  let values: [Event.Value] =
    [.init(.if, claim), .init(.expect, "it rises to 5"), .init(.because, "z")]
    + below.map { .init(.buildsOn, $0) }
  let event = Event(.declared, in: name, seq: 1, subject: title, values: values)
  let entry = Entry(
    id: oid(7), parents: [], author: "Ada", time: Int64(today.number - 3) * 86_400, event: .success(event))
  let id = try BetID(name)
  guard let bet = Bet(id, from: Diary([entry])) else { preconditionFailure("a declared bet is a bet") }
  return (id, bet)
}

/// One pushed branch with commits of these titles, whose trailers name a bet.
func work(_ branch: String, of bet: String, _ titles: [String] = ["do it"], into ref: String = "main") -> Work
{
  Work(
    update: RefUpdate(
      localRef: "refs/heads/\(branch)", localID: oid(1), remoteRef: "refs/heads/\(ref)", remoteID: oid(0)),
    branch: branch, isShip: ref == "main",
    commits: titles.enumerated().map {
      WorkCommit(id: oid(100 + $0), message: Array($1.utf8), bets: [BetName(bet)])
    })
}

/// What the gate says of these works, with rules set to other levels.
func decide(_ works: [Work], _ bets: [(BetID, Bet)], _ policy: [String: Level] = [:]) throws -> Decision {
  try Gate(settings: Settings(config: []), policy: policy, authority: .ledger, today: today)
    .decide(works, bets: Dictionary(bets) { $1 })
}

func report(_ decision: Decision, _ ways: [Way] = [], work: String = "A..B") -> CheckReport {
  CheckReport(work: work, answer: .decided(decision), ways: ways, today: today)
}

/// What the gate says of work that rests on a verdict, when its signature is worth no more than this.
func doubted(_ trust: SignatureTrust, by author: String) throws -> Decision {
  let search = try BetID("search")
  let declared = try openBet("search").1.diary.entries
  let event = Event(
    .closed, in: "search", seq: 2, subject: "x",
    values: [.init(.verdict, "validated"), .init(.evidence, "x")])
  let entry = Entry(
    id: oid(8), parents: [oid(7)], author: author, email: author, time: 0, event: .success(event))
  let bets = try [
    openBet("ranking", on: ["search"]), (search, #require(Bet(search, from: Diary(declared + [entry])))),
  ]
  return try Gate(
    settings: Settings(config: []), policy: ["unsigned": .block], signatures: [oid(8): trust],
    authority: .ledger,
    today: today
  ).decide([work("b", of: "ranking")], bets: Dictionary(bets) { $1 })
}

/// Every foreign text there is, hostile: titles, claims, branches, refs, bets that are none, ways and the question.
func hostileReports() throws -> [CheckReport] {
  try hostile.map { text in
    let subject = text.isEmpty ? "-" : text
    let bets = try [
      openBet("search", title: subject, claim: text), openBet("ranking", title: subject, on: ["search"]),
    ]
    let works = [
      work(text, of: "ranking", [text, subject], into: text), work("b", of: text, [text]),
      work("c", of: "none"),
    ]
    let way = Way(text, text)
    return report(try decide(works, bets), [way], work: text)
  }
    + hostile.flatMap { text in
      try [SignatureTrust.forged(signer: text, author: text), .cannotVerify(why: text), .unknownKey(text)].map
      {
        report(try doubted($0, by: text))
      }
    }
    + hostile.map { text in
      var unmeasured = work("bet/search", of: "search")
      let id = try BetID("search")
      unmeasured.facts.instruments[id] = [
        text: .missing, "a": .unknown(text), "b": .unknown("c\n" + text),
      ]
      unmeasured.facts.overlaps[.id(id)] = [
        OverlappedFile(bet: try BetID("other"), path: text, lines: 2)
      ]
      return report(try decide([unmeasured], [openBet("search")]))
    }
    + hostile.map { text in
      CheckReport(
        work: text, answer: .notJudged(Diagnostic("bad-thing", text, notes: [text], hints: [text])),
        today: today)
    }
}

/// More findings than any host shows: this many that stop, and as many that warn.
func large(_ count: Int) throws -> CheckReport {
  let bets =
    try (0..<count).map { try openBet("bet-\($0)", title: hostile[23], on: ["base"]) } + [openBet("base")]
  let titles = (0..<50).map { "\($0) " + hostile[23] }
  let works = (0..<count).flatMap {
    [work("b\($0)", of: "bet-\($0)", titles), work("w\($0)", of: "no-\($0)", titles)]
  }
  return report(try decide(works, bets, ["undeclared": .warn]))
}
