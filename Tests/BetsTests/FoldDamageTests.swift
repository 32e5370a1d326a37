import Bets
import Testing

/// A message that stores no event, and what is wrong with it.
struct Damage: Sendable, CustomTestStringConvertible {
  let what: String
  let message: [UInt8]
  let problem: EventProblem
  var testDescription: String { what }

  init(_ what: String, _ message: [UInt8], _ problem: EventProblem) {
    self.what = what
    self.message = message
    self.problem = problem
  }

  private static let seq = "Seq: 2"
  private static let close = ["Event: closed", "Verdict: validated", "Evidence: e"]

  /// Each would validate the bet if it were whole.
  static let validations: [Damage] = [
    closed("another diary's id", ["Bet: other", seq], .wrongDiary("other")),
    closed("an id in capitals", ["Bet: Search", seq], .wrongDiary("Search")),
    closed("no Bet", [seq], .noTrailer(.bet)),
    closed("no Seq", ["Bet: search"], .noTrailer(.seq)),
    closed("two Bets", ["Bet: search", "Bet: search", seq], .repeated(.bet)),
    closed("two Seqs", ["Bet: search", seq, "Seq: 3"], .repeated(.seq)),
    closed("two Events", ["Bet: search", seq, "Event: noted"], .repeated(.event)),
    closed("two Verdicts", ["Bet: search", seq, "Verdict: validated"], .repeated(.verdict)),
    closed(
      "two Verdicts, in other cases", ["Bet: search", seq, "verdict: invalidated"], .repeated(.verdict)),
    closed("a Seq like its parent's", ["Bet: search", "Seq: 1"], .badSeq("1")),
    closed("a Seq of 0", ["Bet: search", "Seq: 0"], .badSeq("0")),
    closed("a negative Seq", ["Bet: search", "Seq: -1"], .badSeq("-1")),
    closed("a signed Seq", ["Bet: search", "Seq: +2"], .badSeq("+2")),
    closed("a Seq with an exponent", ["Bet: search", "Seq: 1e3"], .badSeq("1e3")),
    closed("a Seq in other digits", ["Bet: search", "Seq: ٣"], .badSeq("٣")),
    closed("an empty Seq", ["Bet: search", "Seq:"], .badSeq("")),
    closed(
      "a Seq that the next could not follow", ["Bet: search", "Seq: 9223372036854775807"],
      .badSeq("9223372036854775807")),
    closed(
      "a control character in a value", ["Bet: search", seq, "Learned: a\u{1B}[2J"],
      .controlCharacter(in: "Learned")),
    closed(
      "a C1 character in a value", ["Bet: search", seq, "Learned: a\u{9B}2J"],
      .controlCharacter(in: "Learned")),
    closed("a CR in a value", ["Bet: search", seq, "Learned: a\rb"], .controlCharacter(in: "Learned")),
    closed(
      "a control character in an unknown trailer", ["Bet: search", seq, "New: a\u{7}b"],
      .controlCharacter(in: "New")),
    closed(
      "a control character in the agent's name", ["Bet: search", seq, "Agent: a\u{7}b"],
      .controlCharacter(in: "Agent")),
    raw(
      "an unknown verdict", ["Event: closed", "Verdict: Validated", "Evidence: e"],
      .malformed(.verdict, value: "Validated", expected: "validated, invalidated, inconclusive or abandoned")),
    raw("no verdict", ["Event: closed", "Evidence: e"], .missing(.verdict)),
    raw("no evidence", ["Event: closed", "Verdict: validated"], .missing(.evidence)),
    raw("empty evidence", ["Event: closed", "Verdict: validated", "Evidence:"], .missing(.evidence)),
    raw("no Event", ["Verdict: validated", "Evidence: e"], .noTrailer(.event)),
    Damage("no trailers", Array("title\n".utf8), .noTrailer(.event)),
    Damage("an empty message", [], .noTrailer(.event)),
    Damage(
      "bytes that are not UTF-8",
      eventMessage("Event: closed", "Bet: search", "Seq: 2", "Verdict: validated", "Evidence: e") + [0xFF],
      .notUTF8),
    Damage(
      "trailers below the scissors",
      Array("t\n\n# ------------------------ >8 ------------------------\n".utf8)
        + eventMessage("Event: closed", "Bet: search", "Seq: 2", "Verdict: validated", "Evidence: e"),
      .noTrailer(.event)),
    Damage(
      "a message without end", Array(repeating: 0x61, count: Trailers.largestMessage + 1), .tooLarge),
  ]

  private static func closed(_ what: String, _ trailers: [String], _ problem: EventProblem) -> Damage {
    Damage(what, Array(("title\n\n" + (close + trailers).joined(separator: "\n") + "\n").utf8), problem)
  }

  private static func raw(_ what: String, _ trailers: [String], _ problem: EventProblem) -> Damage {
    let lines = trailers + ["Bet: search", seq]
    return Damage(what, Array(("title\n\n" + lines.joined(separator: "\n") + "\n").utf8), problem)
  }
}

@Suite struct FoldDamageTests {
  @Test(arguments: Damage.validations)
  func `a damaged event is skipped and reported, and never a validation`(_ damage: Damage) throws {
    var history = History("search")
    try history.declare()
    history.add(message: damage.message)
    try history.add(.amended, [.metric: "m"])
    let bet = try #require(try history.bet())
    #expect(bet.state == .open)
    #expect(bet.first(.metric) == "m", "one bad event hides nothing else")
    let damaged = bet.diary.damaged
    #expect(damaged.count == 1)
    #expect(throws: damage.problem) { try damaged.first?.event.get() }
    #expect(!damage.problem.diagnostic.message.isEmpty)
    #expect(!Text.hasControlCharacter(damage.problem.diagnostic.message))
  }

  @Test func `the history goes on through a damaged event`() throws {
    var history = History("search")
    let root = try history.declare()
    let closed = try history.close(.validated, on: [root])
    let bad = history.add(message: Array("nothing".utf8), on: [closed])
    try history.close(.invalidated, on: [bad])
    #expect(try history.bet()?.state == .invalidated, "the later verdict descends from the first")
  }

  @Test(arguments: [
    ["Event: declared", "If: a", "Expect: b"], ["Event: declared", "If: a", "Because: c"],
    ["Event: declared", "Expect: b", "Because: c"], ["Event: declared", "If: ", "Expect: b", "Because: c"],
    ["Event: declared", "If: a", "If: d", "Expect: b", "Because: c"],
    ["Event: declared", "If: a", "Expect: b", "Because: c", "Check-By: soon"],
    ["Event: declared", "If: a", "Expect: b", "Because: c", "Target: 5"],
    ["Event: declared", "If: a", "Expect: b", "Because: c", "Builds-On: No One"],
    ["Event: observed"], ["Event: observed", "Value: 1,5"], ["Event: observed", "Value: 1", "Value: 2"],
    ["Event: observed", "Value: 1", "On: 2026-02-30"], ["Event: noted", "Weight: 4"], ["Event: reopened"],
    ["Event: linked"], ["Event: unlinked"], ["Event: linked", "Commit: abc"],
    ["Event: linked", "Branch: a", "Branch: b"],
  ])
  func `an event without what it needs is damaged`(trailers: [String]) {
    let lines = trailers + ["Bet: search", "Seq: 2"]
    #expect(throws: EventProblem.self) {
      try Event(
        message: Array(("title\n\n" + lines.joined(separator: "\n") + "\n").utf8), diary: "search",
        largestParentSeq: 1, isRoot: false)
    }
  }

  @Test func `without a readable declaration there is no bet`() throws {
    var history = History("search")
    history.add(message: eventMessage("Event: declared", "Bet: search", "Seq: 1"))
    try history.add(.noted)
    #expect(try history.bet() == nil)
    #expect(Bet(try BetID("search"), from: Diary([])) == nil)
  }

  @Test func `an unknown event is shown in the diary and changes no state`() throws {
    var history = History("search")
    try history.declare()
    try history.add(.unknown("settled"), [.verdict: "validated", .metric: "m", .branch: "b"])
    let bet = try #require(try history.bet())
    #expect(bet.state == .open)
    #expect(bet.first(.metric) == nil)
    #expect(bet.linkedBranches.isEmpty)
    #expect(bet.diary.entries.last?.readable?.kind == .unknown("settled"))
  }

  @Test func `unknown trailers are kept and ignored`() throws {
    let message = eventMessage(
      "Event: closed", "Bet: search", "Seq: 2", "Verdict: validated", "Evidence: e", "Mood: good", "Mood: bad"
    )
    var history = History("search")
    try history.declare()
    history.add(message: message)
    let bet = try #require(try history.bet())
    #expect(bet.state == .validated)
    let event = try #require(bet.diary.entries.last?.readable)
    #expect(event.unknown.map(\.value) == ["good", "bad"])
    #expect(try event.message(isRoot: false).contains("Mood: good\nMood: bad\n"))
  }

  @Test func `a higher Ledger-Version is refused with the message to upgrade`() throws {
    let lines = ["Event: born", "Bet: search", "Seq: one", "Ledger-Version: 2"]
    let message = Array(("title\n\n" + lines.joined(separator: "\n") + "\n").utf8)
    let error = #expect(throws: EventProblem.newerLedger("2")) {
      try Event(message: message, diary: "search", largestParentSeq: 0, isRoot: true)
    }
    #expect(error?.isNewerLedger == true)
    #expect(error?.diagnostic.notes.first?.contains("install the newer one") == true)
  }

  @Test func `a root says its Ledger-Version, and only a root must`() throws {
    let trailers = "title\n\nEvent: noted\nBet: search\nSeq: 3\n"
    #expect(throws: EventProblem.noTrailer(.ledgerVersion)) {
      try Event(message: Array(trailers.utf8), diary: "search", largestParentSeq: 0, isRoot: true)
    }
    let later = try Event(message: Array(trailers.utf8), diary: "search", largestParentSeq: 1, isRoot: false)
    #expect(later.seq == 3, "Seq increases, by whatever step")
  }
}
