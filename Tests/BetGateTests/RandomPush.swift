import BetGate
import LedgerSupport
import TestSupport
import Testing

/// A push of random refs with random settings, and a second opinion on it that shares no code with the judge.
///
/// Only the gate itself is the same: what differs is how its input is found.
struct RandomPush: CustomStringConvertible {
  let history: RandomHistory
  let hasLedger: Bool
  var config: [ConfigLine] = []
  var updates: [RefUpdate] = []
  /// The remote's branches as last seen, by commit.
  var tracked: [String: Int] = [:]
  var head: String?
  var ship: [String]?
  var linkedBranches: [String: BetID] = [:]
  var linkedCommits: [ObjectID: [BetName]] = [:]

  var description: String { "\(updates) \(tracked.sorted { $0.key < $1.key }) HEAD \(head ?? "-") \(config)" }

  private static let remoteBranches = [
    "main", "main", "master", "trunk", "release/1", "release/2", "feature/a", "topic", "wip/x",
  ]
  private static let branches = [
    "main", "topic", "feature/a", "feature/fine", "feature/open", "bet/lost", "bet/nobody", "bet/fine",
    "wip/x",
  ]

  init(_ history: RandomHistory, hasLedger: Bool, dice: inout Dice) throws {
    self.history = history
    self.hasLedger = hasLedger
    let last = history.commits.count - 1
    for branch in RandomPush.remoteBranches where dice.chance(35) {
      tracked[branch] = Int.random(in: 0...last, using: &dice)
    }
    if dice.chance(50) { head = tracked.keys.sorted().randomElement(using: &dice) }
    func set(_ key: String, _ value: String) {
      config.append(ConfigLine(key: key, value: value, scope: .local))
    }
    set("remote.origin.url", "https://example.org/origin.git")
    if dice.chance(25) {
      ship = dice.pick([["main"], ["release/1", "trunk"], ["gone"]])
      for pattern in ship ?? [] { set("bet.ship", pattern) }
    }
    if dice.chance(20) { set("bet.depth", "1") }
    if dice.chance(20) { set("bet.rule.\(dice.pick(Rule.all).name)", dice.pick(["off", "warn"])) }
    if dice.chance(20) { set("branch.topic.bet", dice.pick(RandomHistory.names)) }

    for _ in 0..<dice.pick([1, 1, 1, 2, 3]) {
      let branch = dice.pick(RandomPush.branches)
      let tip = Int.random(in: last / 2...last, using: &dice)
      let remoteRef = dice.chance(10) ? "refs/tags/v1" : "refs/heads/" + dice.pick(RandomPush.branches)
      var old =
        tracked[String(remoteRef.dropFirst("refs/heads/".count))].map { history.commits[$0].id } ?? .zero
      if dice.chance(15) { old = history.commits[Int.random(in: 0...last, using: &dice)].id }
      if dice.chance(5) { old = try #require(ObjectID(hex: String(repeating: "12", count: 20))) }
      updates.append(
        RefUpdate(
          localRef: "refs/heads/" + branch, localID: history.commits[tip].id, remoteRef: remoteRef,
          remoteID: old))
    }
    if updates.count > 1 {
      set("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
      set("remote.origin.fetch", LedgerRefspec.fetch(from: "origin"))
    }
    try writeRefs()
    if hasLedger { try writeGate(&dice) }
  }

  private func writeRefs() throws {
    let git = history.scene.clone
    var lines = Set(RandomPush.remoteBranches).subtracting(tracked.keys).map {
      "delete refs/remotes/origin/\($0)\n"
    }
    lines += tracked.map { "update refs/remotes/origin/\($0) \(history.commits[$1].id)\n" }
    lines.append("delete refs/remotes/origin/HEAD\n")
    try git.git("update-ref", "--no-deref", "--stdin", input: lines.joined())
    if let head { try git.write(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/\(head)\n") }
  }

  /// Links and overrides, now and then; what earlier pushes left in the ledger goes on counting.
  private mutating func writeGate(_ dice: inout Dice) throws {
    let ledger = try history.ledger()
    let commit = dice.pick(history.commits).id
    if dice.chance(10) {
      let event =
        dice.chance(50) ? Event.Value(.branch, dice.pick(RandomPush.branches)) : .init(.commit, commit.hex)
      let diary = dice.pick(RandomHistory.declared)
      let link = Event(.linked, in: diary, subject: "link", values: [event])
      try ledger.append(to: diary, by: Scene.writer) { _ in link }
    }
    if dice.chance(30) {
      var values = [Event.Value(.for, dice.pick(["none", "open", "lost", "vague", "on-open", "deep"]))]
      values.append(Event.Value(.rule, "lost"))
      for rule in Rule.all where dice.chance(70) { values.append(Event.Value(.rule, rule.name)) }
      for id in ["open", "lost", "vague", "on-open", "loop-a", "loop-b"] {
        values.append(Event.Value(.blockedBy, id))
      }
      values.append(
        Event.Value(
          .commit, dice.pick([commit, history.commits[history.commits.count - 1].id, updates[0].localID]).hex)
      )
      if dice.chance(30) { values.append(Event.Value(.until, "2099-01-01")) }
      let override = Event(
        .overridden, in: Event.gateDiary, subject: "override", body: "it is urgent", values: values)
      try ledger.append(to: Event.gateDiary, by: Scene.writer) { _ in override }
    }
    for bet in try ledger.readableBets() {
      for branch in bet.linkedBranches where linkedBranches[branch] == nil { linkedBranches[branch] = bet.id }
      for commit in bet.linkedCommits { linkedCommits[commit, default: []].append(.id(bet.id)) }
    }
  }

  func judge() throws -> Decision {
    let site = LedgerSite(try history.scene.repository(), config: config)
    return try Judge(site).judge(
      Push(updates, to: Remote(argument: "origin", config: config), today: Scene.today)
    ).decision
  }
}
