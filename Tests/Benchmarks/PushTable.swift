/// What a push waits for, held against git's own log of the same range.
struct PushTable {
  private let binary: String
  private let isQuick: Bool
  private let table: Table
  private static let named: [Landscape.Topic] = [1, 100, 1000, 10_000].map { .init($0, .bet) }

  /// Measures all of it; `isQuick` makes smaller histories and fewer rounds.
  static func print(_ binary: String, isQuick: Bool) throws {
    let table = PushTable(binary: binary, isQuick: isQuick, table: Table(["push"] + Comparison.columns))
    try table.ordinary()
    try table.links()
    try table.manyRefs()
    try table.fewBets()
    try table.manyBets()
    let notes = [try table.instrument(), try table.longHistory(), try table.idle()]
    Swift.print("\n" + notes.joined(separator: "\n\n"))
  }

  private func rounds(_ commits: Int) -> Int {
    switch commits {
    case 10_000...: isQuick ? 3 : 11
    case 1000...: isQuick ? 5 : 21
    default: isQuick ? 11 : 41
    }
  }

  /// One line: the gate and the log, in turn.
  @discardableResult
  private func measure(
    _ name: String, _ topic: Landscape.Topic, in site: Site, aim: Double? = nil, isSilent: Bool = true,
    before: (Int) throws -> Void = { _ in }
  ) throws -> Rounds {
    if isSilent { try site.check(topic) }
    let result = try Rounds(
      [site.log(topic), site.gate(topic)], count: rounds(topic.commits), before: before)
    table.row([name] + Comparison.cells(result, aim: aim.map { Aim($0) }))
    return result
  }

  // MARK: What people push

  /// Forty bets, ten of them open; ranges of all sizes.
  private func ordinary() throws {
    let sizes = isQuick ? [1, 100] : [1, 100, 1000, 10_000]
    var landscape = Landscape(history: isQuick ? 5000 : 30_000)
    for size in sizes {
      for naming in [Landscape.Topic.Naming.bet, .nothing] {
        for meets in [false, true] { landscape.topics.append(.init(size, naming, meets: meets)) }
      }
    }
    let site = try Site(landscape, binary: binary)
    for topic in landscape.topics {
      let isNamed = topic.naming == .bet
      let aim = isNamed ? (topic.commits == 1 ? 1.05 : 1) : (topic.commits == 10_000 ? 0.9 : 0.95)
      let name =
        "\(topic.commits.of("commit")), naming \(isNamed ? "a bet" : "none"), "
        + (topic.meets ? "in files of open bets" : "in files of their own")
      let result = try measure(name, topic, in: site, aim: aim)
      if topic.commits == 1000, isNamed {
        let (git, ours) = (result.peakMiB(of: 0), result.peakMiB(of: 1))
        table.row([
          "peak MiB of that", git.formatted(1), ours.formatted(1), (ours / git).formatted(2), "",
          Aim(1.3).cell(ours / git),
        ])
      }
    }
    try site.setCommitGraph(false)
    try measure("100 commits, naming a bet, no commit-graph", .init(100, .bet), in: site)
    try site.setCommitGraph(true)
    try site.forget()
    try measure("100 commits, naming none, nothing kept of earlier pushes", .init(100, .nothing), in: site) {
      if $0 == 1 { try site.forget() }
    }
  }

  /// A branch whose commits have no trailers, and that the ledger gives to a bet; and another push beside it.
  private func links() throws {
    let linked = Landscape.Topic(100, .link)
    let landscape = Landscape(
      history: isQuick ? 5000 : 30_000, topics: [linked, .init(1, .bet), .init(1, .nothing)])
    let site = try Site(landscape, binary: binary)
    for topic in landscape.topics {
      let name =
        topic.naming == .link
        ? "100 commits without a trailer, the branch linked"
        : "1 commit, naming \(topic.naming == .bet ? "a bet" : "none"), beside that branch"
      try measure(name, topic, in: site)
    }
  }

  private func manyRefs() throws {
    var landscape = Landscape(history: isQuick ? 5000 : 30_000)
    landscape.topics = [.init(100, .bet), .init(100, .nothing)]
    let site = try Site(landscape, binary: binary)
    try site.addRemoteBranches(isQuick ? 500 : 5000)
    for topic in landscape.topics {
      try measure(
        "100 commits, naming \(topic.naming == .bet ? "a bet" : "none"), \(isQuick ? 500 : 5000) remote refs",
        topic, in: site, aim: 0.15)
    }
  }

  private func fewBets() throws {
    let landscape = Landscape(
      history: isQuick ? 5000 : 30_000, bets: 1, openBets: 1, topics: [.init(1, .bet), .init(100, .bet)])
    let site = try Site(landscape, binary: binary)
    for topic in landscape.topics {
      try measure("\(topic.commits.of("commit")), naming a bet, a ledger of 1 bet", topic, in: site)
    }
  }

  /// Every file that is pushed is one of ten open bets' or more.
  private func manyBets() throws {
    let bets = isQuick ? 1000 : 10_000
    let landscape = Landscape(
      history: isQuick ? 5000 : 40_000, bets: bets, openBets: bets, shipped: 3, metFiles: 1000,
      topics: [1, 100].flatMap { size in
        [Landscape.Topic.Naming.bet, .nothing].map { .init(size, $0, meets: true) }
      })
    let site = try Site(landscape, binary: binary)
    for topic in landscape.topics {
      let isNamed = topic.naming == .bet
      let name =
        "\(topic.commits.of("commit")), naming \(isNamed ? "a bet" : "none"), \(bets) open bets, all files met"
      let aim: Double? = topic.commits == 1 ? (isNamed ? 1.15 : 1.1) : (isNamed ? 2 : nil)
      try measure(name, topic, in: site, aim: aim, isSilent: topic.commits == 1)
    }
  }

  // MARK: What is held against another push

  private func instrument() throws -> String {
    let topic = Landscape.Topic(1, .bet)
    let site = try Site(
      Landscape(history: 1000, shipped: 10, quietFiles: 4500, topics: [topic]), binary: binary)
    try site.check(topic, ontoMain: true)
    let gates = try ["off", "block"].map { level in
      try site.gate(topic, ontoMain: true).with([
        "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=bet.rule.instrument", "GIT_CONFIG_VALUE_0=\(level)",
      ])
    }
    let result = try withExtendedLifetime(site) { try Rounds(gates, count: rounds(1)) }
    let added = result.difference(\.cpu, of: 1, to: 0)
    return """
      An open bet's work to `main`, with an instrument to be found among 4,500 files: \(added.formatted(1)) ms of CPU more \
      than without that rule; at most \(Aim(4, " ms").cell(added.median)).
      """
  }

  private func longHistory() throws -> String {
    let topic = Landscape.Topic(1, .bet)
    let sizes = [1000, isQuick ? 50_000 : 1_000_000]
    let sites = try sizes.map {
      try Site(Landscape(history: $0, shipped: 10, lines: 4, topics: [topic]), binary: binary)
    }
    for site in sites { try site.check(topic) }
    let gates = try sites.map { try $0.gate(topic) }
    let result = try withExtendedLifetime(sites) { try Rounds(gates, count: rounds(1)) }
    let ratio = result.ratio(\.cpu, of: 1, to: [0])
    return """
      A push of one commit in a history of \(sizes[1]) commits against one of \(sizes[0]): \(ratio.formatted(2)) × the CPU \
      time, \(result.wall(of: 1).median.formatted(1)) and \(result.wall(of: 0).median.formatted(1)) ms; at most \
      \(Aim(1.05, " ×").cell(ratio.median)).
      """
  }

  private func idle() throws -> String {
    let site = try Site(Landscape(history: 1000, shipped: 10), binary: binary)
    let children = [
      try site.child("git", ["rev-parse", "HEAD"], in: site.work), try site.gate(input: "/dev/null"),
    ]
    let result = try withExtendedLifetime(site) { try Rounds(children, count: rounds(1)) }
    return """
      Nothing to push: \(result.wall(of: 1).median.formatted(1)) ms; `git rev-parse HEAD`: \
      \(result.wall(of: 0).median.formatted(1)) ms.
      """
  }
}

extension Int {
  /// `1 commit`, `100 commits`.
  func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
