#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A ledger of many bets with five events each, laid into a site: written by `git fast-import`, the same every time.
extension Site {
  static let eventsOfABet = 5
  /// How many bets have something new in a sync.
  static let changedBets = 100

  func addBets(_ count: Int) throws {
    let stream = path + "/ledger"
    guard let file = fopen(stream, "w") else { throw Failure("cannot write \(stream)") }
    for number in 0..<count {
      for seq in 1...Site.eventsOfABet {
        // Each at a time of its own: git's walk is slow where many are equal.
        let time = 1_600_000_000 + number * 600 + seq * 60
        fputs(Site.event(seq, of: "bet-\(number)", at: time), file)
      }
    }
    fputs("done\n", file)
    guard fclose(file) == 0 else { throw Failure("cannot write \(stream)") }
    try git(["fast-import", "--quiet", "--done"], input: stream)
  }

  /// One event for `git fast-import`, on top of what its ref has.
  private static func event(_ seq: Int, of bet: String, at time: Int) -> String {
    let (kind, body, trailers) = [
      (
        "declared", "",
        """
        Ledger-Version: 1
        If: we weigh age and text in the order of the results
        Expect: clicks on the first result rise from 30 % to 50 %
        Because: half of the searches end on the second page
        Metric: first_clicks
        Target: >= 50 %
        Kill: < 32 %
        Check-By: 2026-12-15

        """
      ),
      ("linked", "", "Branch: topic/\(bet)\n"),
      ("noted", "They scroll to the second page before they try.\n\n", "Weight: 2\nSource: interviews\n"),
      ("observed", "", "Value: 41.5\nMetric: first_clicks\nOn: 2026-02-01\nSource: dashboard\n"),
      ("amended", "", "Check-By: 2027-01-15\n"),
    ][seq - 1]
    let message = "\(bet): \(kind)\n\n\(body)Event: \(kind)\nBet: \(bet)\nSeq: \(seq)\n\(trailers)"
    let who = "Ada Author <ada@example.org> \(time) +0000"
    return """
      commit refs/bets/\(bet)
      author \(who)
      committer \(who)
      data \(message.utf8.count)
      \(message)

      """
  }

  /// Puts every object into a file of its own, as they are written; refs are already.
  func unpackLedger() throws {
    let away = path + "/packs"
    try succeed(Child("mkdir", ["-p", away], environment))
    let script =
      "mv .git/objects/pack/* '\(away)'; for p in '\(away)'/*.pack; do git unpack-objects -q <\"$p\"; done"
    try succeed(Child("sh", ["-c", script], environment))
  }

  func packLedger() throws { try git(["gc", "-q", "--prune=now"]) }
}

/// One thing asked of the ledger, and what git is asked for the same.
private struct LedgerQuestion {
  let name: String
  let ours: Child
  let git: [Child]
  /// Whether what earlier readings have kept is taken away each time.
  var isFirst = false
}

extension Site {
  private static let format = "--format=%H %P %at%x00%B%x00%(trailers)"

  private func ledgerQuestions(_ count: Int) throws -> [LedgerQuestion] {
    let one = "bet-\(count / 2)"
    let list = try Child(binary, ["list"], environment)
    let gitList = [
      try Child("git", ["for-each-ref", "refs/bets"], environment),
      try Child("git", ["log", Site.format, "--glob=refs/bets/*"], environment),
    ]
    return [
      LedgerQuestion(
        name: "one bet (`log`)", ours: try Child(binary, ["log", one], environment),
        git: [try Child("git", ["log", Site.format, "refs/bets/\(one)"], environment)]),
      LedgerQuestion(name: "all bets (`list`), first", ours: list, git: gitList, isFirst: true),
      LedgerQuestion(name: "all bets (`list`), again", ours: list, git: gitList),
    ]
  }

  /// Asks, and prints a line for each question; git's times of one round are added up.
  func measureLedger(_ count: Int, _ storage: String, rounds: Int) throws {
    for question in try ledgerQuestions(count) {
      try check(question, count)
      let result = try Rounds([question.ours] + question.git, count: rounds) {
        if question.isFirst { unlink(".git/bet/digests") }
      }
      let theirs = Array(1...question.git.count)
      let ratio = result.ratio(of: 0, toAll: theirs)
      row([
        question.name, "\(count)", storage,
        theirs.reduce(0.0) { $0 + result.time(of: $1).median }.formatted(1),
        result.time(of: 0).median.formatted(1),
        "\(ratio.median.formatted(2)) (\(ratio.low.formatted(2))–\(ratio.high.formatted(2)))",
        "\((theirs.map { result.peakMiB(of: $0) }.max() ?? 0).formatted(1)) / \(result.peakMiB(of: 0).formatted(1))",
      ])
    }
  }

  /// A listing that leaves bets out would be fast.
  private func check(_ question: LedgerQuestion, _ count: Int) throws {
    let said = path + "/said"
    let status = try question.ours.run(output: said, errors: path + "/errors").status
    let script =
      "test \"$(grep -c 'bet-' '\(said)')\" -ge \(question.ours.arguments[0] == "list" ? count : 1)"
    let isWhole = try Child("sh", ["-c", script], environment).run().status == 0
    guard status == 0, isWhole else { throw Failure("\(question.name): status \(status), or not every bet") }
  }
}

extension Site {
  /// One more event on each of some bets, under `refs/<who>/`; on the remote as well.
  private func prepareNews(_ who: String) throws {
    let stream = path + "/news"
    var text = ""
    for number in 0..<Site.changedBets {
      let bet = "bet-\(number)"
      let message = "news of \(who)\n\nEvent: noted\nBet: \(bet)\nSeq: \(Site.eventsOfABet + 1)\n"
      text += "commit refs/\(who)/\(bet)\ncommitter \(who) <x@example.org> 1750000000 +0000\n"
      text += "data \(message.utf8.count)\n\(message)\nfrom refs/bets/\(bet)^0\n"
    }
    try write(text + "done\n", to: stream)
    try git(["fast-import", "--quiet", "--done"], input: stream)
  }

  /// A shell command that lets the changed bets end here, there and in what was fetched as told.
  private func reset(ours: String, theirs: String) throws -> Child {
    var (here, there) = ("", "")
    for number in 0..<Site.changedBets {
      let bet = "bet-\(number)"
      here +=
        "update refs/bets/\(bet) refs/\(ours)/\(bet)\nupdate refs/bets-remote/origin/\(bet) refs/old/\(bet)\n"
      there += "update refs/bets/\(bet) refs/\(theirs)/\(bet)\n"
    }
    let files = (path + "/here-\(ours)-\(theirs)", path + "/there-\(ours)-\(theirs)")
    try write(here, to: files.0)
    try write(there, to: files.1)
    let script =
      "git update-ref --stdin <'\(files.0)' && git -C '\(path)/remote.git' update-ref --stdin <'\(files.1)'"
    return try Child("sh", ["-c", script], environment)
  }

  /// A sync beside the fetch that git needs for the same, with nothing new, with news there, and with news on both
  /// sides, which have to be joined.
  func measureSync(_ count: Int, rounds: Int) throws {
    let refspec = "+refs/bets/*:refs/bets-remote/origin/*"
    for number in 0..<Site.changedBets {
      try git(["update-ref", "refs/old/bet-\(number)", "refs/bets/bet-\(number)"])
    }
    for who in ["ours", "theirs"] { try prepareNews(who) }
    for what in ["bets", "old", "theirs"] {
      try git(["push", "-q", "origin", "refs/\(what)/*:refs/\(what)/*"])
    }
    try git(["fetch", "-q", "origin", refspec])
    for (name, ours, theirs) in [
      ("sync, nothing new", "old", "old"), ("sync, \(Site.changedBets) new there", "old", "theirs"),
      ("sync, \(Site.changedBets) to join and push", "ours", "theirs"),
    ] {
      let reset = try reset(ours: ours, theirs: theirs)
      let children = [
        try Child(binary, ["sync", "origin"], environment),
        try Child("git", ["fetch", "-q", "origin", refspec], environment),
      ]
      let result = try Rounds(children, count: rounds) { try succeed(reset) }
      let ratio = result.ratio(of: 0, to: 1)
      row([
        name, "\(count)", "packed", result.time(of: 1).median.formatted(1),
        result.time(of: 0).median.formatted(1),
        "\(ratio.median.formatted(2)) (\(ratio.low.formatted(2))–\(ratio.high.formatted(2)))",
        "\(result.peakMiB(of: 1).formatted(1)) / \(result.peakMiB(of: 0).formatted(1))",
      ])
    }
  }
}

/// Measures reading the ledger against git's own reading of the same refs.
func measureLedger(_ binary: String, isQuick: Bool) throws {
  print()
  row(["ledger", "bets", "objects and refs", "git ms", "`git-bet` ms", "ratio (p10–p90)", "peak MiB"])
  row(["---", "--:", "---", "--:", "--:", "--:", "--:"])
  for count in isQuick ? [10, 1000] : [10, 1000, 10_000] {
    let site = try Site(size: 100, topics: [1], binary: binary)
    try site.addBets(count)
    try site.unpackLedger()
    let rounds = count > 1000 || isQuick ? 7 : 21
    try site.measureLedger(count, "loose", rounds: rounds)
    try site.packLedger()
    try site.measureLedger(count, "packed", rounds: rounds)
    if count >= Site.changedBets { try site.measureSync(count, rounds: rounds) }
  }
}
