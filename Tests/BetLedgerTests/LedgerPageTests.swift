import GitFormats
import LedgerSupport
import TestSupport
import Testing

@testable import BetLedger
@testable import Bets

/// The specification that the project publishes, held against the code: its tables are read, its example is run.
@Suite("the page about the ledger") struct LedgerPageTests {
  private let page: [String]
  init() throws {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
      separator: "/")
    page = try TestRepository().read(root + "/Sources/BetLedger/BetLedger.docc/Ledger.md")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static let envelope = Set(TrailerName.allCases.filter(\.isEnvelope))

  // MARK: Refs and ids

  @Test func `names the refs`() throws {
    #expect(
      try table("ref").map { codes($0[0]) } == [
        [LedgerRefs.diary("<id>")], [LedgerRefs.diary(Event.gateDiary)],
        [LedgerRefs.staged("<id>", of: "<remote>")], [LedgerRefs.carried(by: "<remote>")],
      ])
    #expect(page.contains { $0.contains("`\(LedgerRefspec.fetch(from: "<remote>"))`") })
  }

  @Test func `names every id that is reserved, and the grammar`() throws {
    let start = try #require(page.firstIndex { $0.hasPrefix("Reserved: ") })
    let reserved = codes(page[start...].prefix { !$0.isEmpty }.joined(separator: " "))
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789".map(String.init)
    var candidates = ["gate", "none"] + reserved + letters.flatMap { ["com\($0)", "lpt\($0)"] }
    for one in letters { candidates += letters.flatMap { two in letters.map { one + two + $0 } } }
    #expect(Set(candidates.filter(BetID.isReserved)) == Set(reserved))

    let grammar = try Regex(#require(page.flatMap(codes).first { $0.hasPrefix("[a-z0-9](") }))
    let long = String(repeating: "a", count: 63)
    for name in ["a", "7", "a-b", "a--b", "-a", "a-", "A", "a_b", "a/b", "ä", "a\n", "", long, long + "a"] {
      #expect((BetID(ifValid: name) != nil) == (name.wholeMatch(of: grammar) != nil), "\(name)")
    }
  }

  // MARK: Events and values

  @Test func `names the trailers of every event`() throws {
    #expect(try Set(table("trailer").map { try names($0[0])[0] }) == Self.envelope)
    let rows = try table("event")
    #expect(try rows.map { try #require(codes($0[0]).first) } == Event.Kind.known.map(\.name))
    var mentioned: Set<TrailerName> = []
    let examples = try examples()
    for row in rows {
      let kind = Event.Kind(name: codes(row[0])[0])
      let needed = try names(row[1])
      let allowed = kind == .amended ? [.title] + TrailerName.claim : try names(row[2])
      mentioned.formUnion(needed + allowed)
      func event(without missing: [TrailerName] = [], body: String = "text") -> Event {
        let values = (needed + allowed).filter { !missing.contains($0) }.map {
          Event.Value($0, examples[$0] ?? "")
        }
        return Event(kind, in: "search", subject: "x", body: body, values: values)
      }
      #expect(EventProblem(in: event()) == nil, "\(kind)")
      if row[1].contains(" or ") {
        #expect(EventProblem(in: event(without: needed)) != nil, "\(kind)")
        for name in needed { #expect(EventProblem(in: event(without: [name])) == nil, "\(kind) \(name)") }
      } else {
        for name in needed { #expect(EventProblem(in: event(without: [name])) == .missing(name), "\(kind)") }
      }
      for name in allowed { #expect(EventProblem(in: event(without: [name])) == nil, "\(kind) \(name)") }
      let needsText = row[1].contains("text")
      #expect(EventProblem(in: event(body: " \n")) == (needsText ? .missingReason : nil), "\(kind)")
      for name in needed + allowed where !(kind == .overridden && name == .commit) && kind != .amended {
        let marked = row[1...2].contains { $0.contains("`\(name.rawValue)`*") }
        #expect(marked == name.repeats, "\(kind) \(name)")
      }
    }
    #expect(mentioned == Set(TrailerName.allCases).subtracting(Self.envelope))
    #expect(try names(rows[0][1]) + names(rows[0][2]) == TrailerName.claim)
    let moved = try #require(page.first { $0.contains("is a *moved goalpost*") })
    #expect(try Set(names(moved)) == TrailerName.goalposts)
    let abandoned = Event(.closed, in: "x", subject: "x", values: [.init(.verdict, "abandoned")])
    #expect(EventProblem(in: abandoned) == nil)
  }

  @Test func `says which values are well formed`() throws {
    var mentioned: [TrailerName] = []
    for row in try table("trailers") {
      for name in try names(row[0]) {
        mentioned.append(name)
        for (texts, isFine) in [(row[2], true), (row[3], false)] {
          for text in codes(texts) {
            let event = Event(.noted, in: "x", subject: "x", values: [.init(name, text)])
            #expect((EventProblem(in: event) == nil) == isFine, "\(name): \(text)")
          }
        }
      }
    }
    #expect(Set(mentioned) == Set(TrailerName.allCases).subtracting(Self.envelope))
    #expect(mentioned.count == Set(mentioned).count)
    #expect(
      try codes(#require(table("trailers").first { $0[0].contains("Verdict") })[1])
        == Verdict.allCases.map(\.rawValue))
  }

  @Test func `names the limits`() throws {
    let limits = try table("limit").map { try #require(Int(codes($0[1]).first ?? $0[1])) }
    #expect(limits.count == 5)
    #expect(limits[0] == Trailers.largestMessage)
    #expect(limits[3] == Ledger.largestDiary)

    func isRead(_ seq: Int, after parent: Int) -> Bool {
      let message = Array("x\n\nEvent: noted\nBet: x\nSeq: \(seq)\n".utf8)
      return (try? Event(message: message, diary: "x", largestParentSeq: parent, isRoot: false)) != nil
    }
    let nines = Int(String(repeating: "9", count: limits[1])) ?? 0
    #expect(isRead(nines, after: nines - 1) && !isRead(nines + 1, after: nines))
    #expect(isRead(7 + limits[2], after: 7) && !isRead(8 + limits[2], after: 7))

    let entries = ["off", "warn"].enumerated().map { number, level in
      let rules = (0...limits[4]).map { Event.Value(.rule, "rule-\($0)=\(level)") }
      let event = Event(.policy, in: Event.gateDiary, subject: "x", values: rules)
      return Entry(
        id: ObjectID(sha1: (0, 0, UInt32(number))), parents: [], author: "", time: 0, event: .success(event))
    }
    #expect(Event.merged(Diary(entries), in: Event.gateDiary).all(.contested).count == limits[4])
  }

  // MARK: Examples

  @Test func `shows an event that is one`() throws {
    let text = try #require(blocks("").first)
    let event = try Event(message: Array(text.utf8), diary: "search", largestParentSeq: 0, isRoot: true)
    #expect(event.kind == .declared && event.body == "They say so in every interview.")
  }

  @Test func `shows a join that plain git and the code write alike`() throws {
    let scene = try Scene()
    let script = try #require(blocks("sh").first { $0.contains("Event: merged") })
    let id = try scene.clone.run("sh", ["-eu", "-c", script]).succeeded("the example").text.dropLast()
    let printed = try #require(page.first { $0.hasPrefix("It prints ") })
    #expect(codes(printed) == [String(id)])
    try scene.clone.git("update-ref", "refs/bets/search", "\(id)^1")
    try scene.clone.git("update-ref", "refs/bets-remote/origin/search", "\(id)^2")
    #expect(try scene.ledger().join("search") == .merged(contested: ["Verdict"]))
    #expect(try scene.clone.id("refs/bets/search") == id)
    // What the page says about plain git can be typed.
    for command in blocks("sh").flatMap({ $0.split(separator: "\n") }) where command.hasPrefix("git ") {
      let run = try scene.clone.run("sh", ["-c", String(command)])
      #expect(run.status == 0 && !run.out.isEmpty, "\(command)")
    }
  }

  // MARK: Reading the page

  /// The cells of the one table whose first heading is this, without its head.
  private func table(_ heading: String) throws -> [[String]] {
    let start = try #require(page.firstIndex { $0.hasPrefix("| \(heading) |") })
    return page[(start + 2)...].prefix { $0.hasPrefix("|") }.map { row in
      row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
        Text.trimmed($0)
      }
    }
  }

  /// What stands between backquotes.
  private func codes(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }

  private func names(_ text: String) throws -> [TrailerName] {
    try codes(text).map { try #require(TrailerName(rawValue: $0), "\($0)") }
  }

  /// One well-formed value for each trailer.
  private func examples() throws -> [TrailerName: String] {
    var examples: [TrailerName: String] = [:]
    for row in try table("trailers") {
      for name in try names(row[0]) { examples[name] = codes(row[2]).first }
    }
    return examples
  }

  /// The fenced blocks with this word behind the fence.
  private func blocks(_ language: String) -> [String] {
    var blocks: [String] = []
    var fence: String?
    for line in page {
      if line.hasPrefix("```") {
        fence = fence == nil ? String(line.dropFirst(3)) : nil
        if fence == language { blocks.append("") }
      } else if fence == language {
        blocks[blocks.count - 1] += line + "\n"
      }
    }
    return blocks
  }
}
