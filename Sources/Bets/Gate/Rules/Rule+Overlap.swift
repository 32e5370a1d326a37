import GitFormats

extension Rule {
  /// An undeclared follow-on: the work rewrites lines that an open bet brought, and does not build on that bet.
  ///
  /// Only warns where nothing was found but something could not be looked at; where the rule blocks, the push is not
  /// judged then.
  package static let overlap = Rule(
    "overlap", .warn, when: "the work rewrites lines of an open bet that it does not build on",
    asks: [.overlaps]
  ) { inquiry in
    let facts = inquiry.work.facts
    let files = facts.overlaps[inquiry.bet] ?? []
    let unjudged = [facts.unknown[.overlaps]].compactMap { $0 } + (facts.unjudged[inquiry.bet] ?? [])
    guard !files.isEmpty || !unjudged.isEmpty else { return nil }
    let bets = files.map(\.bet).reduce(into: [BetID]()) { if !$0.contains($1) { $0.append($1) } }
    let blockers = bets.map {
      Finding.Blocker(
        bet: .id($0), state: facts.bets[$0]?.state ?? inquiry.graph.state(of: $0) ?? .open, path: [$0],
        loop: [])
    }
    return Objection(
      blockers: blockers, commits: inquiry.commits,
      sentence: files.isEmpty
        ? "whose lines \(inquiry.subject) rewrites could not be looked up in full"
        : "\(inquiry.subject) rewrites lines of \(blockers.names), "
          + "and does not build on \(bets.count == 1 ? "it" : "them")",
      details: details(files, unjudged), atMost: files.isEmpty ? .warn : .block,
      ways: { _ in bets.prefix(3).flatMap { waysOn(from: $0, inquiry) } })
  }

  private static func details(_ files: [OverlappedFile], _ unjudged: [String]) -> [String] {
    files.prefix(5).map {
      "\(Text.printable($0.path, upTo: 120)): \($0.lines.of("line")) of '\($0.bet)'"
    }
      + (files.count > 5 ? ["… and \((files.count - 5).of("more file"))"] : [])
      + unjudged.prefix(3).map { "not looked at: \(Text.printable($0, upTo: 160))" }
      + (unjudged.count > 3 ? ["not looked at: \(unjudged.count - 3) more"] : [])
  }

  private static func waysOn(from below: BetID, _ inquiry: Inquiry) -> [Way] {
    let isOneCommit = inquiry.commits.count == 1 && inquiry.commits[0].id == inquiry.work.update.localID
    func amend(_ what: String, _ bet: String) -> [Way] {
      isOneCommit ? [Way(what, "git commit --amend --no-edit --trailer 'Bet: \(bet)'")] : []
    }
    let ownBranch = Way("it is, on a branch of its own:", "git bet start \(below)")
    guard let bet = inquiry.bet.id.flatMap({ inquiry.graph.bets[$0] }) else {
      var ways = amend("it is work on '\(below)':", below.name)
      if let branch = inquiry.work.branch, !inquiry.isShipBranch(branch) {
        ways.append(Way("it is work on '\(below)':", "git bet link \(below) \(Text.shellOperands(branch))"))
      }
      return ways + [ownBranch] + amend("it belongs to no bet:", "none")
    }
    // A named field is replaced whole.
    func flags(_ flag: String, _ known: [BetID]) -> String {
      (known + [below]).map { "\(flag) \($0)" }.joined(separator: " ")
    }
    return amend("it is work on '\(below)':", below.name) + [
      Way("it builds on '\(below)':", "git bet amend \(bet.id) \(flags("--builds-on", bet.buildsOn))"),
      ownBranch,
      Way(
        "it does not, the lines only happen to meet:",
        "git bet amend \(bet.id) \(flags("--independent-of", bet.independentOf))"),
    ]
  }
}
