/// A stream for `git fast-import` of bets: ten thousand processes would take their time.
struct LedgerStream {
  private(set) var text = ""
  private var time = 1_600_000_000

  /// Adds an event on top of what the bet's ref has; `seq` 1 declares it.
  mutating func add(
    _ event: String, to bet: String, seq: Int, trailers: [String] = [], body: String = ""
  ) {
    // Each at a time of its own: git's walk is slow where many are equal.
    time += 60
    let own =
      seq == 1
      ? ["Ledger-Version: 1", "If: we weigh age and text", "Expect: clicks rise from 30 % to 50 %"] : []
    let lines = ["Event: \(event)", "Bet: \(bet)", "Seq: \(seq)"] + own + trailers
    let message = "\(bet): \(event)\n\n\(body)\(lines.joined(separator: "\n"))\n"
    let who = "Ada Author <ada@example.org> \(time) +0000"
    text += "commit refs/bets/\(bet)\nauthor \(who)\ncommitter \(who)\n"
    text += "data \(message.utf8.count)\n\(message)\n"
  }

  /// The bets of a landscape: open ones, closed ones, and one that builds on an open one.
  init(_ landscape: Landscape) {
    let because = "Because: half of the searches end on the second page"
    for number in 0..<landscape.openBets {
      let bet = "open-\(number)"
      let isNamed = bet == landscape.bet
      let measure = ["Instrument: \(Landscape.instrument)"]
      add("declared", to: bet, seq: 1, trailers: [because] + (isNamed ? measure : []))
      if isNamed {
        for (index, topic) in landscape.topics.filter({ $0.naming == .link }).enumerated() {
          add("linked", to: bet, seq: 2 + index, trailers: ["Branch: \(topic.branch)"])
        }
      }
    }
    for number in 0..<max(0, landscape.bets - landscape.openBets) {
      add("declared", to: "closed-\(number)", seq: 1, trailers: [because])
      add(
        "closed", to: "closed-\(number)", seq: 2,
        trailers: ["Verdict: validated", "Evidence: clicks rose to 52 %"])
    }
    add("declared", to: Landscape.followOn, seq: 1, trailers: [because, "Builds-On: open-0"])
  }

  /// Bets with the five events that one has in the end.
  init(bets: Int) {
    for number in 0..<bets {
      let bet = "bet-\(number)"
      add(
        "declared", to: bet, seq: 1,
        trailers: [
          "Because: half of the searches end on the second page", "Metric: first_clicks", "Target: >= 50 %",
          "Kill: < 32 %", "Check-By: 2098-12-15",
        ])
      add("linked", to: bet, seq: 2, trailers: ["Branch: topic/\(bet)"])
      add(
        "noted", to: bet, seq: 3, trailers: ["Weight: 2", "Source: interviews"],
        body: "They scroll to the second page before they try.\n\n")
      add(
        "observed", to: bet, seq: 4,
        trailers: ["Value: 41.5", "Metric: first_clicks", "On: 2026-02-01", "Source: dashboard"])
      add("amended", to: bet, seq: 5, trailers: ["Check-By: 2099-01-15"])
    }
  }

  static let events = 5

  /// One more event on each of some bets of five, kept under `refs/<who>/`.
  init(newsOf who: String, bets: Int) {
    for number in 0..<bets {
      let bet = "bet-\(number)"
      let message = "news of \(who)\n\nEvent: noted\nBet: \(bet)\nSeq: \(LedgerStream.events + 1)\n"
      text += "commit refs/\(who)/\(bet)\ncommitter \(who) <x@example.org> 1750000000 +0000\n"
      text += "data \(message.utf8.count)\n\(message)\nfrom refs/bets/\(bet)^0\n"
    }
  }
}
