import BetAttribution
import LedgerSupport
import TestSupport
import Testing

@Suite("judging a push") struct JudgeTests {
  let scene: Scene

  init() throws {
    scene = try Scene()
    try scene.commit("base", trailers: "")
    try scene.published("main")
  }

  private func findings(_ local: String, to ref: String = "refs/heads/topic") throws -> [Finding] {
    try scene.judge(local, to: ref).findings
  }

  // MARK: Without a ledger

  @Test func `without a ledger and without bets a push passes silently`() throws {
    try scene.clone.git("switch", "-q", "-c", "feature/search")
    try scene.commit("one", trailers: "Reviewed-by: Ada")
    try scene.commit("two", trailers: "Bet: none")
    let decision = try scene.judge("refs/heads/feature/search", to: "refs/heads/feature/search")
    #expect(decision.state == .notApplicable && decision.isSilent)
  }

  @Test(arguments: ["Bet: search", "Builds-On: search", "bet: SEARCH"])
  func `a push that names a bet, and no ledger, is "not fetched"`(_ trailer: String) throws {
    try scene.commit("one", trailers: trailer)
    let error = try #require(try ledgerError { try scene.judge("refs/heads/main", to: "refs/heads/main") })
    guard case .notFetched(_, "origin", nil) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.diagnostic.hints.first == "git fetch origin '+refs/bets/*:refs/bets-remote/origin/*'")
  }

  @Test func `a published commit that names a bet asks for no ledger`() throws {
    try scene.clone.git("switch", "-q", "-c", "release/1")
    try scene.commit("one", trailers: "Bet: search")
    try scene.published("release/1")
    try scene.commit("two", trailers: "")
    #expect(try scene.judge("refs/heads/release/1", to: "refs/heads/topic").state == .notApplicable)
  }

  @Test func `a link, and no ledger, is "not fetched"`() throws {
    try scene.clone.git("switch", "-q", "-c", "topic")
    try scene.clone.git("config", "branch.topic.bet", "search")
    try scene.commit("one", trailers: "")
    guard
      case .notFetched("search", _, _)? = try ledgerError({
        try scene.judge("refs/heads/topic", to: "refs/heads/main")
      })
    else {
      Issue.record("it passed")
      return
    }
  }

  // MARK: Overrides and policy

  @Test func `an override covers the tip it names and what lies below, nothing on top`() throws {
    try scene.declare("dead", .abandoned)
    try scene.commit("one", trailers: "Bet: dead")
    let tip = try scene.commit("two", trailers: "Bet: dead")
    func override(_ tip: String) throws -> ObjectID {
      try scene.append(
        Event(
          .overridden, in: "gate", subject: "override", body: "it is urgent",
          values: [
            .init(.for, "dead"), .init(.rule, "lost"), .init(.blockedBy, "dead"), .init(.commit, tip),
          ]))
    }
    let id = try override(tip)
    // One for work that was never fetched is no reason to stop.
    _ = try override(String(repeating: "12", count: 20))
    func state(_ local: String) throws -> Decision.State {
      try scene.judge(local, to: "refs/heads/topic").state
    }
    #expect(try state("main") == .overridden)
    #expect(try state("main~") == .overridden)
    try scene.commit("three", trailers: "Bet: dead")
    #expect(try state("main") == .unsatisfied)
    #expect(try state("main~") == .overridden)
    try scene.append(
      Event(.revoked, in: "gate", subject: "revoke", values: [.init(.override, id.hex)]))
    #expect(try state("main~") == .unsatisfied)
  }

  @Test func `the ledger's policy sets the levels for all clones`() throws {
    try scene.declare("dead", .abandoned)
    try scene.commit("one", trailers: "Bet: dead")
    try scene.append(Event(.policy, in: "gate", subject: "policy", values: [.init(.rule, "lost=off")]))
    #expect(try scene.judge("main", to: "refs/heads/topic").isSilent)
    try scene.clone.git("config", "bet.rule.lost", "block")
    #expect(try scene.judge("main", to: "refs/heads/topic").isBlocked)
  }

  // MARK: What cannot be judged

  @Test func `a message whose encoding hides its trailers is refused`() throws {
    try scene.declare("dead", .abandoned)
    try scene.clone.git("config", "i18n.commitEncoding", "UTF-16LE")
    try scene.commit("one", trailers: "")
    #expect(throws: UnjudgeableMessage.self) { try scene.judge("refs/heads/main", to: "refs/heads/topic") }
    // Once it is published it is nobody's concern.
    try scene.published("release/1")
    try scene.clone.git("config", "i18n.commitEncoding", "ISO-8859-1")
    try scene.commit("two", trailers: "Bet: dead")
    #expect(try findings("refs/heads/main").map { $0.commits.map(\.title) } == [["two"]])
  }

  @Test func `a message of more than a mebibyte is refused when it may name a bet`() throws {
    let long = String(repeating: "many words\n", count: 1 << 17)
    try scene.commit("one\n\n\(long)", trailers: "")
    #expect(try scene.judge("refs/heads/main", to: "refs/heads/topic").isSilent)
    try scene.commit("two\n\n\(long)", trailers: "Bet: dead")
    #expect(throws: UnjudgeableMessage.self) { try scene.judge("refs/heads/main", to: "refs/heads/topic") }
  }

  @Test func `only a damaged bet that the push needs is in the way`() throws {
    try scene.declare("fine", .validated)
    try scene.clone.git("update-ref", "refs/bets/copy", "refs/bets/fine")
    try scene.clone.git("switch", "-q", "-c", "release/1")
    try scene.commit("one", trailers: "Bet: copy")
    #expect(try ledgerError { try scene.judge("refs/heads/release/1", to: "refs/heads/x") } != nil)
    try scene.published("release/1")
    try scene.commit("two", trailers: "Bet: fine")
    #expect(try !scene.judge("refs/heads/release/1", to: "refs/heads/x").isBlocked)
  }

  /// In the second encoding the commit could not be judged, if it had to be.
  @Test(arguments: ["UTF-8", "UTF-16LE"])
  func `published commits with dates that lie are not blamed`(_ encoding: String) throws {
    try scene.declare("dead", .abandoned)
    let git = scene.clone
    let tree = try git.id("HEAD^{tree}")
    // Published: a commit, and above it a row of commits that claim to be much older.
    func commit(_ title: String, _ date: Int, on parent: String) throws -> String {
      git.environment["GIT_COMMITTER_DATE"] = "\(1_500_000_000 + date) +0000"
      let message = Array("\(title)\n\nBet: dead\n".utf8)
      let setting = "i18n.commitEncoding=\(title == "shared" ? encoding : "UTF-8")"
      let words = ["-c", setting, "commit-tree", tree, "-p", parent]
      return String(try git.git(words, input: message).text.prefix(40))
    }
    let shared = try commit("shared", 1000, on: "main")
    var published = shared
    for number in 0..<10 { published = try commit("p\(number)", number, on: published) }
    try scene.published("main", at: published)
    let mine = try commit("mine", 2000, on: shared)
    try git.git("update-ref", "refs/heads/topic", mine)
    // Precondition: a walk by date lists the shared commit as well.
    let walk = try RangeWalk(scene.repository())
    let listed = try walk.commits(
      from: [#require(ObjectID(hex: mine))], hiding: [#require(ObjectID(hex: published))])
    #expect(listed.count > 1)
    #expect(try findings("refs/heads/topic").map { $0.commits.map(\.title) } == [["mine"]])
  }
}
