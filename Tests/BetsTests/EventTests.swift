import Bets
import TestSupport
import Testing

@Suite struct EventTests {
  /// One event of every kind, with every trailer of its own.
  static let all: [Event] = [
    event(
      .declared,
      [
        (.if, "we add full-text search"), (.expect, "starts rise from 2.1 to 2.6"),
        (.because, "14 of 20: gave up"),
        (.metric, "starts"), (.baseline, "2.1"), (.target, ">= 2.6"), (.kill, "< 2.2"),
        (.checkBy, "2026-12-15"), (.instrument, "search_performed"), (.instrument, "search_opened"),
        (.buildsOn, "catalogue"), (.buildsOn, "accounts"), (.independentOf, "billing"),
        (.appetite, "15 commits"), (.outcome, "learners"), (.reach, "400"), (.impact, "2"),
        (.confidence, "80 %"), (.effort, "3.5"),
      ], body: "Free text: as long as wanted.\n\nEvent: closed\nVerdict: validated\n\n# not a comment"),
    event(.amended, [(.target, ">= 40 %"), (.instrument, ""), (.metric, "")]),
    event(.noted, [(.weight, "3"), (.source, "mail")], body: "They said:\n\t\"—\" and \u{1F642}"),
    event(.observed, [(.value, "-2.40"), (.metric, "starts"), (.on, "2026-12-01"), (.source, "board")]),
    event(
      .closed,
      [(.verdict, "validated"), (.evidence, "one"), (.evidence, "two"), (.learned, "l"), (.decision, "d")]),
    event(.closed, [(.verdict, "abandoned")]),
    event(.reopened, [], body: "it fell again"),
    event(.linked, [(.branch, "feature/search: ui")]),
    event(.linked, [(.commit, oid(1).hex), (.commit, String(repeating: "ab", count: 32))]),
    event(.unlinked, [(.branch, "x")]),
    event(.merged, [(.contested, "Verdict"), (.contested, "Target")]),
    event(
      .overridden,
      [
        (.for, "ranking"), (.rule, "follow-on"), (.rule, "lost"), (.blockedBy, "search"), (.branch, "topic"),
        (.commit, oid(5).hex), (.until, "2026-12-31"),
      ], body: "a customer waits"),
    event(.revoked, [(.override, oid(6).hex)]),
    event(.policy, [(.rule, "overdue=block"), (.rule, "lost=warn")]),
    event(.unknown("settled"), [(.branch, "x")]),
  ]

  private static func event(_ kind: Event.Kind, _ values: [(TrailerName, String)], body: String = "")
    -> Event
  {
    Event(
      kind, in: "search", seq: 7, subject: "Learners cannot find lessons: \(kind.name)", body: body,
      values: values.map { .init($0.0, $0.1) }, unknown: [Trailer(key: "Mood", value: "good: very")],
      agent: "claude")
  }

  @Test(arguments: all) func `an event comes back from its message`(_ event: Event) throws {
    for isRoot in [false, true] {
      let message = try event.message(isRoot: isRoot)
      let read = try Event(
        message: Array(message.utf8), diary: "search", largestParentSeq: 6, isRoot: isRoot)
      #expect(read == event)
      #expect(message.contains("\nLedger-Version: 1\n") == isRoot, "it stands on a root alone")
    }
  }

  @Test func `git reads the same trailers from the message`() throws {
    let git = try TestRepository()
    for event in EventTests.all {
      let message = try event.message(isRoot: true)
      let read = try git.git(["interpret-trailers", "--parse", "--no-divider"], input: Array(message.utf8))
      var expected = [
        "Event: \(event.kind.name)", "Bet: search", "Seq: 7", "Ledger-Version: 1", "Agent: claude",
      ]
      expected += event.values.map {
        $0.text.isEmpty ? "\($0.name.rawValue):" : "\($0.name.rawValue): \($0.text)"
      }
      expected.append("Mood: good: very")
      let lines = read.text.split(separator: "\n").map { Text.trimmed($0) }
      #expect(lines == expected)
    }
  }

  @Test func `a message survives git commit and git log`() throws {
    let git = try TestRepository()
    for event in EventTests.all {
      try git.commit(try event.message(isRoot: false))
      let raw = try git.git("log", "-1", "--format=%s%n%B").text
      #expect(raw.hasPrefix(event.subject + "\n"), "the title is git's subject")
      let body = Array(raw.dropFirst(event.subject.count + 1).utf8)
      #expect(try Event(message: body, diary: "search", largestParentSeq: 6, isRoot: false) == event)
    }
  }

  // MARK: What is refused

  private func note(
    subject: String = "title", body: String = "", source: String = "mail", unknown: [Trailer] = [],
    agent: String? = nil, seq: Int = 2
  ) -> Event {
    Event(
      .noted, in: "search", seq: seq, subject: subject, body: body, values: [.init(.source, source)],
      unknown: unknown, agent: agent)
  }

  @Test(arguments: [
    "a\nVerdict: validated", "a\rb", "a\u{0}b", "a\u{1B}[2J", "a\u{7F}", "a\u{9B}m", "a\u{85}b",
  ])
  func `a control character is refused wherever a trailer holds it`(_ text: String) {
    let problem = EventProblem.controlCharacter
    #expect(throws: problem("Source")) { try note(source: text).message(isRoot: false) }
    #expect(throws: problem("Agent")) { try note(agent: text).message(isRoot: false) }
    #expect(throws: problem("New")) {
      try note(unknown: [Trailer(key: "New", value: text)]).message(isRoot: false)
    }
    #expect(throws: problem("title")) { try note(subject: text).message(isRoot: false) }
  }

  @Test(arguments: ["a\rb", "a\r\nb", "\u{1B}]52;c;", "a\u{0}", "a\u{8}", "a\u{202E}\u{9B}"])
  func `a control character but LF and TAB is refused in the text`(_ text: String) {
    #expect(throws: EventProblem.controlCharacter(in: "text")) { try note(body: text).message(isRoot: false) }
  }

  @Test(arguments: ["", " ", "\u{A0}"]) func `an empty title is refused`(_ title: String) {
    #expect(throws: EventProblem.emptySubject) { try note(subject: title).message(isRoot: false) }
  }

  @Test func `a scissors line in the text is refused, and passes indented`() throws {
    let scissors = "# ------------------------ >8 ------------------------"
    #expect(throws: EventProblem.cutOff) { try note(body: "a\n\(scissors)").message(isRoot: false) }
    #expect(throws: EventProblem.cutOff) { try note(body: "\(scissors)\nb").message(isRoot: false) }
    _ = try note(body: "a\n \(scissors)").message(isRoot: false)
    _ = try note(body: "a\n---\nb").message(isRoot: false)
  }

  @Test(arguments: ["Bet", "seq", "EVENT", "Source", "Two words", "", "Né", "#x"])
  func `an unknown trailer cannot stand for a known one, or for none`(_ key: String) {
    #expect(throws: EventProblem.self) {
      try note(unknown: [Trailer(key: key, value: "x")]).message(isRoot: false)
    }
  }

  @Test(arguments: [0, -1, 1_000_000_000_000_000, Int.max - 1]) func `a Seq that cannot be read is refused`(
    _ seq: Int
  ) {
    #expect(throws: EventProblem.self) { try note(seq: seq).message(isRoot: false) }
  }

  @Test func `an unknown event cannot be called like a known one`() {
    let event = Event(.unknown("noted"), in: "search", subject: "title")
    #expect(throws: EventProblem.self) { try event.message(isRoot: true) }
  }

  @Test func `a verdict needs evidence, except to abandon`() {
    for verdict in Verdict.allCases {
      let event = Event(.closed, in: "search", subject: "t", values: [.init(.verdict, verdict.rawValue)])
      #expect(EventProblem(in: event) == (verdict == .abandoned ? nil : .missing(.evidence)))
    }
  }

  // MARK: Reading what others wrote

  @Test func `a message with CRLF has a title of one line, and values without CR`() throws {
    let text = "a\r\ntitle\r\n\r\nbody\r\n\r\nEvent: noted\r\nBet: search\r\nSeq: 2\r\nSource: mail\r\n"
    let event = try Event(message: Array(text.utf8), diary: "search", largestParentSeq: 1, isRoot: false)
    #expect(event.subject == "a title")
    #expect(event.first(.source) == "mail")
    #expect(event.body == "body")
  }

  @Test func `keys compare without case, and a title of several lines is one`() throws {
    let text = "\na\ntitle\n\n\nEVENT: noted\nbet: search\nSEQ: 2\nsource : mail\n"
    let event = try Event(message: Array(text.utf8), diary: "search", largestParentSeq: 1, isRoot: false)
    #expect(event.subject == "a title")
    #expect(event.first(.source) == "mail")
    #expect(event.body.isEmpty)
  }
}
