import TestSupport
import Testing

/// What every CI system says of an event, beside what the hook says of the same push.
@Suite("the gate in CI systems") struct CISystemTests {
  /// What can happen, by the name it has in the table.
  enum Case: String, CaseIterable {
    case push, freePush, shippedPush, forcedPush, lostPush
    case request, freeRequest, shippingRequest, mergeCommit, queue, freeQueue
    case newRelease, newReleaseWithWork, schedule, manual, tag, tagOfWork

    /// The rule that stops it; nil where nothing does.
    var rule: String? {
      switch self {
      case .freePush, .freeRequest, .freeQueue, .newRelease, .schedule, .tag: nil
      case .shippedPush, .shippingRequest: "instrument"
      default: "follow-on"
      }
    }

    func play(_ scene: CIScene) throws -> CIScene.Situation {
      switch self {
      case .push: return try scene.push("bet/ranking")
      case .freePush: return try scene.push("free")
      case .shippedPush: return try scene.push("bet/search")
      case .forcedPush, .lostPush:
        _ = try scene.push("free")
        let situation = try scene.push("bet/ranking", force: true)
        if self == .lostPush {
          try scene.person.git("push", "-q", "--no-verify", "origin", ":free")
          try scene.host.git("gc", "-q", "--prune=now")
        }
        return situation
      case .request: return try scene.request("bet/ranking")
      case .freeRequest: return try scene.request("free")
      case .shippingRequest: return try scene.request("bet/search")
      case .mergeCommit: return try scene.request("bet/ranking", isMerged: true)
      case .queue: return try scene.request("bet/ranking", isMerged: true, kind: .queue)
      case .freeQueue: return try scene.request("free", isMerged: true, kind: .queue)
      case .newRelease, .schedule:
        // What has shipped is not asked about again.
        _ = try scene.push("bet/ranking")
        return self == .schedule
          ? try scene.run(.schedule, on: "develop") : try scene.push("bet/ranking", into: "release/1")
      case .newReleaseWithWork: return try scene.push("bet/ranking", into: "release/1")
      case .manual: return try scene.run(.manual, on: "bet/ranking")
      case .tag:
        _ = try scene.push("bet/ranking")
        return try scene.tag("bet/ranking")
      case .tagOfWork: return try scene.tag("bet/ranking")
      }
    }
  }

  @Test(arguments: Case.allCases)
  func `each answers as the hook does`(what: Case) throws {
    let scene = try CIScene()
    guard case .success = CISystem.recipes else {
      return print("note: python3 has no yaml: the recipes were not tried")
    }
    let situation = try what.play(scene)
    func expect(_ run: Run, _ who: String) {
      let told = run.text + run.errorText
      #expect(run.status == (what.rule == nil ? 0 : 1), "\(who) \(what): \(told)")
      // Where nobody knows what was there before, more is judged.
      for rule in ["follow-on", "instrument"] where what != .lostPush || rule == what.rule {
        #expect(told.contains(rule) == (rule == what.rule), "\(who) \(what): \(told)")
      }
    }
    expect(situation.hook, "hook")
    if let server = situation.server { expect(server, "server") }
    for system in CISystem.allCases where system.has(situation.event) {
      let run = try system.answer(to: situation.event, in: scene)
      expect(run, system.rawValue)
      if what == .lostPush, system != .azure { #expect(run.says("base-gone"), "\(system)") }
    }
  }

  @Test func `a branch that nobody knows to ship is not passed`() throws {
    let scene = try CIScene()
    let base = try scene.host.id("develop")
    let ci = try scene.clone(fetching: ["+refs/heads/bet/search:refs/x"], at: "FETCH_HEAD")
    try ci.git("fetch", "-q", "origin", "+refs/bets/*:refs/bets-remote/origin/*")
    let check = ["check", "--ci", "--branch", "bet/search", "\(base)..HEAD", "--into"]
    let before = try ci.refs()
    let stop = try ci.tryBet(check + ["develop"])
    #expect(stop.stops("ship-branch-unknown", status: 128), "\(stop.errorText)")
    #expect(try ci.refs() == before)
    // What no main branch is called like is no riddle, nor is work that belongs to no bet.
    for other in ["bet/search", "feature/x", "wip/x"] {
      #expect(try ci.tryBet(check + [other]).status == 0, "\(other)")
    }
    #expect(
      try ci.tryBet("check", "--ci", "--branch", "free", "--into", "develop", "HEAD..HEAD").status == 0)
    let hint = stop.errorText.split(separator: "\n").first { $0.hasPrefix("hint: ") }?.dropFirst(6)
    try ci.run("sh", ["-c", String(hint ?? "")]).succeeded(String(hint ?? ""))
    #expect(try ci.tryBet(check + ["develop"]).stops("instrument"))
  }

  @Test func `a ledger that a branch or another repository carries is found by the variables`() throws {
    let scene = try CIScene()
    let person = scene.person
    // Nothing under refs/bets/ on the host any more.
    for repository in [scene.host, person] {
      let folder = repository.isBare ? "refs/bets" : "refs/bets-remote"
      let refs = try repository.git("for-each-ref", "--format=delete %(refname)", folder)
      try repository.git(["update-ref", "--stdin"], input: refs.out)
    }
    let other = try person.addRemote(named: "product")
    try person.git("remote", "remove", "product")
    try person.git("-c", "bet.ledgerBranch=bets", "bet", "sync")
    try person.git("-c", "bet.ledgerRemote=\(other.path)", "bet", "sync")
    let event = try scene.request("bet/ranking").event
    for (name, value) in [
      ("NONE", ""), ("BET_LEDGER_BRANCH", "bets"), ("BET_LEDGER_REMOTE", other.path),
    ] {
      let ci = try scene.clone(fetching: ["refs/pull/1/head"], at: event.head)
      let run = try ci.run(
        "sh", [CISystem.folder + "/hooks/ci/check.sh"],
        environment: [
          name: value, "BASE": event.base, "HEAD": event.head, "BRANCH": event.branch, "INTO": event.into,
        ])
      let isNone = name == "NONE"
      #expect(
        run.stops(isNone ? "ledger-not-fetched" : "follow-on", status: isNone ? 128 : 1),
        "\(name): \(run.errorText)")
    }
  }
}
