import BetReports
import TestSupport
import Testing

/// A page as wide as anything, without colour: what it is told.
final class PlainPage: Page {
  private(set) var text = ""
  let isTerminal = false

  func line(_ text: DisplayText) { self.text += text.rendered(inColour: false) + "\n" }
  func cut(_ text: String, used: Int) -> DisplayText { "\(text)" }
  func wrapped(_ text: String, indent: Int, first: Int?) -> DisplayText { "\(text)" }
}

@Suite struct FindingLayoutTests {
  /// What each report says of a decision, with its own way of escaping undone.
  private func reports(_ decision: Decision) -> [String: String] {
    let page = PlainPage()
    TextReport(decision, at: WaysOn.Place(remote: "origin"), isPush: true, today: today).print(to: page)
    let report = report(decision)
    return [
      "text": page.text,
      "json": decision.json.printed(),
      "github": GitHubAnnotations(report).text.replacing("%25", with: "%"),
      "junit": JUnit(report).text.replacing("&#39;", with: "'").replacing("&gt;", with: ">"),
      "summary": StepSummary(report).text,
    ]
  }

  /// The work of `ranking` rewrites lines of the open bet `search`, which it does not name.
  private func overlap(_ level: Level) throws -> Decision {
    let (id, search) = try openBet("search", title: "Find it")
    var ranking = work("bet/ranking", of: "ranking")
    ranking.facts.instruments[try BetID("ranking")] = ["ranked": .found]
    ranking.facts.overlaps[.id(try BetID("ranking"))] = [OverlappedFile(bet: id, path: "a.c", lines: 3)]
    ranking.facts.bets[id] = search
    return try decide([ranking], [openBet("ranking")], ["overlap": level])
  }

  @Test(arguments: [Level.warn, .block])
  func `an overlap with a declared bet is told in every report, with the bet's claim`(_ level: Level) throws {
    for (name, text) in reports(try overlap(level)) {
      #expect(text.contains("'ranking' rewrites lines of 'search', and does not build on it"), "\(name)")
      #expect(text.contains("a.c: 3 lines of 'search'"), "\(name): \(text)")
      #expect(!text.contains("not declared"), "\(name): \(text)")
      if name == "json" { continue }
      #expect(text.contains("search: Find it (open, 3 days old)"), "\(name): \(text)")
      #expect(text.contains("if x, expect it rises to 5, because z"), "\(name): \(text)")
      #expect(text.contains("nothing observed yet"), "\(name): \(text)")
      #expect(text.contains("bet/ranking → main, 1 commit"), "\(name): \(text)")
    }
  }

  @Test func `what an override or a draft lets through is told in the same words everywhere`() throws {
    let bets = try [openBet("search"), openBet("ranking", on: ["search"])]
    let update = RefUpdate(
      localRef: "refs/heads/b", localID: oid(1), remoteRef: "refs/heads/wip/b", remoteID: oid(0))
    let draft = Work(
      update: update, branch: "b", isDraft: true,
      commits: [WorkCommit(id: oid(100), message: Array("x".utf8), bets: [BetName("ranking")])])
    for (name, text) in reports(try decide([draft], bets)) where name != "json" {
      let note = "a draft branch may carry it; it will be stopped on its way to a ship branch"
      #expect(text.contains(note), "\(name): \(text)")
    }
  }

  @Test func `a long way down is told by its ends`() throws {
    let names = (0..<2000).map { "b\($0)" }
    let bets = try names.enumerated().map { index, name in
      try openBet(name, on: index + 1 < names.count ? [names[index + 1]] : [])
    }
    let page = PlainPage()
    let decision = try decide([work("topic", of: "b0")], bets)
    TextReport(decision, at: WaysOn.Place(remote: "origin"), isPush: true, today: today).print(to: page)
    #expect(decision.isBlocked && page.text.contains("b0 → b1 → b2"))
    #expect(
      page.text.split(separator: "\n").count <= 200 && page.text.utf8.count < 20_000,
      "\(page.text.utf8.count)")
  }
}
